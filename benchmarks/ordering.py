"""A million offers are put into merit order, and demand is filled along it, nearly as fast as
NumPy sorts as many numbers.
"""

from __future__ import annotations

import numpy as np

from auctions import ordering
from benchmarks.findings import Finding
from benchmarks.side_by_side import Work, compare

OFFERS = 10**6
AT_MOST = 4.5


def measure() -> list[Finding]:
    pairs = {"merit order of 10^6 offers": _order, "demand filled along it": _fill}
    return [Finding(what, *compare(pair), AT_MOST) for what, pair in pairs.items()]


def _order() -> tuple[Work, Work]:
    price, rank, _, sorted_ = _book()
    return lambda: ordering.order(price, rank), sorted_


def _fill() -> tuple[Work, Work]:
    price, rank, quantity, sorted_ = _book()
    demand = int(quantity.sum()) * 2 // 5
    return lambda: ordering.fill(price, quantity, rank, demand), sorted_


def _book():
    """Prices in yen around 2,500 a tonne, so that very many are equal; ranks in no order."""
    chance = np.random.default_rng(1)
    price = chance.lognormal(np.log(2_500), 0.6, OFFERS).round().astype(np.int64)
    quantity = chance.lognormal(np.log(200_000), 1.0, OFFERS).round().astype(np.int64) + 1
    numbers = chance.integers(0, 2**62, OFFERS)
    return price, chance.permutation(OFFERS), quantity, lambda: np.sort(numbers)
