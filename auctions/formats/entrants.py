"""Who may bid with what in an auction: the lots, and how their quality counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from auctions.formats.events import EventRefused
from auctions.offers import MOST_KG, BadBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """A lot that may be offered, all of it or part."""

    lot: str
    supplier: str
    project: str
    quantity_kg: int
    coefficient: Fraction = Fraction(1)
    """K: what an effective price is the price divided by."""


Entrants = Mapping[str, Entrant]
"""By lot."""


def check_entrants(entrants: Entrants) -> None:
    """Refuse with BadBook a lot under another's name, or without kilograms or coefficient."""
    for lot, entrant in sorted(entrants.items()):
        if entrant.lot != lot:
            raise BadBook("unknown_lot", lot, lot=entrant.lot)
        if not 0 < entrant.quantity_kg <= MOST_KG:
            raise BadBook("quantity_out_of_range", lot, quantity_kg=entrant.quantity_kg)
        if entrant.coefficient <= 0:
            raise BadBook("coefficient_out_of_range", lot, coefficient=entrant.coefficient)


def entrant_of(entrants: Entrants, lot: str) -> Entrant:
    """The entrant with a lot; `unknown_lot` is refused."""
    if lot not in entrants:
        raise EventRefused("unknown_lot", lot=lot)
    return entrants[lot]
