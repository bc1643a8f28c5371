"""Several lots offered in one act: all of them, or none, on both databases."""

import pytest

from auctions.envelopes import one_price
from club.domain.errors import NotAllowed, TermsRefused
from club.domain.offer_sheet import LotOffer
from club.domain.offers import EnvelopeState
from club.domain.organisations import Kind
from club.operations.offering import place_offers
from club.store import journal
from tests.builders import a_lot, join
from tests.markets import bidding_round
from tests.sealed import envelopes, states


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def lots(context, seller):
    return [a_lot(context, seller) for _ in range(3)]


@pytest.fixture
def round_(context, facilitator, seller):
    return bidding_round(context, facilitator, seller)


def place(context, seller, round_, lots, *, request_id="s1", **prices):
    offered = [
        LotOffer(lot_id=lot.id, terms=one_price(1_000, prices.get(f"p{n}", 4_000)))
        for n, lot in enumerate(lots)
    ]
    return place_offers(context, seller, request_id=request_id, round_id=round_.id, offered=offered)


def test_each_lot_gets_an_envelope_and_a_receipt_in_the_order_of_ids(context, seller, round_, lots):
    receipts = place(context, seller, round_, lots[::-1])

    assert [r.lot_id for r in receipts] == sorted(lot.id for lot in lots)
    assert [r.sequence for r in receipts] == [1, 2, 3]
    assert {e.id for e in envelopes(context, seller, round_)} == {r.envelope_id for r in receipts}
    with context.database.read() as tx:
        kinds = [link.kind for link in journal.links(tx, round_.id)]
    assert kinds.count("offer.received") == 3


def test_the_same_request_twice_is_the_same_envelopes(context, seller, round_, lots):
    first = place(context, seller, round_, lots)

    assert place(context, seller, round_, lots) == first
    assert len(envelopes(context, seller, round_)) == 3


def test_where_one_is_refused_none_is_sealed(context, seller, round_, lots):
    with pytest.raises(TermsRefused) as refusal:
        place(context, seller, round_, lots, p2=10_001)

    assert refusal.value.code == "price_above_ceiling"
    assert envelopes(context, seller, round_) == []
    assert len(place(context, seller, round_, lots)) == 3


def test_anothers_lot_among_them_refuses_all(context, seller, round_, lots):
    foreign = a_lot(context, join(context, Kind.SUPPLIER))

    with pytest.raises(TermsRefused) as refusal:
        place(context, seller, round_, [*lots, foreign])

    assert refusal.value.code == "lot_of_another"
    assert envelopes(context, seller, round_) == []


def test_a_sheet_replaces_what_stood_before(context, seller, round_, lots):
    place(context, seller, round_, lots[:1])
    place(context, seller, round_, lots[:2], request_id="s2")

    assert states(context, seller, round_) == [
        (1, EnvelopeState.REPLACED),
        (2, EnvelopeState.STANDING),
        (3, EnvelopeState.STANDING),
    ]


def test_members_send_no_sheet(context, round_, lots):
    with pytest.raises(NotAllowed):
        place(context, join(context), round_, lots)
