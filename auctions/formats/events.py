"""What can happen in an auction: each event carries its own instant, an aware datetime.

An event takes its place in the order of acknowledgement by being applied, the first is number 1.
What the clock measures is held to the microsecond; the order of instants decides nothing else.
"""

from dataclasses import dataclass
from datetime import datetime


class EventRefused(ValueError):
    """The event breaks a rule, and the state stays as it was: a code, and the facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at an instant."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Event):
    """A facilitator stops the clock."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """The clock runs again; the time that stood still is given back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Event):
    """A facilitator moves the end to a later instant."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """The auction could not be reached from an instant until now."""

    down_from: datetime


Control = Paused | Resumed | Extended | Reopened


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid(Event):
    """New terms for a lot, by its supplier or by the proxy that bids for the supplier."""

    lot: str
    quantity_kg: int
    minimum_kg: int = 0
    price_per_t: int
    by_proxy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxySet(Event):
    """A floor down to which the system bids for a lot's supplier; in the place of one before."""

    lot: str
    floor_per_t: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyWithdrawn(Event):
    """The system no longer bids for a lot's supplier; what was bid stands."""

    lot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(Event):
    """A supplier still sells so much of a lot at the price it was shown, the clock's."""

    lot: str
    quantity_kg: int
    price_per_t: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped(Event):
    """The time of a step of the clock is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enveloped(Event):
    """A sealed envelope for a lot, in the place of one before; it is known by its id alone."""

    lot: str
    envelope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack(Event):
    """A lot's supplier takes the envelope back."""

    lot: str
