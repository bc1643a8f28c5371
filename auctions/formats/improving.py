"""What a descending auction asks of a bid: within its terms, and better than the bid before."""

from dataclasses import dataclass

from auctions.formats.entrants import Entrant, Entrants, check_entrants
from auctions.formats.events import Bid, EventRefused
from auctions.formats.standing import Grid, Standing
from auctions.offers import MOST_KG, BadBook, check_price

MOST_STEPS = 10_000
"""The decrement is at least so small a part of the ceiling, so that proxies settle in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is fixed before the first bid."""

    id: str
    """Begins the ids of the offers that the auction ends in."""
    pool_kg: int
    """What the provisional standing is reckoned against."""
    ceiling_per_t: int
    decrement_per_t: int
    entrants: Entrants

    @property
    def grid(self) -> Grid:
        return Grid(ceiling_per_t=self.ceiling_per_t, decrement_per_t=self.decrement_per_t)


def check_terms(terms: Terms) -> None:
    """Refuse with BadBook terms that mean nothing."""
    check_entrants(terms.entrants)
    check_price("ceiling", terms.ceiling_per_t)
    if not 0 < terms.pool_kg <= MOST_KG:
        raise BadBook("quantity_out_of_range", "pool", quantity_kg=terms.pool_kg)
    decrement_per_t = terms.decrement_per_t
    if decrement_per_t < 1 or decrement_per_t * MOST_STEPS < terms.ceiling_per_t:
        raise BadBook("decrement_out_of_range", "decrement", decrement_per_t=decrement_per_t)


def require_within(terms: Terms, entrant: Entrant, bid: Bid) -> None:
    if not 0 < bid.quantity_kg <= entrant.quantity_kg:
        raise EventRefused("quantity_out_of_range", most_kg=entrant.quantity_kg)
    if not 0 <= bid.minimum_kg <= bid.quantity_kg:
        raise EventRefused("minimum_out_of_range", most_kg=bid.quantity_kg)
    if bid.price_per_t < 1:
        raise EventRefused("price_not_positive")
    if bid.price_per_t > terms.ceiling_per_t:
        raise EventRefused("price_above_ceiling", ceiling_per_t=terms.ceiling_per_t)


def highest_improvement(terms: Terms, own: Standing) -> int:
    """The highest price that still is an improvement; `no_lower_price` where there is none."""
    if own.price_per_t <= terms.decrement_per_t:
        raise EventRefused("no_lower_price")
    return own.price_per_t - terms.decrement_per_t


def require_better(terms: Terms, own: Standing, bid: Bid) -> None:
    """The price at least a decrement lower; the quantity no lower, and the minimum no higher."""
    most_per_t = highest_improvement(terms, own)
    if bid.price_per_t > most_per_t:
        raise EventRefused("decrement_too_small", most_per_t=most_per_t)
    if bid.quantity_kg < own.quantity_kg:
        raise EventRefused("quantity_lowered", least_kg=own.quantity_kg)
    if bid.minimum_kg > own.minimum_kg:
        raise EventRefused("minimum_raised", most_kg=own.minimum_kg)
