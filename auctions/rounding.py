"""Controlled rounding: a table of whole units with exact margins, as near the exact one as can be.

The flow is found between groups of equal rows and columns, and among them only in the
cells that prices near the right ones leave open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from auctions.estimates import estimate
from auctions.flow import propose
from auctions.groups import Groups, cell_draws, grouped, spread, turns
from auctions.moves import Mask, Table, improve, on_cycles, settle, slack
from auctions.remainders import Whole
from auctions.ties import Drawing

FEW = 2_000
"""As many groups as these are solved at once."""
WIDER, TRIES = 4, 4


@dataclass(frozen=True, slots=True)
class Mixed:
    """Whole units, a line for each column and a place for each row, and the columns' prices.

    Each row rounds up where its remainder less the price is largest, which proves that
    no other table rounds up more; see `mix_checks`.
    """

    cells: Whole
    prices: Whole


@dataclass(frozen=True, slots=True)
class Settled:
    """What a solver need not look at: cells that are open, cells that are rounded up, and the
    prices that say so as long as the right ones are within reach.
    """

    open_: Mask
    up: Mask
    prices: Whole
    reach: int | None = None


def controlled_rounding(
    rows: Whole, columns: Whole, row_ids: Sequence[str], column_ids: Sequence[str], *, seed: bytes
) -> Mixed:
    """Round every cell of the exact table down or up, margins kept; see `sharing.matrix`.

    The margins have equal sums. Time grows with the cells, and where groups are many as
    the sorting of each one's cells does; only the few cells left open are solved for.
    """
    groups, group_of, kind_of = grouped(rows, columns)
    flow, prices = fairest(groups, seed)
    turn = turns(groups, group_of, row_ids, seed)
    order = Drawing(seed, "matrix column", column_ids).order(np.arange(len(columns)))
    cells = np.empty((len(columns), len(rows)), dtype=groups.floors.dtype)
    lines = spread(groups, flow, (group_of, turn), kind_of[order])
    for column, line in zip(order.tolist(), lines, strict=True):
        cells[column] = line
    return Mixed(cells, prices[kind_of])


def fairest(groups: Groups, seed: bytes, *, few: int = FEW) -> tuple[Table, Whole]:
    """Say how many cells of each group and kind are rounded up, and prices that prove it.

    The fractions rounded up are together as large as can be; among equals the sum of the
    draws is the least; among those the cell drawn first is rounded up most, then the next.
    """
    if not groups.raised.any():
        return np.zeros(groups.floors.shape, dtype=np.int64), np.zeros_like(groups.columns)
    attempts = (_solved(groups, settled, seed) for settled in _ever_less_settled(groups, few))
    flow, prices = next(found for found in attempts if found is not None)
    return flow, prices - prices.min()


def _ever_less_settled(groups: Groups, few: int) -> Iterator[Settled]:
    """Settle what prices near the right ones say, with ever more caution; at last nothing."""
    fractions = groups.remainders > 0
    if len(groups.sizes) > few:
        level, reach = estimate(groups)
        for _ in range(TRIES):
            near = level.near(2 * reach) & fractions
            yield Settled(near, level.up() & ~near, level.prices, reach)
            reach *= WIDER
    nothing = np.zeros_like(groups.columns, dtype=groups.remainders.dtype)
    yield Settled(fractions, np.zeros_like(fractions), nothing)


def _solved(groups: Groups, settled: Settled, seed: bytes) -> tuple[Table, Whole] | None:
    """Solve for the open cells; None where what was settled stands in the way of the best table.

    Prices are proved in every group that has open cells, and hold in the others as long
    as they are within reach of those that settled them.
    """
    places = np.flatnonzero(settled.open_.any(axis=0))
    costs, flow = -groups.remainders[:, places].T, groups.cells(settled.up)
    capacity = groups.cells(costs.T < 0, places).T
    core = flow[:, places].T
    loose = propose(
        costs,
        capacity * settled.open_[:, places].T,
        groups.raised[places] * groups.sizes[places] - core.sum(axis=1),
        groups.wanted - flow.sum(axis=1),
    )
    if loose is None:
        return None
    core = core + loose
    prices = improve(costs, capacity, core, -settled.prices)
    free = on_cycles(slack(costs, capacity, core, prices))
    if free.any():
        draws = cell_draws(free, groups.totals[places], groups.columns, seed)
        _take_the_first_drawn(capacity * free, core, draws)
        prices = improve(costs, capacity, core, -settled.prices)
    if settled.reach is not None and abs(prices + settled.prices).max() >= settled.reach:
        return None
    flow[:, places] = core.T
    return flow, -prices


def _take_the_first_drawn(capacity: Table, flow: Table, draws: Table) -> None:
    """Among equally fair flows, in place, take the one that the draw of the free cells picks."""
    loose = flow * (capacity > 0)
    drawn = propose(draws, capacity, loose.sum(axis=1), loose.sum(axis=0))
    assert drawn is not None
    prices = improve(draws, capacity, drawn)
    settle(on_cycles(slack(draws, capacity, drawn, prices)), capacity, drawn, draws)
    flow += drawn - loose
