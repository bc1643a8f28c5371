"""Envelopes in the database: what is bound, counted and numbered, on both databases."""

import pytest
from sqlalchemy.exc import IntegrityError

from club.domain.offers import Award, Envelope, EnvelopeState, Offer
from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.store import clearings, offers
from tests.builders import NOON, a_lot, join, move, open_round


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def lot(context, seller):
    return a_lot(context, seller)


@pytest.fixture
def round_(context):
    return open_round(context, join(context, Kind.OPERATOR), phase=Phase.BIDDING)


def an_envelope(round_, lot, seller, sequence=1, **given):
    values = {
        "id": f"{round_.id}-{sequence}",
        "round_id": round_.id,
        "lot_id": lot.id,
        "supplier_id": seller.organisation_id,
        "sequence": sequence,
        "quantity_bound_kg": 1_000,
        "commitment": "00" * 32,
        "ciphertext": b"\x00\xffsealed",
        "state": EnvelopeState.STANDING,
        "received_at": NOON,
        "received_by": seller.person_id,
    }
    return Envelope(**values | given)


def add(context, *envelopes):
    with context.database.write() as tx:
        for envelope in envelopes:
            offers.add_envelope(tx, envelope)


def an_award(context, envelope, quantity_kg):
    """The envelope opened, and its offer's award."""
    common = {
        "id": envelope.id,
        "round_id": envelope.round_id,
        "lot_id": envelope.lot_id,
        "supplier_id": envelope.supplier_id,
        "quantity_kg": quantity_kg,
        "price_per_t": 1_000,
    }
    with context.database.write() as tx:
        offers.mark_opened(tx, envelope.round_id)
        offers.add_offers(tx, [Offer(**common, sequence=envelope.sequence, minimum_kg=0)])
        clearings.add_awards(tx, [Award(**common, offer_id=envelope.id, value_jpy=quantity_kg)])


def test_an_envelope_comes_back_as_it_went_in(context, round_, lot, seller):
    envelope = an_envelope(round_, lot, seller)
    add(context, envelope)

    with context.database.read() as tx:
        assert offers.envelope(tx, envelope.id) == envelope
        assert offers.standing(tx, round_.id) == [envelope]
        assert offers.standing_of_lot(tx, round_.id, lot.id) == envelope


def test_the_database_itself_holds_one_standing_envelope_a_lot_and_round(
    context, round_, lot, seller
):
    add(context, an_envelope(round_, lot, seller))

    with pytest.raises(IntegrityError):
        add(context, an_envelope(round_, lot, seller, 2))
    add(context, an_envelope(round_, lot, seller, 3, state=EnvelopeState.WITHDRAWN))


def test_sequences_run_from_one_and_count_what_no_longer_stands(context, round_, lot, seller):
    with context.database.read() as tx:
        first = offers.next_sequence(tx, round_.id)
    add(context, an_envelope(round_, lot, seller, 1, state=EnvelopeState.WITHDRAWN))

    with context.database.read() as tx:
        assert (first, offers.next_sequence(tx, round_.id)) == (1, 2)
        assert offers.counted(tx, round_.id) == {}


@pytest.mark.parametrize(
    ("phase", "bound_kg"),
    [
        (Phase.BIDDING, 1_000),
        (Phase.CLEARING, 1_000),
        (Phase.CANCELLED, 0),
        (Phase.FAILED, 0),
    ],
)
def test_a_standing_envelope_binds_its_lot_while_its_round_is_open(
    context, round_, lot, seller, phase, bound_kg
):
    add(context, an_envelope(round_, lot, seller))
    move(context, round_, phase)

    with context.database.read() as tx:
        assert offers.bound_kg(tx, lot.id) == bound_kg
        assert offers.bound_kg(tx, lot.id, but_round_id=round_.id) == 0


def test_after_clearing_the_awards_whole_units_bind_instead_of_the_envelope(
    context, round_, lot, seller
):
    envelope = an_envelope(round_, lot, seller)
    other = a_lot(context, seller)
    add(context, envelope, an_envelope(round_, other, seller, 2, quantity_bound_kg=500))
    an_award(context, envelope, 300)
    move(context, round_, Phase.SETTLING)

    with context.database.read() as tx:
        assert offers.bound_by_lot(tx, [lot.id, other.id]) == {lot.id: 1_000}
        assert offers.bound_kg(tx, lot.id, but_round_id="another") == 1_000
        assert offers.counted(tx, round_.id) == {seller.organisation_id: 2}
        assert [o.id for o in offers.of_round(tx, round_.id)] == [envelope.id]
