"""Where floats are allowed: HiGHS searches, and every answer is finished and scored in integers.

The solver only says which minimums to meet. Given those, the merit order is the
exact best purchase, so no float ever becomes a kilogram or a price.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from auctions.merit import Book, Choice, Vector, by_rank, fill, score
from auctions.results import Unproved

Row = tuple[dict[int, int], float, float]
"""Coefficients by variable, and the bounds of their sum."""

MOST_TIES = 50
TOLERANCE = 1e-9
HALF = 0.5
OPTIMAL, INFEASIBLE = 0, 2


@dataclass(frozen=True, slots=True)
class Model:
    """Variables: kilograms of each offer, then a switch for each minimum of offers and of lots."""

    book: Book
    offers: tuple[int, ...]
    lots: tuple[int, ...]
    rows: tuple[Row, ...]
    upper: tuple[int, ...]

    @property
    def switches(self) -> range:
        return range(len(self.book.offers), len(self.upper))

    def choice(self, on: Sequence[bool]) -> Choice:
        """Read switches as the minimums to meet and the offers and lots to leave alone."""
        offers = list(zip(self.offers, on, strict=False))
        lots = list(zip(self.lots, on[len(self.offers) :], strict=True))
        return Choice(
            offers_in=frozenset(i for i, switch in offers if switch),
            offers_out=frozenset(i for i, switch in offers if not switch),
            lots_in=frozenset(i for i, switch in lots if switch),
            lots_out=frozenset(i for i, switch in lots if not switch),
        )

    def on(self, bought: Vector) -> list[bool]:
        """Tell the switches that a purchase has on."""
        used = {self.book.lot_of[i] for i, kg in enumerate(bought) if kg}
        return [bought[i] > 0 for i in self.offers] + [lot in used for lot in self.lots]


def solve(book: Book, demand_kg: int, most_ties: int = MOST_TIES) -> Vector:
    """Find the best purchase that meets every minimum it uses, one objective after another.

    Each objective is held while the next is sought; at last all equally good choices
    are listed, and the largest in order of acknowledgement wins.
    Raises Unproved where an integer answer misses the solver's bound, or where more
    than `most_ties` choices are equally good.
    """
    if not book.offers:
        return []
    model = _model(book, demand_kg)
    best: Vector | None = None
    rows: list[Row] = []
    wanted_kg = demand_kg
    for place, costs in enumerate(([-1] * len(book.offers), book.cost, book.rank)):
        answer = _optimum(model, costs, rows)
        if answer is None:
            raise Unproved("infeasible")
        on, bound = answer
        best = _better(book, best, fill(book, wanted_kg, model.choice(on)))
        wanted_kg = sum(best)
        value = score(book, best)[place]
        if value - bound > HALF + TOLERANCE * abs(value):
            raise Unproved(f"objective {place + 1}: {value} against a bound of {bound}")
        rows.append((dict(enumerate(costs)), -np.inf, value))
    assert best is not None
    return _largest_of_equals(model, rows, best, most_ties)


def _better(book: Book, best: Vector | None, found: Vector | None) -> Vector:
    choices = [bought for bought in (best, found) if bought is not None]
    if not choices:
        raise Unproved("the minimums chosen cannot be met in whole kilograms")
    return min(choices, key=lambda bought: score(book, bought))


def _largest_of_equals(model: Model, rows: list[Row], best: Vector, most_ties: int) -> Vector:
    """List every other choice of minimums that is as good, by forbidding those seen."""
    if not model.switches:
        return best
    largest = best
    on = model.on(best)
    for _ in range(most_ties):
        changed = {
            variable: -1 if switch else 1
            for variable, switch in zip(model.switches, on, strict=True)
        }
        rows = [*rows, (changed, 1 - sum(on), np.inf)]
        answer = _optimum(model, model.book.rank, rows)
        if answer is None:
            return largest
        on = answer[0]
        tied = _better(model.book, None, fill(model.book, sum(best), model.choice(on)))
        if score(model.book, tied) < score(model.book, best):
            raise Unproved("a better purchase than the one proved best")
        if score(model.book, tied) == score(model.book, best):
            largest = max(largest, tied, key=lambda bought: by_rank(model.book, bought))
    raise Unproved("too many equally good purchases")


def _model(book: Book, demand_kg: int) -> Model:
    offers = tuple(i for i, offer in enumerate(book.offers) if offer.minimum_kg > 1)
    lots = tuple(i for i, lot in enumerate(book.lots) if lot.minimum_kg > 1 and book.steps[i])
    count = len(book.offers)
    rows: list[Row] = [(dict.fromkeys(range(count), 1), 0, demand_kg)]
    for i, lot in enumerate(book.lots):
        rows.append((dict.fromkeys(book.steps[i], 1), 0, lot.quantity_kg))
    for switch, i in enumerate(offers, start=count):
        rows += _switched({i: 1}, switch, book.offers[i].minimum_kg, book.offers[i].quantity_kg)
    for switch, i in enumerate(lots, start=count + len(offers)):
        steps = dict.fromkeys(book.steps[i], 1)
        rows += _switched(steps, switch, book.lots[i].minimum_kg, book.lots[i].quantity_kg)
    upper = [offer.quantity_kg for offer in book.offers] + [1] * (len(offers) + len(lots))
    return Model(book, offers, lots, tuple(rows), tuple(upper))


def _switched(kilograms: dict[int, int], switch: int, minimum: int, quantity: int) -> Iterable[Row]:
    """Either switched off and nothing, or on and between the minimum and the quantity."""
    yield {**kilograms, switch: -minimum}, 0, np.inf
    yield {**kilograms, switch: -quantity}, -np.inf, 0


def _optimum(
    model: Model, costs: Sequence[int], extra: Sequence[Row]
) -> tuple[list[bool], float] | None:
    """Minimise over whole numbers: the switches and the proved bound; None where nothing fits."""
    rows = [*model.rows, *extra]
    cells = [(i, j, c) for i, row in enumerate(rows) for j, c in row[0].items()]
    row_index, variable, coefficient = zip(*cells, strict=True)
    size = (len(rows), len(model.upper))
    matrix = coo_array((np.array(coefficient, dtype=np.float64), (row_index, variable)), shape=size)
    objective = np.zeros(len(model.upper))
    objective[: len(costs)] = costs
    result = milp(
        objective,
        integrality=np.ones(len(model.upper), dtype=np.int64),
        bounds=Bounds(0, np.array(model.upper, dtype=np.float64)),
        constraints=LinearConstraint(
            matrix.tocsr(), [low for _, low, _ in rows], [high for _, _, high in rows]
        ),
        options={"mip_rel_gap": 0},
    )
    if result.status == INFEASIBLE:
        return None
    if result.status != OPTIMAL or result.x is None or result.mip_dual_bound is None:
        raise Unproved(result.message)
    on = [value > HALF for value in result.x[len(model.book.offers) :]]
    return on, float(result.mip_dual_bound)
