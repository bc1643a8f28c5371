"""What a failing database may say of what was written."""

import pytest
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
