"""Live rounds for tests, from the pledges to the last bid, made by the operations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from auctions.formats.history import State
from club.domain.auction_terms import AuctionTerms, Format, Pricing
from club.domain.lots import Lot
from club.domain.organisations import Actor
from club.domain.rounds import Round
from club.operations.acknowledging import Acknowledgement
from club.operations.auctioning import load
from club.operations.bidding import BidTerms, confirm_quantity, place_bid, set_proxy
from club.operations.closing import close_pledging
from club.operations.context import Context
from club.store import live, offers, rounds
from club.store.database import now
from tests.builders import NOON, FixedClock, join
from tests.markets import AFTER, invite, pledge, pledging_round, stored

END = NOON + timedelta(days=2)
DESCENDING = AuctionTerms(
    format=Format.DESCENDING,
    decrement_per_t=50,
    window_s=60,
    hard_end_at=END + timedelta(minutes=10),
)
CLOCK = AuctionTerms(
    format=Format.CLOCK, pricing=Pricing.UNIFORM, clock_step_per_t=1_000, clock_step_s=60
)
POOL = [(30_000, None, 0), (20_000, None, 0)]


def right_now() -> datetime:
    """By the clock that the databases on this machine read."""
    return datetime.now(UTC)  # noqa: TID251 - tests by the real clock await its instants


def a_live_round(
    context: Context,
    clock: FixedClock,
    facilitator: Actor,
    *sellers: Actor,
    auction: AuctionTerms = DESCENDING,
    pledged: list[tuple[int, int | None, int]] | None = None,
    began_at: datetime = NOON,
    **given: Any,
) -> Round:
    """A round whose live auction has just begun, with these suppliers and a pool of 50 t."""
    clock.at = began_at
    round_ = pledging_round(context, facilitator, auction=auction, **given)
    for terms in POOL if pledged is None else pledged:
        pledge(context, join(context), round_, *terms)
    invite(context, facilitator, round_, *sellers)
    clock.at = round_.pledging_closes_at + AFTER
    assert close_pledging(context, round_.id)
    return stored(context, round_)


def a_round_that_ends_at(
    context: Context,
    clock: FixedClock,
    facilitator: Actor,
    *sellers: Actor,
    end: datetime,
    hard_end_at: datetime,
    lasts: timedelta = timedelta(hours=2),
    **terms: Any,
) -> Round:
    """A descending round by the real clock, which the server has kept so far.

    Where a server runs beside the test, let it last so short that pledging ends in the future:
    else that server may end it first.
    """
    round_ = a_live_round(
        context,
        clock,
        facilitator,
        *sellers,
        auction=replace(DESCENDING, hard_end_at=hard_end_at, **terms),
        began_at=end - timedelta(hours=3),
        pledging_opens_at=end - timedelta(hours=4),
        pledging_closes_at=end - lasts,
        bidding_closes_at=end,
    )
    with context.database.write() as tx:
        live.beat(tx, round_.id, now(tx))
    return round_


def until(context: Context, clock: FixedClock, round_: Round, at: datetime) -> None:
    """Let time pass as it does while the server runs: its pulse beats all the while."""
    clock.at = at
    with context.database.write() as tx:
        live.beat(tx, round_.id, at)


def bid(
    context: Context,
    seller: Actor,
    round_: Round,
    lot: Lot,
    price_per_t: int,
    quantity_kg: int = 50_000,
    *,
    request_id: str | None = None,
    **given: Any,
) -> Acknowledgement:
    return place_bid(
        context,
        seller,
        request_id=request_id or context.new_id(),
        round_id=round_.id,
        lot_id=lot.id,
        terms=BidTerms(quantity_kg=quantity_kg, price_per_t=price_per_t, **given),
    )


def proxy(
    context: Context, seller: Actor, round_: Round, lot: Lot, floor_per_t: int
) -> Acknowledgement:
    return set_proxy(
        context,
        seller,
        request_id=context.new_id(),
        round_id=round_.id,
        lot_id=lot.id,
        floor_per_t=floor_per_t,
    )


def confirm(
    context: Context,
    seller: Actor,
    round_: Round,
    lot: Lot,
    quantity_kg: int,
    price_per_t: int,
) -> Acknowledgement:
    return confirm_quantity(
        context,
        seller,
        request_id=context.new_id(),
        round_id=round_.id,
        lot_id=lot.id,
        quantity_kg=quantity_kg,
        price_per_t=price_per_t,
    )


def record(context: Context, round_: Round) -> list[Any]:
    with context.database.read() as tx:
        return live.of_round(tx, round_.id)


def state(context: Context, round_: Round) -> State:
    with context.database.read() as tx:
        return load(context, tx, rounds.get(tx, round_.id), afresh=True)


def prices(context: Context, round_: Round) -> dict[str, int]:
    """The price that stands for each lot."""
    return {each.lot: each.price_per_t for each in state(context, round_).standing}


def softened(
    end: datetime, hard_end_at: datetime, window: timedelta, instants: Iterable[datetime]
) -> datetime:
    """Where the end lies after bids at these instants, by the rule's own words."""
    for at in instants:
        assert at <= end
        if at > end - window:
            end = min(at + window, hard_end_at)
    return end


def last_bids(rows: Iterable[Any]) -> dict[str, str]:
    """The row that stands for each lot at a record's end."""
    return {row.lot_id: row.id for row in rows if row.price_per_t is not None}


def offered(context: Context, round_: Round) -> dict[str, str]:
    """The offers that a round was cleared with, by lot."""
    with context.database.read() as tx:
        return {offer.lot_id: offer.id for offer in offers.of_round(tx, round_.id)}


def stands_in(figure: str, text: str) -> bool:
    """Whether a figure stands in a text by itself: among the digits of a hash it says nothing."""
    return re.search(rf"(?<![0-9a-f]){figure}(?![0-9a-f])", text) is not None
