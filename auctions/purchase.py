"""The best purchase up to a demand: by merit order, by exact search, or by a solver."""

from math import gcd, lcm

from auctions.merit import (
    Book,
    Vector,
    fill,
    lot_short_of_minimum,
    offer_short_of_minimum,
)
from auctions.portfolio import FREELY, Portfolio
from auctions.results import Proof
from auctions.search import search

SEARCH_STEPS = 1_000_000
STEPS_AT_LEAST = 40
SEEN_AT_LEAST = 200


def purchase(
    book: Book,
    demand_kg: int,
    rules: Portfolio = FREELY,
    *,
    least_kg: int = 0,
    most_kg: int | None = None,
) -> tuple[Vector | None, Proof]:
    """Buy most, then cheapest, then earliest; say what proves it.

    Where the merit order meets every minimum and rule it is the answer. Without rules
    the search decides; a book too large for it, and every rule that binds, goes to the
    solver. None where what is fixed, or the least wanted, cannot be bought. That no
    more than `most_kg` can be bought may be known already.
    """
    demand_kg -= demand_kg % lcm(_grain(book), rules.step_kg)
    bought = fill(book, demand_kg)
    if bought is None or sum(bought) < least_kg:
        return None, "merit_order"
    if _meets_minimums(book, bought) and rules.allows(bought):
        return bought, "merit_order"
    if not rules:
        steps = STEPS_AT_LEAST + len(book.offers)
        found = search(book, demand_kg, max(SEEN_AT_LEAST, SEARCH_STEPS // steps))
        if found is not None:
            return found, "search"
    from auctions.solver import solve  # noqa: PLC0415 - most clearings never load SciPy

    reach_kg = sum(bought) if most_kg is None else min(most_kg, sum(bought))
    return solve(book, reach_kg, rules, least_kg=least_kg), "solver"


def _meets_minimums(book: Book, bought: Vector) -> bool:
    return (
        offer_short_of_minimum(book, bought) is None and lot_short_of_minimum(book, bought) is None
    )


def _grain(book: Book) -> int:
    """Return the step that every total is a multiple of, where all offers are all-or-nothing."""
    if any(offer.minimum_kg < offer.quantity_kg for offer in book.offers):
        return 1
    return gcd(*(offer.quantity_kg for offer in book.offers)) or 1
