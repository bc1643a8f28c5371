"""Where floats are allowed: the best purchase of a book under minimums and rules.

The solver searches; every answer is finished, compared and bounded in integers (`optimum`).
"""

from auctions.formulation import Formulation, formulate
from auctions.merit import Book, Vector
from auctions.optimum import least, minimum
from auctions.portfolio import FREELY, Portfolio
from auctions.program import Whole
from auctions.relaxation import relax


def solve(
    book: Book, most_kg: int, rules: Portfolio = FREELY, *, least_kg: int = 0
) -> Vector | None:
    """Buy most, then cheapest, then earliest, then the largest list in order of acknowledgement.

    None where not even `least_kg` can be bought. Raises Unproved where the best answer
    found could not be proved to be the best.
    """
    if not book.offers:
        return [] if least_kg == 0 else None
    best = _cheapest(book, rules, most_kg) if most_kg else None
    if best is not None:
        return best
    found_kg = most(book, rules, least_kg=max(1, least_kg), most_kg=most_kg - 1)
    if found_kg is None:
        nothing = [0] * len(book.offers)
        return nothing if least_kg == 0 and not book.fixed.offers_in else None
    return _cheapest(book, rules, found_kg)


def most(book: Book, rules: Portfolio, *, least_kg: int, most_kg: int) -> int | None:
    """Return the most kilograms that can be bought between two bounds, if any can."""
    program = formulate(book, rules, least_kg=least_kg, most_kg=most_kg)
    if least_kg > most_kg or program is None:
        return None
    found = minimum(program.program, _kilograms(program))
    return None if found is None else -found.value


def most_by_prices(book: Book, rules: Portfolio, most_kg: int) -> int:
    """Bound the kilograms that rules let be bought, whatever the minimums say."""
    program = formulate(book, rules, least_kg=0, most_kg=most_kg)
    relaxed = None if program is None else relax(program.program, _kilograms(program))
    return 0 if relaxed is None else -relaxed.least


def _cheapest(book: Book, rules: Portfolio, total_kg: int) -> Vector | None:
    program = formulate(book, rules, least_kg=total_kg, most_kg=total_kg)
    if program is None:
        return None
    columns = least(program.program, [program.objective(book.cost), program.objective(book.rank)])
    return None if columns is None else program.vector(columns)


def _kilograms(program: Formulation) -> Whole:
    return program.objective([-1] * len(program.order))
