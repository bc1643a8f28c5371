"""A practice round: the learner's pledge in an invented market, run by the engine of real rounds.

Bids go through `auctions.formats.descending`, what is bought, shared and owed through
`auctions.clearing`; nothing is reckoned here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from auctions.formats.descending import Auction, answers, offers, price_to_be_in, step
from auctions.formats.events import Bid, ProxySet
from auctions.inputs import Inputs
from auctions.results import Clearing
from auctions.ties import drawn
from club.domain.pledges import Pledge, PledgeState, claim_of, require_terms
from club.domain.practice_market import OPENS_AT, ROUND, Manner, Market, Supplier, number

YOU = "you"
LAST_SECONDS = timedelta(seconds=8)
"""Who waits bids so long before the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One event of the auction, and how it stood before and after it."""

    event: Bid | ProxySet
    before: Auction
    after: Auction


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A practice round from the pledge to the end of the bidding."""

    market: Market
    pledge: Pledge
    moves: tuple[Move, ...]

    def standing(self, moves: int) -> Auction:
        """The auction after so many moves."""
        return self.moves[moves - 1].after if moves else self.market.opened(_pool_kg(self))

    def inputs(self, moves: int) -> Inputs:
        """What would be cleared if the auction ended after so many moves."""
        return Inputs(
            claims=(*self.market.members, claim_of(self.pledge)),
            lots=self.market.lots,
            offers=offers(self.standing(moves)),
            ceiling_per_t=self.market.round_.ceiling_per_t,
            seed=self.market.seed,
        )

    def cleared(self, moves: int | None = None) -> Clearing:
        """What would be bought after so many moves; after all of them, what is."""
        return self.inputs(len(self.moves) if moves is None else moves).cleared()


class Terms(Protocol):
    """What the learner types."""

    @property
    def quantity_kg(self) -> int: ...
    @property
    def limit_per_t(self) -> int | None: ...
    @property
    def minimum_kg(self) -> int: ...


def pledge_of(terms: Terms) -> Pledge:
    """The learner's pledge, refused where a real round of these terms would refuse it."""
    pledge = Pledge(
        id=YOU,
        round_id=ROUND.id,
        organisation_id=YOU,
        quantity_kg=terms.quantity_kg,
        limit_per_t=terms.limit_per_t,
        minimum_kg=terms.minimum_kg,
        state=PledgeState.PLACED,
        placed_at=ROUND.pledging_opens_at,
        placed_by=YOU,
    )
    require_terms(ROUND, pledge)
    return pledge


def play(market: Market, pledge: Pledge) -> Played:
    """Let the invented suppliers bid for the pool with this pledge in it.

    They bid once each, in drawn order; then whoever is not wholly in improves to the price that
    brings it in, unless that lies below its floor. Of several the draw picks one. The auction
    ends when nobody bids any more.
    """
    played = Played(market=market, pledge=pledge, moves=())
    auction = market.opened(_pool_kg(played))
    return Played(market=market, pledge=pledge, moves=tuple(_course(market, auction)))


def _pool_kg(played: Played) -> int:
    members_kg = sum(claim.quantity_kg for claim in played.market.members)
    return members_kg + played.pledge.quantity_kg


def _course(market: Market, auction: Auction) -> Iterator[Move]:
    at = OPENS_AT
    for supplier in _in_drawn_order(market, "first bid", market.suppliers):
        at += _gap(market, auction)
        for event in _first_events(supplier, at):
            for move in _with_answers(auction, event):
                yield move
                auction = move.after
    while (bid := _improvement(market, auction, at)) is not None:
        at = bid.at
        for move in _with_answers(auction, bid):
            yield move
            auction = move.after


def _with_answers(auction: Auction, event: Bid | ProxySet) -> Iterator[Move]:
    """The event itself, and what the proxies bid to it."""
    after = step(auction, event)
    yield Move(event=event, before=auction, after=after)
    for bid in answers(after, event.at):
        answered = step(after, bid)
        yield Move(event=bid, before=after, after=answered)
        after = answered


def _first_events(supplier: Supplier, at: datetime) -> Iterator[Bid | ProxySet]:
    yield _bid(supplier, supplier.first_per_t, at)
    if supplier.manner is Manner.PROXY:
        yield ProxySet(at=at, lot=supplier.id, floor_per_t=supplier.floor_per_t)


def _improvement(market: Market, auction: Auction, at: datetime) -> Bid | None:
    """The next bid of a supplier who wants to be in and can; those who wait come last."""
    able = {
        supplier: price_per_t
        for supplier in market.suppliers
        if supplier.manner is not Manner.PROXY
        and (price_per_t := price_to_be_in(auction, supplier.id)) is not None
        and price_per_t >= supplier.floor_per_t
    }
    prompt = [supplier for supplier in able if supplier.manner is Manner.PROMPT]
    at += _gap(market, auction)
    if not prompt:
        at = max(at, auction.timing.ends_at - LAST_SECONDS)
    if not able or at > auction.timing.ends_at:
        return None
    turn = f"turn {auction.sequence}"
    supplier = _in_drawn_order(market, turn, prompt or list(able))[0]
    return _bid(supplier, able[supplier], at)


def _bid(supplier: Supplier, price_per_t: int, at: datetime) -> Bid:
    return Bid(
        at=at,
        lot=supplier.id,
        quantity_kg=supplier.quantity_kg,
        minimum_kg=supplier.minimum_kg,
        price_per_t=price_per_t,
    )


def _gap(market: Market, auction: Auction) -> timedelta:
    seconds = number(market.seed, "gap", str(auction.sequence), least=5, most=14)
    return timedelta(seconds=seconds)


def _in_drawn_order(
    market: Market, what: str, suppliers: tuple[Supplier, ...] | list[Supplier]
) -> list[Supplier]:
    by_id = {supplier.id: supplier for supplier in suppliers}
    return [by_id[id] for id in drawn(market.seed, f"practice {what}", by_id)]
