"""The history of a live auction as it is written down: what binds it, and how it is followed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from auctions.formats import clock, descending, improving
from auctions.formats.entrants import Entrants
from auctions.formats.events import (
    Bid,
    Confirmed,
    Extended,
    Paused,
    ProxySet,
    ProxyWithdrawn,
    Reopened,
    Resumed,
    Stepped,
)
from auctions.formats.timing import Timing, is_over

State = descending.Auction | clock.Clock
Event = descending.Event | clock.Event
STARTED = "started"
CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event in the order of acknowledgement; the first, number 0, is the start.

    In a public record a line of a losing supplier has its number, instant and commitment alone.
    """

    sequence: int
    kind: str
    made_at: str
    """To the microsecond, with its offset, as ISO 8601 writes it."""
    made_by: str | None
    lot: str | None
    supplier: str | None
    quantity_kg: int | None
    minimum_kg: int | None
    price_per_t: int | None
    sealed_floor: str | None
    """The SHA-256, in hex, of a proxy's sealed floor; the floor itself is told to nobody."""
    facts: Mapping[str, Any] | None
    commitment: str | None
    """To this line, or to all bids by which proxies answered it, at the first of them."""
    nonce: str | None


_SHORT = ("sequence", "kind", "lot", "supplier", "quantity_kg", "minimum_kg", "price_per_t")


def committed(round_id: str, lines: Iterable[Line]) -> dict[str, Any]:
    """Write what a commitment to some lines is over, in JSON's own kinds."""
    return {
        "round": round_id,
        "events": [
            {name: getattr(line, name) for name in _SHORT}
            | {"sealed_floor": line.sealed_floor, "facts": line.facts}
            | {"at": line.made_at, "by": line.made_by}
            for line in lines
        ],
    }


def bound_together(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Group the lines that one commitment binds; the start, which has none, is alone."""
    group: list[Line] = []
    for line in lines:
        if group and (line.commitment is not None or line.kind == STARTED):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def start(round_id: str, facts: Mapping[str, Any], entrants: Entrants) -> State:
    """Return the state before the first event, from what the first line says."""
    ends_at = datetime.fromisoformat(facts["ends_at"])
    if facts["format"] == CLOCK:
        return clock.start(
            clock.Terms(
                id=round_id,
                ceiling_per_t=facts["ceiling_per_t"],
                step_per_t=facts["clock_step_per_t"],
                step_time=timedelta(seconds=facts["clock_step_s"]),
                demand=dict(facts["demand"]),
                entrants=entrants,
            ),
            Timing(ends_at=ends_at),
        )
    return descending.start(
        improving.Terms(
            id=round_id,
            pool_kg=facts["pool_kg"],
            ceiling_per_t=facts["ceiling_per_t"],
            decrement_per_t=facts["decrement_per_t"],
            entrants=entrants,
        ),
        Timing(
            ends_at=ends_at,
            hard_end_at=datetime.fromisoformat(facts["hard_end_at"]),
            window=timedelta(seconds=facts["window_s"]),
        ),
    )


def step(state: State, event: Event) -> State:
    """Return the state after one event; raises EventRefused as its format does."""
    if isinstance(state, clock.Clock):
        return clock.step(state, event)  # type: ignore[arg-type]  # a clock's record has a clock's events
    return descending.step(state, event)  # type: ignore[arg-type]  # and likewise


def is_ended(state: State, at: datetime) -> bool:
    """Say whether nothing more can come: the end has passed, or the clock has stopped."""
    if isinstance(state, clock.Clock):
        return state.has_stopped
    return is_over(state.timing, at)


def read_event(line: Line, floor_per_t: int | None = None) -> Event:
    """Return the engine's event in a line; a proxy's floor is handed in, opened.

    Raises KeyError, TypeError or ValueError for a line that no event was ever written as.
    """
    return _READERS[line.kind](line, datetime.fromisoformat(line.made_at), floor_per_t)


Reader = Callable[[Line, datetime, int | None], Event]


def _bid(line: Line, at: datetime, _floor: int | None) -> Event:
    return Bid(
        at=at,
        lot=line.lot or "",
        quantity_kg=line.quantity_kg or 0,
        minimum_kg=line.minimum_kg or 0,
        price_per_t=line.price_per_t or 0,
        by_proxy=line.kind == "proxy_bid",
    )


def _confirmed(line: Line, at: datetime, _floor: int | None) -> Event:
    return Confirmed(
        at=at,
        lot=line.lot or "",
        quantity_kg=line.quantity_kg or 0,
        price_per_t=line.price_per_t or 0,
    )


def _fact(line: Line, name: str) -> str:
    return str((line.facts or {})[name])


def _instant(line: Line, name: str) -> datetime:
    return datetime.fromisoformat(_fact(line, name))


_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "bid": _bid,
        "proxy_bid": _bid,
        "confirmed": _confirmed,
        "proxy_set": lambda line, at, floor: ProxySet(
            at=at, lot=line.lot or "", floor_per_t=floor or 0
        ),
        "proxy_withdrawn": lambda line, at, _: ProxyWithdrawn(at=at, lot=line.lot or ""),
        "stepped": lambda _line, at, _: Stepped(at=at),
        "paused": lambda line, at, _: Paused(at=at, reason=_fact(line, "reason")),
        "resumed": lambda _line, at, _: Resumed(at=at),
        "extended": lambda line, at, _: Extended(
            at=at, until=_instant(line, "until"), reason=_fact(line, "reason")
        ),
        "reopened": lambda line, at, _: Reopened(at=at, down_from=_instant(line, "down_from")),
    }
)
