"""The clock auction: the price falls step by step, and suppliers say how much they still sell.

A pure state machine. A lot that says nothing during a step sells nothing at that price, nor at any
lower one: silence is no consent to a lower price.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce

from auctions.curves import demand_at
from auctions.formats.entrants import Entrants, check_entrants, entrant_of
from auctions.formats.events import Confirmed, Control, EventRefused, Stepped
from auctions.formats.timing import Timing, controlled, is_over, require_running
from auctions.offers import BadBook, Offer, check_price
from auctions.sharing import share

Event = Confirmed | Stepped | Control


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is fixed before the clock starts; no minimums, and no coefficients but 1."""

    id: str
    """Begins the ids of the offers that the auction ends in."""
    ceiling_per_t: int
    step_per_t: int
    step_time: timedelta
    demand: Mapping[int, int]
    """The pooled demand as `curves.demand_curve` gives it."""
    entrants: Entrants


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A lot's quantity at the price of a step."""

    quantity_kg: int
    sequence: int


Confirmations = Mapping[str, Confirmation]
"""By lot; a lot that is not there sells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The state after some events; `sequence` is the number of the last."""

    terms: Terms
    timing: Timing
    """Its end is the end of the step."""
    price_per_t: int
    sequence: int = 0
    confirmed: Confirmations = field(default_factory=dict)
    """At this step's price."""
    before: Confirmations | None = None
    """At the price one step higher; None at the ceiling."""
    has_stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What is traded, and at which price; the long side is rationed to it."""

    price_per_t: int
    supply_kg: int
    demand_kg: int
    confirmed: Confirmations

    @property
    def traded_kg(self) -> int:
        return min(self.supply_kg, self.demand_kg)


def start(terms: Terms, timing: Timing) -> Clock:
    """The clock at the ceiling. Raises BadBook for terms that mean nothing."""
    check_entrants(terms.entrants)
    check_price("ceiling", terms.ceiling_per_t)
    if terms.step_per_t < 1 or terms.step_time <= timedelta():
        raise BadBook("step_out_of_range", "step", step_per_t=terms.step_per_t)
    return Clock(terms=terms, timing=timing, price_per_t=terms.ceiling_per_t)


def step(clock: Clock, event: Event) -> Clock:
    """The state after one event, which gets the next number.

    Raises EventRefused, with the state as it was: `stopped` for whatever comes after the last step;
    for a quantity `paused`, `over`, `unknown_lot`, `price_moved`, `quantity_out_of_range` and
    `quantity_raised`; for a step `step_not_over`; and what `timing.controlled` refuses.
    """
    if clock.has_stopped:
        raise EventRefused("stopped", price_per_t=clock.price_per_t)
    match event:
        case Confirmed():
            after = _confirmed(clock, event)
        case Stepped():
            after = _stepped(clock, event)
        case _:
            after = replace(clock, timing=controlled(clock.timing, event))
    return replace(after, sequence=clock.sequence + 1)


def replay(clock: Clock, events: Iterable[Event]) -> Clock:
    """The state after a record of events."""
    return reduce(step, events, clock)


def most_kg(clock: Clock, lot: str) -> int:
    """The most that a lot may still confirm: no more than it last did, at the ceiling all of it."""
    if lot in clock.confirmed:
        return clock.confirmed[lot].quantity_kg
    if clock.before is None:
        return entrant_of(clock.terms.entrants, lot).quantity_kg
    return clock.before[lot].quantity_kg if lot in clock.before else 0


def trade(clock: Clock) -> Trade:
    """The trade, if the clock stopped here: at this step's price or the one before, whichever
    trades more, and the lower price on a tie."""
    here = _trade(clock, clock.price_per_t, clock.confirmed)
    if clock.before is None:
        return here
    higher = _trade(clock, clock.price_per_t + clock.terms.step_per_t, clock.before)
    return higher if higher.traded_kg > here.traded_kg else here


def rationed(confirmed: Sequence[Offer], traded_kg: int, seed: bytes) -> tuple[Offer, ...]:
    """What each offer sells of a trade: a long supply pro rata by largest remainder, by draw.

    Offers that sell nothing are left out.
    """
    sold_kg = share(traded_kg, {offer.lot: offer.quantity_kg for offer in confirmed}, seed)
    return tuple(
        replace(offer, quantity_kg=sold_kg[offer.lot]) for offer in confirmed if sold_kg[offer.lot]
    )


def confirmed_offers(clock: Clock) -> tuple[Offer, ...]:
    """What was confirmed at the trade's price, before any rationing, as it was acknowledged."""
    outcome = trade(clock)
    return tuple(
        _offer(clock.terms, lot, each, outcome.price_per_t)
        for lot, each in sorted(outcome.confirmed.items(), key=lambda item: item[1].sequence)
        if each.quantity_kg
    )


def offers(clock: Clock, seed: bytes) -> tuple[Offer, ...]:
    """The final offers in the order of acknowledgement: what each lot sells at the clock's price.

    Cleared as any others, all of it is bought, and the members whose limit covers the price share
    it pro rata: the clock's own outcome.
    """
    return rationed(confirmed_offers(clock), trade(clock).traded_kg, seed)


def _offer(terms: Terms, lot: str, confirmation: Confirmation, price_per_t: int) -> Offer:
    entrant = terms.entrants[lot]
    return Offer(
        id=f"{terms.id}-{confirmation.sequence}",
        supplier=entrant.supplier,
        project=entrant.project,
        lot=lot,
        quantity_kg=confirmation.quantity_kg,
        price_per_t=price_per_t,
        sequence=confirmation.sequence,
    )


def _trade(clock: Clock, price_per_t: int, confirmed: Confirmations) -> Trade:
    return Trade(
        price_per_t=price_per_t,
        supply_kg=sum(each.quantity_kg for each in confirmed.values()),
        demand_kg=demand_at(clock.terms.demand, price_per_t),
        confirmed=confirmed,
    )


def _confirmed(clock: Clock, event: Confirmed) -> Clock:
    require_running(clock.timing, event.at)
    entrant = entrant_of(clock.terms.entrants, event.lot)
    if event.price_per_t != clock.price_per_t:
        raise EventRefused("price_moved", price_per_t=clock.price_per_t)
    if not 0 <= event.quantity_kg <= entrant.quantity_kg:
        raise EventRefused("quantity_out_of_range", most_kg=entrant.quantity_kg)
    most = most_kg(clock, event.lot)
    if event.quantity_kg > most:
        raise EventRefused("quantity_raised", most_kg=most)
    confirmation = Confirmation(quantity_kg=event.quantity_kg, sequence=clock.sequence + 1)
    return replace(clock, confirmed={**clock.confirmed, event.lot: confirmation})


def _stepped(clock: Clock, event: Stepped) -> Clock:
    """Stop where supply is short or gone, or no lower price is left; else lower the price."""
    if not is_over(clock.timing, event.at):
        raise EventRefused("step_not_over", ends_at=clock.timing.ends_at)
    here = _trade(clock, clock.price_per_t, clock.confirmed)
    lower_per_t = clock.price_per_t - clock.terms.step_per_t
    if here.supply_kg < here.demand_kg or here.supply_kg == 0 or lower_per_t < 1:
        return replace(clock, has_stopped=True)
    return replace(
        clock,
        price_per_t=lower_per_t,
        timing=_next_step(clock.timing, event.at, clock.terms.step_time),
        confirmed={},
        before=clock.confirmed,
    )


def _next_step(timing: Timing, at: datetime, step_time: timedelta) -> Timing:
    return replace(timing, ends_at=at + step_time)
