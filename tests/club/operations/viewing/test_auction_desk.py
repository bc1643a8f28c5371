"""The auction desk, on both databases: bids counted and not read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest

from club.domain.errors import NotAllowed, NotFound, PhaseRefused
from club.domain.live import EventKind
from club.domain.organisations import Kind, Role
from club.operations.attending import attend
from club.operations.conducting import extend_auction, pause_auction, resume_auction
from club.operations.viewing.auction_desk import CONNECTED_FOR, auction_desk
from tests.builders import a_lot, colleague, join
from tests.live import CLOCK, DESCENDING, END, a_live_round, bid, confirm, proxy, stands_in, until
from tests.markets import AFTER, bidding_round, pledging_round


@pytest.fixture
def sellers(context):
    return [join(context, Kind.SUPPLIER) for _ in range(2)]


@pytest.fixture
def lots(context, sellers):
    return [a_lot(context, seller) for seller in sellers]


@pytest.fixture
def round_(context, clock, facilitator, sellers):
    return a_live_round(context, clock, facilitator, *sellers)


def test_bids_are_counted_and_neither_prices_nor_floors_are_shown(
    context, clock, facilitator, round_, sellers, lots
):
    bid(context, sellers[0], round_, lots[0], 6_007, 31_007)
    proxy(context, sellers[0], round_, lots[0], 4_321)
    bid(context, sellers[1], round_, lots[1], 5_503, 31_007)

    found = auction_desk(context, facilitator, round_.id)

    assert {b.organisation.id: (b.bids, b.last_at) for b in found.bidders} == {
        sellers[0].organisation_id: (1, clock.at),
        sellers[1].organisation_id: (1, clock.at),
    }
    assert [(one.kind, one.supplier and one.supplier.id) for one in found.log] == [
        (EventKind.BID, sellers[1].organisation_id),
        (EventKind.BID, sellers[0].organisation_id),
        (EventKind.STARTED, None),
    ]
    assert found.bids == 2
    for secret in ("6007", "5503", "4321", "31007", "proxy"):
        assert not stands_in(secret, str(asdict(found)))


def test_who_has_had_the_page_open_just_now_is_connected(
    context, clock, facilitator, round_, sellers
):
    attend(context, sellers[0], round_.id)
    attend(context, colleague(context, sellers[0], Role.SELLER), round_.id)
    clock.forward(seconds=20)
    attend(context, sellers[1], round_.id)

    def connected():
        found = auction_desk(context, facilitator, round_.id)
        by_id = {bidder.organisation.id: bidder.connected for bidder in found.bidders}
        return [by_id[seller.organisation_id] for seller in sellers], found.connected

    assert connected() == ([2, 1], 3)
    clock.at += CONNECTED_FOR - timedelta(seconds=20) + AFTER
    assert connected() == ([0, 1], 1)


def test_whoever_is_there_already_is_noted_anew_only_after_a_while(
    context, clock, facilitator, round_, sellers
):
    attend(context, sellers[0], round_.id)
    clock.forward(seconds=9)
    attend(context, sellers[0], round_.id)
    clock.at += CONNECTED_FOR - timedelta(seconds=9) + AFTER

    assert auction_desk(context, facilitator, round_.id).connected == 0
    attend(context, sellers[0], round_.id)
    assert auction_desk(context, facilitator, round_.id).connected == 1


def test_each_late_bid_that_moves_the_end_is_counted(
    context, clock, facilitator, round_, sellers, lots
):
    bid(context, sellers[0], round_, lots[0], 6_000)
    early = auction_desk(context, facilitator, round_.id)
    until(context, clock, round_, END - timedelta(seconds=10))
    bid(context, sellers[1], round_, lots[1], 5_900)
    until(context, clock, round_, END)
    bid(context, sellers[0], round_, lots[0], 5_800)

    late = auction_desk(context, facilitator, round_.id)

    assert [(each.moved, each.ends_at) for each in (early, late)] == [
        (0, END),
        (2, END + timedelta(seconds=DESCENDING.window_s)),
    ]


def test_what_the_office_did_stands_in_the_log_with_name_and_reason(
    context, clock, facilitator, round_
):
    given = {"round_id": round_.id}
    pause_auction(context, facilitator, request_id="p", reason="A doubt", **given)
    paused = auction_desk(context, facilitator, round_.id)
    resume_auction(context, facilitator, request_id="r", **given)
    later = END + timedelta(minutes=5)
    extend_auction(context, facilitator, request_id="e", until=later, reason="A line", **given)

    found = auction_desk(context, facilitator, round_.id)

    by = paused.log[0].by
    assert by is not None
    assert [(one.kind, one.by, one.reason, one.until_at) for one in found.log] == [
        (EventKind.EXTENDED, by, "A line", later),
        (EventKind.RESUMED, by, None, None),
        (EventKind.PAUSED, by, "A doubt", None),
        (EventKind.STARTED, None, None, None),
    ]
    assert (paused.pause.reason, found.pause, found.ends_at) == ("A doubt", None, later)


def test_an_outage_stands_in_the_log_with_since_when(context, clock, facilitator, round_, sellers):
    until(context, clock, round_, END - timedelta(seconds=5))
    clock.at = END + timedelta(minutes=5)
    bid(context, sellers[0], round_, a_lot(context, sellers[0]), 6_000)

    _, reopened, _ = auction_desk(context, facilitator, round_.id).log

    assert (reopened.kind, reopened.by, reopened.down_from_at) == (
        EventKind.REOPENED,
        None,
        END - timedelta(seconds=5),
    )


def test_the_clocks_price_is_shown_and_its_confirmations_counted(
    context, clock, facilitator, sellers, lots
):
    round_ = a_live_round(context, clock, facilitator, *sellers, auction=CLOCK)
    confirm(context, sellers[0], round_, lots[0], 30_000, 10_000)

    found = auction_desk(context, facilitator, round_.id)

    assert found.price_per_t == 10_000
    assert {b.organisation.id: b.bids for b in found.bidders} == {
        sellers[0].organisation_id: 1,
        sellers[1].organisation_id: 0,
    }


def test_who_has_no_place_at_the_desk_is_refused_and_a_sealed_round_has_none(
    context, clock, facilitator, sellers
):
    sealed = bidding_round(context, facilitator, sellers[0])
    waiting = pledging_round(context, facilitator, auction=CLOCK)
    round_ = a_live_round(context, clock, facilitator, *sellers)

    for actor in (sellers[0], join(context)):
        with pytest.raises(NotAllowed):
            auction_desk(context, actor, round_.id)
    with pytest.raises(NotFound):
        auction_desk(context, facilitator, sealed.id)
    with pytest.raises(PhaseRefused) as refusal:
        auction_desk(context, facilitator, waiting.id)
    assert refusal.value.code == "bidding_not_open"
