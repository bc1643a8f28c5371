"""A facilitator conducts a live auction."""

from __future__ import annotations

from datetime import timedelta

import pytest

from club.domain.errors import InputRefused, NotAllowed, PhaseRefused, TermsRefused
from club.domain.live import EventKind
from club.domain.notices import NoticeKind
from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.operations.clearing import clear_round
from club.operations.conducting import extend_auction, pause_auction, resume_auction
from club.store import journal
from tests.builders import a_lot, join
from tests.cleared import told
from tests.live import END, a_live_round, bid, prices, record, until
from tests.markets import AFTER, bidding_round, stored


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def lot(context, seller):
    return a_lot(context, seller)


@pytest.fixture
def round_(context, clock, facilitator, seller):
    return a_live_round(context, clock, facilitator, seller)


def pause(context, facilitator, round_, reason="A doubt about a lot", request_id="p"):
    return pause_auction(
        context, facilitator, request_id=request_id, round_id=round_.id, reason=reason
    )


def resume(context, facilitator, round_, request_id="r"):
    return resume_auction(context, facilitator, request_id=request_id, round_id=round_.id)


def extend(context, facilitator, round_, until_at, request_id="e"):
    return extend_auction(
        context,
        facilitator,
        request_id=request_id,
        round_id=round_.id,
        until=until_at,
        reason="A supplier lost its line",
    )


def kinds(context, round_):
    with context.database.read() as tx:
        return [link.kind for link in journal.links(tx, round_.id)]


def test_while_paused_bids_are_refused_with_the_reason_and_time_stands_still(
    context, clock, facilitator, seller, lot, round_
):
    until(context, clock, round_, END - timedelta(seconds=10))
    pause(context, facilitator, round_)

    until(context, clock, round_, END + timedelta(hours=1))
    with pytest.raises(PhaseRefused) as refusal:
        bid(context, seller, round_, lot, 6_000)
    assert (refusal.value.code, refusal.value.facts) == (
        "auction_paused",
        {"paused_at": END - timedelta(seconds=10), "reason": "A doubt about a lot"},
    )
    assert not clear_round(context, round_.id)

    resume(context, facilitator, round_)
    after = stored(context, round_)
    assert after.bidding_closes_at == clock.at + timedelta(seconds=10)
    assert after.auction.hard_end_at == clock.at + timedelta(seconds=10, minutes=10)
    bid(context, seller, round_, lot, 6_000)
    assert prices(context, round_) == {lot.id: 6_000}


def test_what_is_done_stands_in_the_record_and_in_the_chain_and_is_told(
    context, facilitator, seller, round_
):
    pause(context, facilitator, round_)
    resume(context, facilitator, round_)
    extend(context, facilitator, round_, END + timedelta(minutes=5))

    assert [row.kind for row in record(context, round_)] == [
        EventKind.STARTED,
        EventKind.PAUSED,
        EventKind.RESUMED,
        EventKind.EXTENDED,
    ]
    assert kinds(context, round_)[-3:] == [
        "auction.paused",
        "auction.resumed",
        "auction.extended",
    ]
    assert {NoticeKind.AUCTION_PAUSED, NoticeKind.AUCTION_GOES_ON} <= told(context, seller)
    assert stored(context, round_).bidding_closes_at == END + timedelta(minutes=5)


def test_an_extension_is_later_than_the_end_and_within_the_hard_end(context, facilitator, round_):
    for until_at, code in ((END, "end_not_later"), (END + timedelta(hours=1), "beyond_hard_end")):
        with pytest.raises(InputRefused) as refusal:
            extend(context, facilitator, round_, until_at)
        assert refusal.value.code == code

    assert stored(context, round_).bidding_closes_at == END


def test_the_same_request_twice_is_done_once(context, facilitator, round_):
    pause(context, facilitator, round_)
    pause(context, facilitator, round_)
    resume(context, facilitator, round_)
    resume(context, facilitator, round_)
    extend(context, facilitator, round_, END + timedelta(minutes=5))
    extend(context, facilitator, round_, END + timedelta(minutes=6))

    assert len(record(context, round_)) == 4
    assert stored(context, round_).bidding_closes_at == END + timedelta(minutes=5)


def test_what_makes_no_sense_is_refused(context, clock, facilitator, seller, round_):
    with pytest.raises(NotAllowed):
        pause(context, seller, round_)
    with pytest.raises(InputRefused) as refusal:
        pause(context, facilitator, round_, reason=" ")
    assert refusal.value.code == "missing"
    with pytest.raises(PhaseRefused) as refusal:
        resume(context, facilitator, round_)
    assert refusal.value.code == "auction_not_paused"
    pause(context, facilitator, round_)
    with pytest.raises(PhaseRefused) as refusal:
        pause(context, facilitator, round_, request_id="again")
    assert refusal.value.code == "auction_paused"
    assert len(record(context, round_)) == 2


def test_a_sealed_round_has_no_auction_to_conduct(context, facilitator, seller):
    sealed = bidding_round(context, facilitator, seller)

    with pytest.raises(TermsRefused) as refusal:
        pause(context, facilitator, sealed)

    assert refusal.value.code == "not_in_this_format"


def test_what_is_over_is_neither_paused_nor_extended(context, clock, facilitator, seller, round_):
    until(context, clock, round_, END + AFTER)

    for deed in (
        lambda: pause(context, facilitator, round_),
        lambda: extend(context, facilitator, round_, END + timedelta(minutes=5)),
    ):
        with pytest.raises(PhaseRefused) as refusal:
            deed()
        assert refusal.value.code == "auction_closed"
    assert clear_round(context, round_.id)
    assert stored(context, round_).phase is Phase.FAILED
    with pytest.raises(PhaseRefused) as refusal:
        pause(context, facilitator, round_)
    assert refusal.value.code == "bidding_closed"
