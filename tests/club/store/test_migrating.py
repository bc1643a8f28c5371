"""Databases of earlier versions come to this one with what they hold."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import inspect, literal, text
from sqlalchemy.exc import IntegrityError

from club.domain.auction_terms import AuctionTerms
from club.domain.lots import Lot
from club.domain.offers import Award, Envelope, EnvelopeState, Offer
from club.domain.organisations import Kind
from club.store import catalogue, clearings, migrating, offers, rounds, rows
from club.store import tables as known
from club.store.database import Database
from club.store.migrating import migrate
from tests import postgres
from tests.builders import NOON, a_person, a_project, a_round, actor_of, an_organisation


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


def put(tx, table, value):
    """A row with the columns that its table had then."""
    had = {column["name"]: column["type"] for column in inspect(tx).get_columns(table.name)}
    cells = {
        name: literal(cell, had[name]) if type(cell) is int else cell
        for name, cell in rows.values(value).items()
        if name in had
    }
    tx.execute(table.insert().values(cells))


@pytest.fixture
def kept(first):
    """A round and a lot of the first version."""
    organisation = an_organisation(Kind.OPERATOR)
    person = a_person(organisation)
    by = actor_of(person, organisation)
    round_, project = a_round(by), a_project(by)
    lot = Lot(
        id="lot",
        project_id=project.id,
        supplier_id=organisation.id,
        vintage=None,
        quantity_kg=1_000,
        created_at=NOON,
        created_by=person.id,
    )
    with first.write() as tx:
        for table, value in (
            (known.organisations, organisation),
            (known.people, person),
            (known.rounds, round_),
            (known.projects, project),
            (known.lots, lot),
        ):
            put(tx, table, value)
    return round_, project, lot


def test_what_the_first_version_kept_is_kept(first, kept):
    round_, project, lot = kept

    migrate(first)

    with first.read() as tx:
        assert rounds.get(tx, round_.id) == round_
        assert round_.auction == AuctionTerms()
        assert tx.execute(text("SELECT rules, criteria FROM round_auctions")).one() == ("[]", "[]")
        assert catalogue.project(tx, project.id) == project
        assert catalogue.lot(tx, lot.id) == lot


def test_what_was_bought_under_the_first_version_is_kept_with_its_references(first, kept):
    round_, _, lot = kept
    ids = {"round_id": round_.id, "lot_id": lot.id, "supplier_id": lot.supplier_id}
    envelope = Envelope(
        id="sold",
        **ids,
        sequence=1,
        quantity_bound_kg=1_000,
        commitment="00",
        ciphertext=b"",
        state=EnvelopeState.OPENED,
        received_at=NOON,
        received_by=lot.created_by,
    )
    offer = Offer(id="sold", **ids, sequence=1, quantity_kg=1_000, price_per_t=50, minimum_kg=0)
    award = Award(id="won", **ids, offer_id="sold", quantity_kg=1_000, price_per_t=50, value_jpy=50)
    with first.write() as tx:
        put(tx, known.envelopes, envelope)
        put(tx, known.offers, offer)
        put(tx, known.awards, award)

    migrate(first)

    with first.read() as tx:
        assert offers.of_round(tx, round_.id) == [offer]
        assert clearings.awards_of_round(tx, round_.id) == [award]
    with pytest.raises(IntegrityError), first.write() as tx:
        tx.execute(text("DELETE FROM offers"))
