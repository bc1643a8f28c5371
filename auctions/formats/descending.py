"""The open descending auction with a soft close: bids go down, proxies answer, the end moves.

A pure state machine. `step` applies one event as it is recorded; `answers` are the proxies' bids to
what has just happened, events of their own; `apply` does both. So the record of an auction is the
list of its events, proxies' bids among them, and `replay` needs no floors to follow it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce

from auctions.formats.entrants import Entrant, entrant_of
from auctions.formats.events import Bid, Control, EventRefused, ProxySet, ProxyWithdrawn
from auctions.formats.improving import (
    Terms,
    check_terms,
    highest_improvement,
    require_better,
    require_within,
)
from auctions.formats.proxies import Proxy, proxy_bids
from auctions.formats.standing import (
    Order,
    Place,
    Standing,
    effective,
    find,
    helping_price,
    place,
    put,
)
from auctions.formats.timing import (
    Timing,
    check_timing,
    controlled,
    require_running,
    softened,
)
from auctions.offers import Offer

Event = Bid | ProxySet | ProxyWithdrawn | Control


@dataclass(frozen=True, slots=True, kw_only=True)
class Auction:
    """The state after some events; `sequence` is the number of the last."""

    terms: Terms
    timing: Timing
    sequence: int = 0
    standing: Order = ()
    proxies: Mapping[str, Proxy] = field(default_factory=dict)


def start(terms: Terms, timing: Timing) -> Auction:
    """An auction without a bid. Raises BadBook for terms that mean nothing."""
    check_terms(terms)
    check_timing(timing)
    return Auction(terms=terms, timing=timing)


def step(auction: Auction, event: Event) -> Auction:
    """The state after one event, as it is recorded; the event gets the next number.

    Raises EventRefused, with the state as it was: for all but a resumption `paused` and `over`; for
    a bid `unknown_lot`, `quantity_out_of_range`, `minimum_out_of_range`, `price_not_positive`,
    `price_above_ceiling`, and as an improvement `no_lower_price`, `decrement_too_small`,
    `quantity_lowered`, `minimum_raised`, by a proxy also `no_bid`, `below_floor`; for a proxy
    `no_bid`, `no_proxy`, `no_lower_price`, `floor_too_high`, `price_not_positive`; and what
    `timing.controlled` refuses.
    """
    sequence = auction.sequence + 1
    match event:
        case Bid():
            return _bid(auction, event, sequence)
        case ProxySet():
            return _proxy_set(auction, event, sequence)
        case ProxyWithdrawn():
            return _proxy_withdrawn(auction, event, sequence)
        case _:
            return replace(auction, timing=controlled(auction.timing, event), sequence=sequence)


def answers(auction: Auction, at: datetime) -> tuple[Bid, ...]:
    """What the proxies bid to what has just happened, until nothing changes."""
    return proxy_bids(
        auction.standing,
        auction.proxies,
        auction.terms.entrants,
        pool_kg=auction.terms.pool_kg,
        grid=auction.terms.grid,
        sequence=auction.sequence,
        at=at,
    )


def apply(auction: Auction, event: Event) -> Auction:
    """The state after an event and all that the proxies answer to it."""
    after = step(auction, event)
    return replay(after, answers(after, event.at))


def replay(auction: Auction, events: Iterable[Event]) -> Auction:
    """The state after a record of events, the proxies' bids among them."""
    return reduce(step, events, auction)


def place_of(auction: Auction, lot: str) -> Place | None:
    """Where a lot stands, provisionally; None where nothing was bid for it."""
    return place(auction.standing, lot, auction.terms.pool_kg)


def price_to_be_in(auction: Auction, lot: str) -> int | None:
    """The price that would bring a lot in with its whole quantity.

    None where it is wholly in, where nothing was bid for it, or where no price would.
    """
    bid, where = find(auction.standing, lot), place_of(auction, lot)
    if bid is None or where is None or where.is_wholly_in:
        return None
    return helping_price(
        auction.standing,
        bid,
        pool_kg=auction.terms.pool_kg,
        grid=auction.terms.grid,
        coefficient=auction.terms.entrants[lot].coefficient,
    )


