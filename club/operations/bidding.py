"""Bidding in a live auction, its signed acknowledgement, and automatic bids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from auctions.formats.events import Bid, Confirmed, ProxySet, ProxyWithdrawn
from auctions.formats.history import Event
from club.domain.auction_terms import Format
from club.domain.errors import InputRefused, TermsRefused
from club.domain.live import LiveEvent
from club.domain.organisations import Actor, Role
from club.domain.rounds import require_opened
from club.operations.acknowledging import Acknowledgement, acknowledge
from club.operations.auctioning import Answers
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.floors import seal_floor
from club.operations.recording import (
    add,
    bring_up,
    chain_facts,
    ends_at,
    require_auction,
)
from club.operations.selling import own_lot, require_format, require_seller, supplier_of
from club.store import live, rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class BidTerms:
    """What a supplier bids for a lot."""

    quantity_kg: int
    price_per_t: int
    minimum_kg: int = 0
    answers: Answers = field(default_factory=dict)
    """To the round's quality criteria; asked with the lot's first bid, and fixed by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What a supplier asks of an auction."""

    format: Format
    deed: str
    event: Callable[[datetime], Event]
    quantity_kg: int = 0
    """What it would bind of the lot."""
    answers: Answers | None = None
    floor_per_t: int | None = None


def place_bid(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    lot_id: str,
    terms: BidTerms,
) -> Acknowledgement:
    """Bid for a lot in a descending auction, or improve the bid; proxies answer at once.

    The instant is read under the round's lock, so that the order of instants is the order of
    numbers. The acknowledgement leaves only once the bid is stored; the same request twice is
    the same bid. Raises what the round, the lot, the supplier's standing or the rules of an
    improvement refuse.
    """
    _require_positive(quantity_kg=terms.quantity_kg, price_per_t=terms.price_per_t)
    _require_not_negative(minimum_kg=terms.minimum_kg)

    def bid(at: datetime) -> Event:
        return Bid(
            at=at,
            lot=lot_id,
            quantity_kg=terms.quantity_kg,
            minimum_kg=terms.minimum_kg,
            price_per_t=terms.price_per_t,
        )

    wish = _Wish(
        format=Format.DESCENDING,
        deed="bid.placed",
        event=bid,
        quantity_kg=terms.quantity_kg,
        answers=terms.answers,
    )
    return _ask(context, actor, wish, request_id=request_id, round_id=round_id, lot_id=lot_id)


def confirm_quantity(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    lot_id: str,
    quantity_kg: int,
    price_per_t: int,
) -> Acknowledgement:
    """Say how much of a lot is still for sale at the clock's price, as it was shown.

    Where the price has moved meanwhile, nothing is taken. As `place_bid` for the rest.
    """
    _require_not_negative(quantity_kg=quantity_kg)

    def confirmation(at: datetime) -> Event:
        return Confirmed(at=at, lot=lot_id, quantity_kg=quantity_kg, price_per_t=price_per_t)

    wish = _Wish(
        format=Format.CLOCK,
        deed="quantity.confirmed",
        event=confirmation,
        quantity_kg=quantity_kg,
    )
    return _ask(context, actor, wish, request_id=request_id, round_id=round_id, lot_id=lot_id)


def set_proxy(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    lot_id: str,
    floor_per_t: int,
) -> Acknowledgement:
    """Let the system bid for a lot, as little lower as keeps it in, down to a floor.

    The floor is sealed before it is stored and shown to its owner alone; not even the
    acknowledgement says it.
    """
    _require_positive(floor_per_t=floor_per_t)
    wish = _Wish(
        format=Format.DESCENDING,
        deed="proxy.set",
        event=lambda at: ProxySet(at=at, lot=lot_id, floor_per_t=floor_per_t),
        floor_per_t=floor_per_t,
    )
    return _ask(context, actor, wish, request_id=request_id, round_id=round_id, lot_id=lot_id)


def withdraw_proxy(
    context: Context, actor: Actor, *, request_id: str, round_id: str, lot_id: str
) -> Acknowledgement:
    """End automatic bids for a lot; what was bid stands."""
    wish = _Wish(
        format=Format.DESCENDING,
        deed="proxy.withdrawn",
        event=lambda at: ProxyWithdrawn(at=at, lot=lot_id),
    )
    return _ask(context, actor, wish, request_id=request_id, round_id=round_id, lot_id=lot_id)


def _ask(
    context: Context, actor: Actor, wish: _Wish, *, request_id: str, round_id: str, lot_id: str
) -> Acknowledgement:
    with begin(context, actor, Role.SELLER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            event = live.event(deed.tx, deed.outcome_id)
        else:
            event = _record(deed, wish, round_id, lot_id)
    return acknowledge(context, event)


def _record(deed: Deed, wish: _Wish, round_id: str, lot_id: str) -> LiveEvent:
    supplier_id = supplier_of(deed)
    round_ = require_opened(rounds.lock(deed.tx, round_id))
    require_format(round_, wish.format)
    require_auction(deed, round_)
    require_seller(deed, supplier_id, round_id)
    lot, elsewhere_kg = own_lot(deed, supplier_id, lot_id, round_id)
    if wish.quantity_kg > lot.quantity_kg - elsewhere_kg:
        raise TermsRefused("lot_exhausted", left_kg=max(lot.quantity_kg - elsewhere_kg, 0))
    now = bring_up(deed, round_, {lot_id: wish.answers})
    floor = wish.floor_per_t
    now, rows = add(
        deed,
        now,
        wish.event(deed.at),
        by=deed.by,
        facts=None if wish.answers is None else {"answers": dict(wish.answers)},
        sealed_floor=None if floor is None else seal_floor(deed, round_id, lot_id, floor),
    )
    facts = chain_facts(rows) | {"ends_at": ends_at(now)}
    deed.done(wish.deed, rows[0].id, chain=round_id, facts=facts)
    return rows[0]


def _require_positive(**numbers: int) -> None:
    for name, number in numbers.items():
        if number < 1:
            raise InputRefused("not_positive", field=name)


def _require_not_negative(**numbers: int) -> None:
    for name, number in numbers.items():
        if number < 0:
            raise InputRefused("not_positive", field=name)
