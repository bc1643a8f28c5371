"""What a failing database may say of what was written."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from club.store import people
from tests.builders import a_person, an_organisation


def test_a_refused_row_is_told_without_the_name_in_it(context):
    organisation = an_organisation()
    person = a_person(organisation, name="山田 春")
    with context.database.write() as tx:
        people.add_organisation(tx, organisation)
        people.add_person(tx, person)

    with pytest.raises(IntegrityError) as failure, context.database.write() as tx:
        people.add_person(tx, person)

    assert "山田" not in str(failure.value)


@pytest.fixture
def families(database):
    """Two tables, one of which refers to the other."""
    with database.write() as tx:
        tx.execute(text("CREATE TABLE parents (id INTEGER PRIMARY KEY)"))
        tx.execute(text("CREATE TABLE children (id INTEGER REFERENCES parents (id))"))
        tx.execute(text("INSERT INTO parents VALUES (1)"))
        tx.execute(text("INSERT INTO children VALUES (1)"))
    return database


def test_on_sqlite_a_migration_rebuilds_a_table_that_others_refer_to(families):
    if families.engine.dialect.name == "postgresql":
        return  # there a table is altered in place
    with families.migrate() as tx:
        tx.execute(text("CREATE TABLE anew (id INTEGER PRIMARY KEY)"))
        tx.execute(text("INSERT INTO anew SELECT * FROM parents"))
        tx.execute(text("DROP TABLE parents"))
        tx.execute(text("ALTER TABLE anew RENAME TO parents"))

    with pytest.raises(IntegrityError), families.write() as tx:
        tx.execute(text("DELETE FROM parents"))


def test_a_migration_that_breaks_a_reference_changes_nothing(families):
    with pytest.raises((ValueError, IntegrityError)), families.migrate() as tx:
        tx.execute(text("DELETE FROM parents"))

    with families.read() as tx:
        assert tx.execute(text("SELECT id FROM parents")).all() == [(1,)]
    with pytest.raises(IntegrityError), families.write() as tx:
        tx.execute(text("DELETE FROM parents"))