def offers(auction: Auction) -> tuple[Offer, ...]:
    """The final offers, for the one clearing function, in the order of acknowledgement."""
    by_sequence = sorted(auction.standing, key=lambda bid: bid.sequence)
    return tuple(_offer(auction.terms, bid) for bid in by_sequence)


def _offer(terms: Terms, bid: Standing) -> Offer:
    entrant = terms.entrants[bid.lot]
    return Offer(
        id=f"{terms.id}-{bid.sequence}",
        supplier=entrant.supplier,
        project=entrant.project,
        lot=bid.lot,
        quantity_kg=bid.quantity_kg,
        minimum_kg=bid.minimum_kg,
        price_per_t=bid.price_per_t,
        initial_price_per_t=bid.initial_per_t if bid.initial_per_t > bid.price_per_t else None,
        coefficient=entrant.coefficient,
        sequence=bid.sequence,
    )


def _bid(auction: Auction, bid: Bid, sequence: int) -> Auction:
    require_running(auction.timing, bid.at)
    entrant = entrant_of(auction.terms.entrants, bid.lot)
    own = find(auction.standing, bid.lot)
    require_within(auction.terms, entrant, bid)
    if own is not None:
        require_better(auction.terms, own, bid)
    if bid.by_proxy:
        _require_proxy(auction, own, bid)
    standing = list(auction.standing)
    put(standing, _standing(entrant, own, bid, sequence))
    return replace(
        auction,
        standing=tuple(standing),
        timing=softened(auction.timing, bid.at),
        sequence=sequence,
    )


def _standing(entrant: Entrant, own: Standing | None, bid: Bid, sequence: int) -> Standing:
    return Standing(
        lot=bid.lot,
        quantity_kg=bid.quantity_kg,
        minimum_kg=bid.minimum_kg,
        price_per_t=bid.price_per_t,
        effective_per_t=effective(bid.price_per_t, entrant.coefficient),
        sequence=sequence,
        initial_per_t=own.initial_per_t if own else bid.price_per_t,
    )


def _require_proxy(auction: Auction, own: Standing | None, bid: Bid) -> None:
    """A proxy only lowers the price of what stands; its floor holds wherever it is known."""
    if own is None:
        raise EventRefused("no_bid", lot=bid.lot)
    proxy = auction.proxies.get(bid.lot)
    if proxy is not None and bid.price_per_t < proxy.floor_per_t:
        raise EventRefused("below_floor", lot=bid.lot)


def _proxy_set(auction: Auction, event: ProxySet, sequence: int) -> Auction:
    require_running(auction.timing, event.at)
    entrant_of(auction.terms.entrants, event.lot)
    own = find(auction.standing, event.lot)
    if own is None:
        raise EventRefused("no_bid", lot=event.lot)
    if event.floor_per_t < 1:
        raise EventRefused("price_not_positive")
    most_per_t = highest_improvement(auction.terms, own)
    if event.floor_per_t > most_per_t:
        raise EventRefused("floor_too_high", most_per_t=most_per_t)
    proxy = Proxy(floor_per_t=event.floor_per_t, sequence=sequence)
    proxies = {**auction.proxies, event.lot: proxy}
    return replace(auction, proxies=proxies, sequence=sequence)


def _proxy_withdrawn(auction: Auction, event: ProxyWithdrawn, sequence: int) -> Auction:
    require_running(auction.timing, event.at)
    if event.lot not in auction.proxies:
        raise EventRefused("no_proxy", lot=event.lot)
    proxies = {lot: proxy for lot, proxy in auction.proxies.items() if lot != event.lot}
    return replace(auction, proxies=proxies, sequence=sequence)
