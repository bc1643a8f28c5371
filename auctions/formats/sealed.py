"""The sealed auction: one envelope a lot with all its price steps, replaceable until the deadline.

A pure state machine over envelopes that nobody can read; what is inside is handed in at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from auctions.formats.entrants import Entrant, Entrants, check_entrants, entrant_of
from auctions.formats.events import Control, Enveloped, EventRefused, TakenBack
from auctions.formats.timing import Timing, check_timing, controlled, require_running
from auctions.offers import BadBook, Offer

Event = Enveloped | TakenBack | Control


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceStep:
    """So much of a lot at a price; several steps on one lot stand at rising prices."""

    quantity_kg: int
    minimum_kg: int = 0
    price_per_t: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The envelope that stands for a lot."""

    id: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The state after some events; `sequence` is the number of the last."""

    entrants: Entrants
    timing: Timing
    sequence: int = 0
    standing: Mapping[str, Envelope] = field(default_factory=dict)
    """By lot."""


def start(entrants: Entrants, timing: Timing) -> Sealed:
    """An auction without an envelope. Raises BadBook for terms that mean nothing."""
    check_entrants(entrants)
    check_timing(timing)
    return Sealed(entrants=entrants, timing=timing)


def step(auction: Sealed, event: Event) -> Sealed:
    """The state after one event, which gets the next number.

    Raises EventRefused, with the state as it was: `paused`, `over`, `unknown_lot`, `no_envelope`,
    and what `timing.controlled` refuses.
    """
    match event:
        case Enveloped() | TakenBack():
            after = replace(auction, standing=_standing(auction, event))
        case _:
            after = replace(auction, timing=controlled(auction.timing, event))
    return replace(after, sequence=auction.sequence + 1)


def replay(auction: Sealed, events: Iterable[Event]) -> Sealed:
    """The state after a record of events."""
    return reduce(step, events, auction)


def offers(auction: Sealed, opened: Mapping[str, Sequence[PriceStep]]) -> tuple[Offer, ...]:
    """The final offers, in the order of acknowledgement, from what was inside each envelope by id.

    An envelope that could not be opened, or must not be, is not there and offers nothing. One step
    bears the envelope's id; of several each adds its number. Raises BadBook where prices do not
    rise.
    """
    by_sequence = sorted(auction.standing.items(), key=lambda item: item[1].sequence)
    return tuple(
        offer
        for lot, envelope in by_sequence
        for offer in _offers(auction.entrants[lot], envelope, opened.get(envelope.id, ()))
    )


def _standing(auction: Sealed, event: Enveloped | TakenBack) -> dict[str, Envelope]:
    require_running(auction.timing, event.at)
    entrant_of(auction.entrants, event.lot)
    if isinstance(event, Enveloped):
        envelope = Envelope(id=event.envelope, sequence=auction.sequence + 1)
        return {**auction.standing, event.lot: envelope}
    if event.lot not in auction.standing:
        raise EventRefused("no_envelope", lot=event.lot)
    return {lot: envelope for lot, envelope in auction.standing.items() if lot != event.lot}


def _offers(entrant: Entrant, envelope: Envelope, steps: Sequence[PriceStep]) -> list[Offer]:
    prices = [each.price_per_t for each in steps]
    if prices != sorted(set(prices)):
        raise BadBook("prices_not_rising", envelope.id)
    return [
        Offer(
            id=envelope.id if len(steps) == 1 else f"{envelope.id}-{number}",
            supplier=entrant.supplier,
            project=entrant.project,
            lot=entrant.lot,
            quantity_kg=each.quantity_kg,
            minimum_kg=each.minimum_kg,
            price_per_t=each.price_per_t,
            sequence=envelope.sequence,
        )
        for number, each in enumerate(steps, 1)
    ]
