"""A live auction as the club keeps it: its events, one a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from auctions.formats import clock
from auctions.formats.entrants import Entrants
from auctions.formats.history import State
from club.domain.rounds import Round


class EventKind(StrEnum):
    """What can stand in a live auction's record."""

    STARTED = "started"
    BID = "bid"
    PROXY_BID = "proxy_bid"
    PROXY_SET = "proxy_set"
    PROXY_WITHDRAWN = "proxy_withdrawn"
    CONFIRMED = "confirmed"
    STEPPED = "stepped"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    REOPENED = "reopened"


BIDS = frozenset({EventKind.BID, EventKind.PROXY_BID, EventKind.CONFIRMED})
"""What sets kilograms of a lot aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEvent:
    """One event in the order of acknowledgement; nothing is ever changed or taken out."""

    round_id: str
    sequence: int
    """0 is the start, whose facts are the terms; then 1, 2 and so on without a gap."""
    kind: EventKind
    lot_id: str | None = None
    supplier_id: str | None = None
    quantity_kg: int | None = None
    minimum_kg: int | None = None
    price_per_t: int | None = None
    sealed_floor: bytes | None = None
    """A proxy's floor, sealed to the round's key."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    commitment: str | None = None
    """Of all that one deed put into the record, at its first event; the audit chain has it too."""
    nonce: str | None = None
    made_at: datetime
    made_by: str

    @property
    def id(self) -> str:
        return event_id(self.round_id, self.sequence)


def event_id(round_id: str, sequence: int) -> str:
    """The id of an event, and of the offer that a bid ends in."""
    return f"{round_id}-{sequence}"


def start_facts(round_: Round, pool_kg: int, demand: Mapping[int, int]) -> dict[str, Any]:
    """What is fixed as bidding begins, so that the record alone tells how the auction ran."""
    terms = round_.auction
    return {
        "format": terms.format.value,
        "pool_kg": pool_kg,
        "ceiling_per_t": round_.ceiling_per_t,
        "decrement_per_t": terms.decrement_per_t,
        "window_s": terms.window_s,
        "clock_step_per_t": terms.clock_step_per_t,
        "clock_step_s": terms.clock_step_s,
        "ends_at": round_.bidding_closes_at.isoformat(),
        "hard_end_at": terms.hard_end_at.isoformat() if terms.hard_end_at else None,
        "demand": [list(point) for point in demand.items()],
    }


def with_entrants(state: State, entrants: Entrants) -> State:
    """The same state with these lots in it."""
    if isinstance(state, clock.Clock):
        return replace(state, terms=replace(state.terms, entrants=entrants))
    return replace(state, terms=replace(state.terms, entrants=entrants))
