"""A live auction as its suppliers see it, on both databases: their own place and no more."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from auctions.formats.events import Paused
from auctions.formats.standing import Place
from club.domain.errors import NotAllowed, NotFound, PhaseRefused, StandingRefused
from club.domain.organisations import Kind
from club.operations.attending import attend
from club.operations.clearing import clear_round
from club.operations.conducting import pause_auction
from club.operations.keeping_time import beat
from club.operations.viewing.live import live_view
from tests.builders import a_lot, join
from tests.live import CLOCK, END, a_live_round, bid, confirm, proxy, stands_in, until
from tests.markets import AFTER, bidding_round, invite, pledging_round


@pytest.fixture
def sellers(context):
    return [join(context, Kind.SUPPLIER) for _ in range(2)]


@pytest.fixture
def lots(context, sellers):
    return [a_lot(context, seller) for seller in sellers]


@pytest.fixture
def round_(context, clock, facilitator, sellers):
    return a_live_round(context, clock, facilitator, *sellers)


@pytest.fixture
def clock_round(context, clock, facilitator, sellers):
    terms = replace(CLOCK, clock_step_per_t=1_000)
    return a_live_round(context, clock, facilitator, *sellers, auction=terms)


def mine(context, seller, round_):
    (own,) = live_view(context, seller, round_.id).lots
    return own


def test_a_supplier_sees_its_rank_its_kilograms_and_the_price_that_would_help(
    context, round_, sellers, lots
):
    bid(context, sellers[0], round_, lots[0], 6_000, 30_000)
    bid(context, sellers[1], round_, lots[1], 5_500, 30_000)

    first, second = (mine(context, seller, round_) for seller in sellers)

    assert (first.place, first.helping_per_t) == (
        Place(rank=2, in_kg=20_000, is_wholly_in=False),
        5_450,
    )
    assert (second.place, second.helping_per_t) == (
        Place(rank=1, in_kg=30_000, is_wholly_in=True),
        None,
    )
    assert (first.bid.price_per_t, first.most_kg) == (6_000, 200_000)


def test_nothing_of_another_supplier_is_in_it(context, round_, sellers, lots):
    bid(context, sellers[0], round_, lots[0], 6_007, 30_000)
    proxy(context, sellers[0], round_, lots[0], 4_321)
    bid(context, sellers[1], round_, lots[1], 5_500, 30_000)

    own, others = (str(asdict(live_view(context, seller, round_.id))) for seller in sellers)

    assert stands_in("4321", own)
    for secret in ("6007", "4321", lots[0].id, sellers[0].organisation_id):
        assert not stands_in(secret, others)


def test_everything_acknowledged_is_listed_the_newest_first(context, round_, sellers, lots):
    bid(context, sellers[0], round_, lots[0], 6_000, 50_000)
    proxy(context, sellers[0], round_, lots[0], 5_000)
    bid(context, sellers[1], round_, lots[1], 5_800, 50_000)

    view = live_view(context, sellers[0], round_.id)

    assert [(each.sequence, each.kind) for each in view.acknowledged] == [
        (4, "proxy_bid"),
        (2, "proxy_set"),
        (1, "bid"),
    ]
    assert view.lots[0].floor_per_t == 5_000
    assert view.lots[0].bid.price_per_t == 5_750


def test_what_other_rounds_hold_of_a_lot_cannot_be_bid(context, clock, facilitator, sellers, lots):
    other = a_live_round(context, clock, facilitator, sellers[0])
    bid(context, sellers[0], other, lots[0], 6_000, 20_000)
    round_ = a_live_round(context, clock, facilitator, sellers[0])

    own = mine(context, sellers[0], round_)

    assert (own.left_kg, own.most_kg, own.bid, own.place) == (180_000, 180_000, None, None)


def test_the_clocks_price_is_for_all_and_a_confirmation_binds_the_next(
    context, clock, clock_round, sellers, lots
):
    confirm(context, sellers[0], clock_round, lots[0], 40_000, 10_000)
    confirm(context, sellers[1], clock_round, lots[1], 50_000, 10_000)
    before = live_view(context, sellers[0], clock_round.id)
    until(context, clock, clock_round, END + AFTER)
    beat(context, clock_round.id)

    after = live_view(context, sellers[0], clock_round.id)

    assert [
        (v.price_per_t, v.lots[0].confirmed_kg, v.lots[0].most_kg) for v in (before, after)
    ] == [
        (10_000, 40_000, 40_000),
        (9_000, None, 40_000),
    ]
    assert after.ends_at == clock.at + timedelta(seconds=60)


def test_at_the_ceiling_all_of_a_lot_can_be_confirmed(context, clock_round, sellers, lots):
    own = mine(context, sellers[0], clock_round)

    assert (own.most_kg, own.confirmed_kg) == (200_000, None)


def test_a_pause_and_the_end_are_told(context, clock, facilitator, round_, sellers):
    pause_auction(
        context, facilitator, request_id="p", round_id=round_.id, reason="A doubt about a lot"
    )

    paused = live_view(context, sellers[0], round_.id)

    assert paused.pause == Paused(at=clock.at, reason="A doubt about a lot")
    assert not paused.is_over


def test_over_is_what_the_engine_says_and_what_has_been_cleared(
    context, clock, round_, sellers, lots
):
    bid(context, sellers[0], round_, lots[0], 6_000)
    until(context, clock, round_, END)
    on = live_view(context, sellers[0], round_.id)
    until(context, clock, round_, END + AFTER)
    over = live_view(context, sellers[0], round_.id)
    assert clear_round(context, round_.id)
    cleared = live_view(context, sellers[0], round_.id)

    assert [each.is_over for each in (on, over, cleared)] == [False, True, True]
    assert cleared.lots[0].bid.price_per_t == 6_000


def test_before_it_begins_it_is_said_when_and_where_there_is_none_nothing_is_found(
    context, facilitator, sellers
):
    waiting = pledging_round(context, facilitator, auction=CLOCK)
    invite(context, facilitator, waiting, sellers[0])
    sealed = bidding_round(context, facilitator, sellers[0])

    with pytest.raises(PhaseRefused) as refusal:
        live_view(context, sellers[0], waiting.id)
    assert (refusal.value.code, refusal.value.facts) == (
        "bidding_not_open",
        {"opens_at": waiting.pledging_closes_at},
    )
    for id in (sealed.id, "no such round"):
        with pytest.raises(NotFound):
            live_view(context, sellers[0], id)


def test_only_who_is_invited_looks_in(context, facilitator, round_):
    with pytest.raises(StandingRefused) as refusal:
        live_view(context, join(context, Kind.SUPPLIER), round_.id)
    assert refusal.value.code == "not_invited"
    for actor in (facilitator, join(context)):
        with pytest.raises(NotAllowed):
            live_view(context, actor, round_.id)
        with pytest.raises(NotAllowed):
            attend(context, actor, round_.id)
