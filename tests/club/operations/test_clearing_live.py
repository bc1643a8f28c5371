"""Live rounds clear by the same clearing as sealed ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auctions.record import document_hash
from club.domain.live_events import committed
from club.domain.organisations import Kind, Standing
from club.domain.rounds import Phase
from club.operations.clearing import clear_round
from club.store import clearings, offers, people, rounds
from tests.builders import a_lot, join
from tests.cleared import outcome, result_of
from tests.live import CLOCK, END, a_live_round, bid, confirm, proxy, record, until
from tests.markets import AFTER, stored


@pytest.fixture
def sellers(context):
    return [join(context, Kind.SUPPLIER) for _ in range(3)]


@pytest.fixture
def lots(context, sellers):
    return [a_lot(context, seller) for seller in sellers]


def test_a_descending_round_buys_what_stood_at_its_end(context, clock, facilitator, sellers, lots):
    round_ = a_live_round(context, clock, facilitator, *sellers)
    bid(context, sellers[0], round_, lots[0], 6_000, 30_000)
    proxy(context, sellers[0], round_, lots[0], 4_000)
    bid(context, sellers[1], round_, lots[1], 5_000, 40_000)
    bid(context, sellers[2], round_, lots[2], 5_500, 30_000, minimum_kg=30_000)
    until(context, clock, round_, END + AFTER)

    assert clear_round(context, round_.id)

    awards, totals = outcome(context, round_)
    assert stored(context, round_).phase is Phase.SETTLING
    assert awards == [(20_000, 5_000), (30_000, 4_950)]
    assert sorted(totals.values()) == [20_000, 30_000]
    with context.database.read() as tx:
        final = offers.of_round(tx, round_.id)
        won = {award.offer_id for award in clearings.awards_of_round(tx, round_.id)}
    assert [(o.id, o.sequence, o.price_per_t) for o in final] == [
        (f"{round_.id}-3", 3, 5_000),
        (f"{round_.id}-4", 4, 4_950),
        (f"{round_.id}-5", 5, 5_500),
    ]
    assert won == {f"{round_.id}-3", f"{round_.id}-4"}


def test_a_minimum_which_the_standing_left_out_decides_at_the_clearing(
    context, clock, facilitator, sellers, lots
):
    round_ = a_live_round(context, clock, facilitator, *sellers)
    bid(context, sellers[0], round_, lots[0], 4_000, 60_000, minimum_kg=60_000)
    bid(context, sellers[1], round_, lots[1], 6_000, 45_000, minimum_kg=45_000)
    bid(context, sellers[2], round_, lots[2], 5_000, 30_000)
    until(context, clock, round_, END + AFTER)

    clear_round(context, round_.id)

    # Of a pool of 50 t: nothing of the first, all or nothing; 45 t of the second, 5 of the third.
    assert outcome(context, round_)[0] == [(5_000, 5_000), (45_000, 6_000)]


def test_what_is_frozen_holds_the_hash_of_the_whole_record(
    context, clock, facilitator, sellers, lots
):
    round_ = a_live_round(context, clock, facilitator, *sellers)
    bid(context, sellers[0], round_, lots[0], 6_000, 30_000)
    until(context, clock, round_, END + AFTER)
    clear_round(context, round_.id)

    frozen = result_of(context, round_).inputs["auction"]

    assert frozen["record_hash"] == document_hash(committed(record(context, round_)))
    with context.database.read() as tx:
        assert rounds.key(tx, round_.id).revealed_secret is not None


def test_a_clock_round_buys_at_the_price_at_which_it_stopped(
    context, clock, facilitator, sellers, lots
):
    pledged = [(30_000, None, 0), (20_000, 9_500, 0), (20_000, 7_000, 0)]
    round_ = a_live_round(context, clock, facilitator, *sellers, auction=CLOCK, pledged=pledged)
    at = END
    for price_per_t, quantities in (
        (10_000, (50_000, 40_000, 0)),
        (9_000, (40_000, 35_000, None)),
        (8_000, (15_000, None, None)),
    ):
        until(context, clock, round_, at)
        for seller, lot, quantity_kg in zip(sellers, lots, quantities, strict=True):
            if quantity_kg is not None:
                confirm(context, seller, round_, lot, quantity_kg, price_per_t)
        until(context, clock, round_, at + AFTER)
        cleared = clear_round(context, round_.id)
        at = stored(context, round_).bidding_closes_at

    # At 9,000: 75 t for 50 t wanted; at 8,000: 15 t. So 50 t at 9,000, the suppliers rationed.
    assert cleared
    awards, totals = outcome(context, round_)
    assert [price_per_t for _, price_per_t in awards] == [9_000, 9_000]
    assert sorted(quantity_kg for quantity_kg, _ in awards) == [23_333, 26_667]
    assert sorted(totals.values()) == [20_000, 30_000]


def test_a_round_without_a_bid_fails(context, clock, facilitator, sellers):
    for terms in ({}, {"auction": CLOCK}):
        round_ = a_live_round(context, clock, facilitator, *sellers, **terms)
        until(context, clock, round_, END + AFTER)

        assert clear_round(context, round_.id)
        assert stored(context, round_).phase is Phase.FAILED


def test_what_a_suspended_supplier_bid_does_not_count(context, clock, facilitator, sellers, lots):
    round_ = a_live_round(context, clock, facilitator, *sellers)
    bid(context, sellers[0], round_, lots[0], 5_000, 30_000)
    bid(context, sellers[1], round_, lots[1], 6_000, 30_000)
    with context.database.write() as tx:
        supplier = people.organisation(tx, sellers[0].organisation_id)
        people.change_organisation(tx, replace(supplier, standing=Standing.SUSPENDED))
    until(context, clock, round_, END + AFTER)

    clear_round(context, round_.id)

    assert outcome(context, round_)[0] == [(30_000, 6_000)]
    assert result_of(context, round_).result["void"] == {f"{round_.id}-1": "suspended"}
