"""The linear relaxation of a program, and what its prices prove in integers.

HiGHS finds prices of the rows with floats. Any prices whatever give a bound, and that
bound is computed here with whole numbers, so nothing rests on the floats being right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from auctions.program import Program, Row, Whole, total, whole
from auctions.results import Unproved

OPTIMAL, INFEASIBLE = 0, 2
WAYS: tuple[dict[str, Any], ...] = (
    {"method": "highs-ds"},
    {"method": "highs-ds", "options": {"presolve": False}},
    {"method": "highs-ipm", "options": {"time_limit": 30}},
)
"""Interior points come last: there are programs that keep them turning for ever."""
LARGEST_BOUND = 10**8
"""What HiGHS is asked about; where bounds are larger, all columns are counted in larger units."""
NEAR = 1000
"""Prices are ratios of small determinants; each is taken as the nearest ratio up to this."""
LARGEST_SCALE = 10**6
BITS = 24


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What prices prove: scale x objective = bound + reduced x (columns - ends).

    No product after the bound is below zero. Values are as the solver found them.
    """

    values: NDArray[np.float64]
    reduced: Whole
    ends: Whole
    bound: int
    scale: int

    @property
    def least(self) -> int:
        """The least that the objective can be, rounded up to a whole number."""
        return -(-self.bound // self.scale)

    def spare(self, value: int) -> int:
        """Tell how far, times the scale, a value lies above the bound."""
        return self.scale * value - self.bound


def relax(program: Program, objective: Whole) -> Relaxed | None:
    """Minimise without wholeness and minimums; None where even that is impossible."""
    free = np.flatnonzero(program.free)
    values = program.least.astype(np.float64)
    if not free.size:
        fits = program.completed(program.least) is not None
        return _prove(program, objective, values, []) if fits else None
    rows = program.folded(free)
    if any(row.sum and not row.columns.size for row in rows):
        return None
    unit = max(1, int(program.most[free].max()) / LARGEST_BOUND)
    bounds = [program.least[free].astype(np.float64), program.most[free].astype(np.float64)]
    found = _solved(
        objective[free].astype(np.float64),
        A_eq=_matrix(rows, free.size) if rows else None,
        b_eq=np.array([float(row.sum) for row in rows]) / unit if rows else None,
        bounds=np.stack(bounds, axis=1) / unit,
    )
    if found is None:
        return None
    values[free] = found.x * unit
    return _prove(program, objective, values, found.eqlin.marginals if rows else [])


def _solved(objective: NDArray[np.float64], **model: Any) -> Any:
    """Ask HiGHS in one way and, where it stumbles, in another; None where nothing fits."""
    message = ""
    for way in WAYS:
        found = linprog(objective, **way, **model)
        if found.status == INFEASIBLE:
            return None
        if found.status == OPTIMAL:
            return found
        message = found.message
    raise Unproved(message)


def _matrix(rows: Sequence[Row], size: int) -> csr_array:
    starts = np.cumsum([0, *(row.columns.size for row in rows)])
    cells = np.concatenate([row.weights.astype(np.float64) for row in rows])
    columns = np.concatenate([row.columns for row in rows])
    return csr_array((cells, columns, starts), shape=(len(rows), size))


def _prove(
    program: Program,
    objective: Whole,
    values: NDArray[np.float64],
    marginals: Sequence[float],
) -> Relaxed:
    """Bound the objective by prices: what the rows come out at, columns at their better ends."""
    prices = [Fraction(float(price)).limit_denominator(NEAR) for price in marginals]
    scale = lcm(*(price.denominator for price in prices))
    if scale > LARGEST_SCALE:
        scale = 1 << BITS
    reduced = objective * scale
    bound = 0
    for row, price in zip(program.rows, prices, strict=False):
        times = round(price * scale)
        if times:
            reduced[row.columns] -= times * row.weights
            bound += times * row.sum
    ends = np.where(reduced > 0, program.least, program.most)
    return Relaxed(values, reduced, ends, bound + total(reduced, ends), scale)


def narrowed(program: Program, relaxed: Relaxed, value: int) -> Program | None:
    """Leave out what is proved to cost more than a value; None where everything does."""
    spare = relaxed.spare(value)
    if spare < 0:
        return None
    reach = whole(spare // abs(cost) if cost else 0 for cost in relaxed.reduced)
    up, down = relaxed.ends + reach, relaxed.ends - reach
    most = np.where(relaxed.reduced > 0, np.minimum(program.most, up), program.most)
    least = np.where(relaxed.reduced < 0, np.maximum(program.least, down), program.least)
    return program.within(least, most)


def at_value(program: Program, relaxed: Relaxed, value: int) -> Program | None:
    """Keep exactly what attains a value: narrowed, and held by a row of small numbers."""
    left = narrowed(program, relaxed, value)
    if left is None or not ((relaxed.reduced != 0) & left.free).any():
        return left
    return left.with_row(
        relaxed.reduced, relaxed.spare(value) + total(relaxed.reduced, relaxed.ends)
    )
