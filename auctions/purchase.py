"""The best purchase up to a demand: by merit order, by exact search, or by a solver."""

from math import gcd

from auctions.merit import (
    Book,
    Vector,
    fill,
    lot_short_of_minimum,
    offer_short_of_minimum,
)
from auctions.results import Proof
from auctions.search import search

SEARCH_STEPS = 1_000_000
STEPS_AT_LEAST = 40
SEEN_AT_LEAST = 200


def purchase(book: Book, demand_kg: int) -> tuple[Vector, Proof]:
    """Buy most, then cheapest, then earliest; say what proves it.

    Where the merit order meets every minimum it is the answer. Otherwise the search
    decides; a book too large for it goes to the solver.
    """
    demand_kg -= demand_kg % _grain(book)
    bought = fill(book, demand_kg)
    assert bought is not None
    if offer_short_of_minimum(book, bought) is None and lot_short_of_minimum(book, bought) is None:
        return bought, "merit_order"
    steps = STEPS_AT_LEAST + len(book.offers)
    found = search(book, demand_kg, max(SEEN_AT_LEAST, SEARCH_STEPS // steps))
    if found is not None:
        return found, "search"
    from auctions.solver import solve  # noqa: PLC0415 - most clearings never load SciPy

    return solve(book, demand_kg), "solver"


def _grain(book: Book) -> int:
    """Return the step that every total is a multiple of, where all offers are all-or-nothing."""
    if any(offer.minimum_kg < offer.quantity_kg for offer in book.offers):
        return 1
    return gcd(*(offer.quantity_kg for offer in book.offers)) or 1
