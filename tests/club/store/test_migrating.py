"""Databases of earlier versions come to this one with what they hold."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import text

from club.domain.auction_terms import AuctionTerms
from club.domain.organisations import Kind
from club.store import migrating, people, rounds, rows
from club.store import tables as known
from club.store.database import Database
from club.store.migrating import migrate
from tests import postgres
from tests.builders import a_person, a_round, actor_of, an_organisation


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request, tmp_path):
    """A database as the first version made it."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/first.db")
    else:
        name = f"first_{tmp_path.name.replace('-', '_').lower()[-40:]}"
        postgres.run(f"DROP DATABASE IF EXISTS {name}")
        postgres.run(f"CREATE DATABASE {name}")
        database = Database(postgres.url_of(name))
    with database.write() as tx:
        command.upgrade(migrating._config(tx), "0001")  # noqa: SLF001 - to stop at an earlier one
    yield database
    database.dispose()
    if request.param == "postgresql":
        postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_round_of_the_first_version_runs_as_it_did(first):
    organisation = an_organisation(Kind.OPERATOR)
    person = a_person(organisation)
    round_ = a_round(actor_of(person, organisation))
    cells = rows.values(round_)
    del cells["auction"]
    with first.write() as tx:
        people.add_organisation(tx, organisation)
        people.add_person(tx, person)
        tx.execute(known.rounds.insert().values(cells))

    migrate(first)

    with first.read() as tx:
        assert rounds.get(tx, round_.id) == round_
        assert round_.auction == AuctionTerms()
        assert tx.execute(text("SELECT rules, criteria FROM round_auctions")).one() == ("[]", "[]")
