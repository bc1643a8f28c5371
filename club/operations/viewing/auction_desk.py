"""A live auction as the facilitator sees it: bids counted and not read, and who is connected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from auctions.formats.events import Paused
from auctions.formats.history import is_ended
from club.domain.live import EventKind, LiveEvent
from club.domain.organisations import Actor, Kind, Organisation
from club.domain.rounds import Phase, Round
from club.operations.auctioning import load
from club.operations.context import Context
from club.operations.deed import SYSTEM, looking
from club.operations.viewing.live import live_row, price_of
from club.operations.viewing.rounds import DESK
from club.store import live, people, rounds
from club.store.database import Connection

CONNECTED_FOR = timedelta(seconds=30)
"""A page that has not asked for so long is not open any more."""
LOGGED = frozenset(
    {
        EventKind.STARTED,
        EventKind.BID,
        EventKind.CONFIRMED,
        EventKind.STEPPED,
        EventKind.PAUSED,
        EventKind.RESUMED,
        EventKind.EXTENDED,
        EventKind.REOPENED,
    }
)
"""What the desk reads of. Automatic bids are not among it: that a supplier has a floor is its
own affair, and so is when it begins to matter."""
MOST_LOGGED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskBidder:
    """An invited supplier at the auction desk: counted, not read."""

    organisation: Organisation
    bids: int
    last_at: datetime | None
    connected: int
    """How many of its people have the page open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One thing that happened in the auction, without a price or a quantity."""

    kind: EventKind
    at: datetime
    supplier: Organisation | None
    """Who bid; None for what is no bid."""
    by: str | None
    """The name of who at the office did it; None for the clock, and for a bid."""
    reason: str | None
    until_at: datetime | None
    """Until when an extension lasts."""
    down_from_at: datetime | None
    """Since when an outage lasted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuctionDesk:
    """A live auction as the facilitator sees it."""

    round_: Round
    now: datetime
    ends_at: datetime
    moved: int
    """How often a late bid has moved the end."""
    pause: Paused | None
    is_over: bool
    price_per_t: int | None
    bidders: tuple[DeskBidder, ...]
    log: tuple[Logged, ...]
    """The newest first, no more than `MOST_LOGGED`."""

    @property
    def bids(self) -> int:
        return sum(bidder.bids for bidder in self.bidders)

    @property
    def connected(self) -> int:
        return sum(bidder.connected for bidder in self.bidders)


def auction_desk(context: Context, actor: Actor, round_id: str) -> AuctionDesk:
    """The auction with who bids and who is connected, and what happened in it.

    Raises as `live_row` does, and NotAllowed for who has no place at the desk.
    """
    with looking(context, actor, *DESK) as (tx, fresh):
        round_ = live_row(tx, fresh, round_id).round_
        state, now = load(context, tx, round_), context.clock(tx)
        bidders = _bidders(tx, round_id, now)
        return AuctionDesk(
            round_=round_,
            now=now,
            ends_at=state.timing.ends_at,
            moved=state.timing.moved,
            pause=state.timing.pause,
            is_over=round_.phase is not Phase.BIDDING or is_ended(state, now),
            price_per_t=price_of(state),
            bidders=bidders,
            log=_log(tx, round_id, {each.organisation.id: each.organisation for each in bidders}),
        )


def _bidders(tx: Connection, round_id: str, now: datetime) -> tuple[DeskBidder, ...]:
    counted = live.counted(tx, round_id)
    connected = live.connected(tx, round_id, now - CONNECTED_FOR)
    invited = set(rounds.invited(tx, round_id))
    return tuple(
        DeskBidder(
            organisation=each,
            bids=counted[each.id][0] if each.id in counted else 0,
            last_at=counted[each.id][1] if each.id in counted else None,
            connected=connected.get(each.id, 0),
        )
        for each in people.all_organisations(tx, Kind.SUPPLIER)
        if each.id in invited
    )


def _log(tx: Connection, round_id: str, suppliers: dict[str, Organisation]) -> tuple[Logged, ...]:
    rows = live.newest(tx, round_id, LOGGED, MOST_LOGGED)
    office = {row.made_by for row in rows if row.supplier_id is None} - {SYSTEM}
    names = {id: people.person(tx, id).name for id in sorted(office)}
    return tuple(_logged(row, suppliers, names) for row in rows)


def _logged(row: LiveEvent, suppliers: dict[str, Organisation], names: dict[str, str]) -> Logged:
    facts = row.facts
    return Logged(
        kind=row.kind,
        at=row.made_at,
        supplier=suppliers[row.supplier_id] if row.supplier_id else None,
        by=names.get(row.made_by),
        reason=facts.get("reason"),
        until_at=datetime.fromisoformat(facts["until"]) if "until" in facts else None,
        down_from_at=datetime.fromisoformat(facts["down_from"]) if "down_from" in facts else None,
    )
