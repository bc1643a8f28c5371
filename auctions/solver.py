"""Where floats are allowed: the best purchase of a book under minimums and rules.

The solver searches; every answer is finished, compared and bounded in integers (`optimum`).
"""

from auctions.branching import advise
from auctions.formulation import Formulation, Writer, capped, formulate
from auctions.merit import Book, Vector
from auctions.optimum import least, some_at_most
from auctions.portfolio import FREELY, Portfolio
from auctions.program import Whole
from auctions.relaxation import relax
from auctions.results import Unproved

MOST_STEPS = 20
"""Totals that are tried one by one below the solver's bound; then the largest is sought."""


def solve(
    book: Book, most_kg: int, rules: Portfolio = FREELY, *, least_kg: int = 0
) -> Vector | None:
    """Buy most, then cheapest, then earliest, then the largest list in order of acknowledgement.

    None where not even `least_kg` can be bought. Raises Unproved where the best answer
    found could not be proved to be the best.
    """
    total_kg = most_kg
    for _ in range(MOST_STEPS):
        total_kg -= total_kg % rules.step_kg
        if total_kg < max(1, least_kg):
            return _nothing(book, least_kg)
        program = formulate(book, rules, least_kg=total_kg, most_kg=total_kg)
        best = None if program is None else _cheapest(program, book)
        if best is not None:
            return best
        total_kg = _next_kg(book, rules, total_kg)
    total_kg = _largest_kg(book, rules, least_kg=max(1, least_kg), most_kg=total_kg)
    if not total_kg:
        return _nothing(book, least_kg)
    program = formulate(book, rules, least_kg=total_kg, most_kg=total_kg)
    best = None if program is None else _cheapest(program, book)
    if best is None:
        raise Unproved("a total that can be bought is not found again")
    return best


def _largest_kg(book: Book, rules: Portfolio, *, least_kg: int, most_kg: int) -> int:
    """Find the largest total that can be bought; zero where none is."""
    writer = Writer(book, least_kg, most_kg, rules.step_kg)
    writer.steps()
    writer.bind(rules)
    program = writer.formulation()
    if program is None:
        return 0
    objective = _kilograms(program)
    bought = some_at_most(program.program, objective, -least_kg, must_be_least=True)
    return 0 if bought is None else sum(program.vector(bought))


def _cheapest(program: Formulation, book: Book) -> Vector | None:
    columns = least(program.program, [program.objective(book.cost), program.objective(book.rank)])
    return None if columns is None else program.vector(columns)


def _next_kg(book: Book, rules: Portfolio, total_kg: int) -> int:
    """Bound what can be bought where a total cannot: by floors of shares alone, or by minimums."""
    capped_kg = _relaxed_kg(capped(book, rules, total_kg))
    if capped_kg < total_kg:
        return capped_kg
    return bound_kg(book, rules, total_kg - 1)


def relaxed_kg(book: Book, rules: Portfolio, most_kg: int) -> int:
    """Bound the kilograms that rules let be bought, minimums and whole kilograms aside."""
    return _relaxed_kg(formulate(book, rules, least_kg=0, most_kg=most_kg))


def _relaxed_kg(program: Formulation | None) -> int:
    relaxed = None if program is None else relax(program.program, _kilograms(program))
    return 0 if relaxed is None else -relaxed.least


def bound_kg(book: Book, rules: Portfolio, most_kg: int) -> int:
    """Bound the kilograms that can be bought, as if they were divisible; zero where none can.

    A share of a total that is not given lets its parts be fractions, so this may be a few
    kilograms too many; a total that is given has whole parts, and shows it.
    """
    if most_kg < 1:
        return 0
    program = formulate(book, rules, least_kg=1, most_kg=most_kg)
    relaxed = None if program is None else relax(program.program, _kilograms(program))
    advice = None if program is None or relaxed is None else advise(program.program, relaxed)
    if relaxed is None or advice is None:
        return 0
    return min(most_kg, advice.most(relaxed))


def _nothing(book: Book, least_kg: int) -> Vector | None:
    """Buying nothing is an answer, unless something is asked for or stands already."""
    return None if least_kg or book.fixed.offers_in else [0] * len(book.offers)


def _kilograms(program: Formulation) -> Whole:
    return program.objective([-1] * len(program.order))
