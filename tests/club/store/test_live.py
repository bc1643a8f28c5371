"""The record of live auctions, their pulse, and who is connected."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from club.domain.auction_terms import AuctionTerms, Format
from club.domain.errors import NotFound
from club.domain.live import EventKind, LiveEvent
from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.store import live, offers
from tests.builders import NOON, a_lot, colleague, join, move, open_round

LIVE = AuctionTerms(format=Format.DESCENDING, hard_end_at=NOON + timedelta(days=3))


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def lot(context, seller):
    return a_lot(context, seller)


@pytest.fixture
def round_(context, facilitator):
    return open_round(context, facilitator, phase=Phase.BIDDING, auction=LIVE)


def a_bid(round_, lot, sequence, **given):
    values = {
        "round_id": round_.id,
        "sequence": sequence,
        "kind": EventKind.BID,
        "lot_id": lot.id,
        "supplier_id": lot.supplier_id,
        "quantity_kg": 50_000,
        "minimum_kg": 0,
        "price_per_t": 4_000,
        "facts": {"answers": {}},
        "commitment": "c" * 64,
        "nonce": "n" * 64,
        "made_at": NOON + timedelta(microseconds=sequence),
        "made_by": lot.created_by,
    }
    return LiveEvent(**values | given)


def add(context, *events):
    with context.database.write() as tx:
        live.add(tx, events)


def test_the_record_is_read_as_it_was_written_in_its_order(context, round_, lot):
    start = LiveEvent(
        round_id=round_.id,
        sequence=0,
        kind=EventKind.STARTED,
        facts={"pool_kg": 100},
        made_at=NOON,
        made_by="system",
    )
    bids = [a_bid(round_, lot, 2, price_per_t=3_000), a_bid(round_, lot, 1)]
    add(context, *bids, start)

    with context.database.read() as tx:
        assert live.of_round(tx, round_.id) == [start, *reversed(bids)]
        assert live.of_supplier(tx, round_.id, lot.supplier_id) == bids
        assert live.event(tx, bids[0].id) == bids[0]
        assert live.counted(tx, round_.id) == {lot.supplier_id: (2, bids[0].made_at)}
        for unknown in (f"{round_.id}-3", f"{round_.id}-x", "nonsense", "\x00-1"):
            with pytest.raises(NotFound):
                live.event(tx, unknown)


def test_a_number_is_given_once(context, round_, lot):
    add(context, a_bid(round_, lot, 1))

    with pytest.raises(IntegrityError):
        add(context, a_bid(round_, lot, 1))


@pytest.mark.parametrize(
    "given",
    [
        {"price_per_t": None},
        {"kind": EventKind.PROXY_SET, "price_per_t": None},
        {"kind": EventKind.PAUSED},
        {"supplier_id": None},
        {"nonce": None},
    ],
)
def test_a_row_holds_what_its_kind_needs(context, round_, lot, given):
    with pytest.raises(IntegrityError):
        add(context, a_bid(round_, lot, 1, **given))


def test_live_bids_set_the_most_that_was_bid_aside_until_the_round_is_over(context, round_, lot):
    add(context, a_bid(round_, lot, 1), a_bid(round_, lot, 2, quantity_kg=60_000))

    def bound_kg(**but):
        with context.database.read() as tx:
            return offers.bound_kg(tx, lot.id, **but)

    assert bound_kg() == 60_000
    assert bound_kg(but_round_id=round_.id) == 0
    move(context, round_, Phase.CANCELLED)
    assert bound_kg() == 0


def test_the_auctions_under_way_are_the_live_rounds_in_bidding(context, facilitator, round_):
    open_round(context, facilitator, phase=Phase.BIDDING)
    open_round(context, facilitator, phase=Phase.PLEDGING, auction=LIVE)

    with context.database.read() as tx:
        assert live.running(tx) == [round_.id]


def test_the_last_beat_is_kept(context, round_):
    later = NOON + timedelta(seconds=1)
    with context.database.write() as tx:
        before = live.last_beat(tx, round_.id)
        live.beat(tx, round_.id, NOON)
        live.beat(tx, round_.id, later)

    with context.database.read() as tx:
        assert (before, live.last_beat(tx, round_.id)) == (None, later)


def test_people_are_connected_who_were_seen_lately(context, round_, seller, facilitator):
    other = colleague(context, seller)
    with context.database.write() as tx:
        live.attend(tx, round_.id, seller.person_id, NOON)
        live.attend(tx, round_.id, other.person_id, NOON)
        live.attend(tx, round_.id, other.person_id, NOON + timedelta(seconds=40))

    with context.database.read() as tx:
        assert live.seen_at(tx, round_.id, seller.person_id) == NOON
        assert live.seen_at(tx, round_.id, facilitator.person_id) is None
        assert live.connected(tx, round_.id, NOON) == {seller.organisation_id: 2}
        recently = NOON + timedelta(seconds=20)
        assert live.connected(tx, round_.id, recently) == {seller.organisation_id: 1}
