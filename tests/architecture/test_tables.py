"""The migrations make exactly the tables that the code knows, and pairs are held together."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from club.store.tables import metadata


def test_the_migrations_make_the_tables_of_the_code(database):
    with database.read() as tx:
        difference = compare_metadata(MigrationContext.configure(tx), metadata)

    assert difference == []


def test_every_at_and_by_that_may_be_missing_are_held_together():
    unpaired = [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_by")
        and column.nullable
        and f"ck_{table.name}_{column.name[:-3]}_at_and_by_paired"
        not in {constraint.name for constraint in table.constraints}
    ]

    assert unpaired == []
