"""A live auction as a supplier sees it who bids in it: never another's name or price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from auctions.formats import clock, descending
from auctions.formats.clock import Clock
from auctions.formats.descending import Auction
from auctions.formats.events import Paused
from auctions.formats.history import State, is_ended
from auctions.formats.standing import Place, Standing, find
from club.domain.demand import ShownPool
from club.domain.errors import NotFound, PhaseRefused, StandingRefused
from club.domain.live import LiveEvent
from club.domain.lots import Lot, Project
from club.domain.organisations import Actor, Role
from club.domain.rounds import Phase, Round
from club.operations.auctioning import load
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.viewing.rounds import RoundRow, visible_row
from club.store import catalogue, live, offers
from club.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class MyLive:
    """One of the supplier's own lots in the auction."""

    lot: Lot
    project: Project
    left_kg: int
    """What other rounds leave of it."""
    bid: Standing | None = None
    """What stands for it, in the descending format."""
    place: Place | None = None
    helping_per_t: int | None = None
    """The price that would bring it in with its whole quantity; None where it is, or none would."""
    floor_per_t: int | None = None
    """Down to which the system bids for it."""
    confirmed_kg: int | None = None
    """At the clock's price; None where nothing was said yet."""
    most_kg: int = 0
    """The most that can still be bid or confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveView:
    """A live auction as one of its suppliers sees it."""

    round_: Round
    now: datetime
    pool: ShownPool
    ends_at: datetime
    """Of the auction, or of the clock's step."""
    pause: Paused | None
    is_over: bool
    price_per_t: int | None
    """The clock's; None in the descending format."""
    lots: tuple[MyLive, ...]
    acknowledged: tuple[LiveEvent, ...]
    """Everything that the supplier, or the system for it, put into the record; the newest first."""


def live_view(context: Context, actor: Actor, round_id: str) -> LiveView:
    """The auction with the supplier's own lots in it.

    Raises as `live_row` does, and StandingRefused for who is not invited.
    """
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        row = live_row(tx, fresh, round_id)
        if not row.is_invited:
            raise StandingRefused("not_invited")
        round_ = row.round_
        state, now = load(context, tx, round_), context.clock(tx)
        return LiveView(
            round_=round_,
            now=now,
            pool=row.pool,
            ends_at=state.timing.ends_at,
            pause=state.timing.pause,
            is_over=round_.phase is not Phase.BIDDING or is_ended(state, now),
            price_per_t=price_of(state),
            lots=_my_lots(tx, state, fresh.organisation_id, round_id),
            acknowledged=tuple(live.of_supplier(tx, round_id, fresh.organisation_id)),
        )


def live_row(tx: Connection, actor: Actor, round_id: str) -> RoundRow:
    """The round, once its live auction has begun.

    PhaseRefused before that; NotFound where the round has none, or ended without one.
    """
    row = visible_row(tx, actor, round_id)
    round_ = row.round_
    if round_.auction.is_live and round_.phase in {Phase.DRAFT, Phase.PLEDGING}:
        raise PhaseRefused("bidding_not_open", opens_at=round_.pledging_closes_at)
    if not round_.auction.is_live or not live.has_begun(tx, round_id):
        raise NotFound
    return row


def price_of(state: State) -> int | None:
    """The clock's price; None in the descending format."""
    return state.price_per_t if isinstance(state, Clock) else None


def _my_lots(tx: Connection, state: State, supplier_id: str, round_id: str) -> tuple[MyLive, ...]:
    lots = catalogue.lots_of(tx, supplier_id)
    projects = catalogue.projects_by_id(tx, {lot.project_id for lot in lots})
    bound = offers.bound_by_lot(tx, [lot.id for lot in lots], but_round_id=round_id)
    mine = []
    for lot in lots:
        project, left_kg = projects[lot.project_id], max(0, lot.quantity_kg - bound.get(lot.id, 0))
        if isinstance(state, Clock):
            mine.append(_falling(state, lot, project, left_kg))
        else:
            mine.append(_descending(state, lot, project, left_kg))
    # What takes part comes first, then what still can.
    return tuple(sorted(mine, key=lambda each: (each.bid is None, each.most_kg == 0, each.lot.id)))


def _descending(state: Auction, lot: Lot, project: Project, left_kg: int) -> MyLive:
    proxy = state.proxies.get(lot.id)
    return MyLive(
        lot=lot,
        project=project,
        left_kg=left_kg,
        bid=find(state.standing, lot.id),
        place=descending.place_of(state, lot.id),
        helping_per_t=descending.price_to_be_in(state, lot.id),
        floor_per_t=proxy.floor_per_t if proxy else None,
        most_kg=left_kg,
    )


def _falling(state: Clock, lot: Lot, project: Project, left_kg: int) -> MyLive:
    confirmed = state.confirmed.get(lot.id)
    is_new = state.before is None and confirmed is None
    return MyLive(
        lot=lot,
        project=project,
        left_kg=left_kg,
        confirmed_kg=confirmed.quantity_kg if confirmed else None,
        most_kg=left_kg if is_new else clock.most_kg(state, lot.id),
    )
