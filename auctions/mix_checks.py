"""A matrix checked in whole numbers and without a solver: margins, rounding, fairness, draw."""

from collections.abc import Mapping, Sequence

import numpy as np

from auctions.groups import Groups, cell_draws, grouped, spread, turns
from auctions.moves import Table, never, on_cycles, proof, settle, slack
from auctions.refuted import require
from auctions.remainders import Whole, total_of, wholes
from auctions.ties import Drawing, Places

Margin = Mapping[str, int]


def check_matrix(
    rows: Margin,
    columns: Margin,
    cells: Mapping[str, Margin],
    prices: Margin,
    *,
    seed: bytes | None = None,
) -> None:
    """Raise Refuted unless no table with these margins rounds up larger fractions than this one.

    Every cell must be its exact share rounded down or up, and no row may round down a cell
    that is worth more than one it rounds up: its remainder less the column's price. Rows
    and columns are rounded up equally often in every such table, so that all of them pay
    the same prices; and none has larger remainders than the one that is worth most row by
    row. With the seed, raise Refuted also unless the draw picks this one among equals.
    Time grows with the cells.
    """
    row_ids, column_ids = sorted(rows), sorted(columns)
    _check_names(row_ids, column_ids, cells, prices)
    row_kg = _whole([rows[id] for id in row_ids], "rows")
    column_kg = _whole([columns[id] for id in column_ids], "columns")
    lines = [_whole([cells[id][column] for id in row_ids], column) for column in column_ids]
    _check_margins(row_kg, column_kg, lines)
    groups, group_of, kind_of = grouped(row_kg, column_kg)
    far = never(groups.remainders) // 4
    require(all(type(p) is int and abs(p) < far for p in prices.values()), "price", "prices")
    charged = np.array([prices[id] for id in column_ids], dtype=groups.remainders.dtype)
    flow = _check_worth(groups, (group_of, kind_of), lines, charged)
    if seed is not None:
        _check_draw(groups, flow, seed)
        order = Drawing(seed, "matrix column", column_ids).order(np.arange(len(columns)))
        turn = turns(groups, group_of, row_ids, seed)
        dealt = spread(groups, flow, (group_of, turn), kind_of[order])
        for column, line in zip(order.tolist(), dealt, strict=True):
            require(bool((line == lines[column]).all()), "draw", column_ids[column])


def _check_names(
    row_ids: Sequence[str],
    column_ids: Sequence[str],
    cells: Mapping[str, Margin],
    prices: Margin,
) -> None:
    require(sorted(cells) == row_ids, "rows", "cells")
    require(sorted(prices) == column_ids, "columns", "prices")
    for id in row_ids:
        require(sorted(cells[id]) == column_ids, "columns", id)


def _whole(numbers: Sequence[int], where: str) -> Whole:
    require(all(type(each) is int and each >= 0 for each in numbers), "not_whole", where)
    return wholes(numbers)


def _check_margins(row_kg: Whole, column_kg: Whole, lines: Sequence[Whole]) -> None:
    """Rows and columns add up."""
    require(total_of(row_kg) == total_of(column_kg), "margins", "matrix")
    left = row_kg.astype(object)
    for line, kg in zip(lines, column_kg, strict=True):
        require(total_of(line) == int(kg), "sum", "columns")
        left = left - line
    require(not left.any(), "sum", "rows")


def _check_worth(
    groups: Groups, of: tuple[Places, Places], lines: Sequence[Whole], charged: Whole
) -> Table:
    """Each row rounds up the cells worth most; return how many of each kind and group."""
    group_of, kind_of = of
    lowest = np.full(len(group_of), never(groups.remainders), dtype=charged.dtype)
    highest = -lowest
    flow = np.zeros(groups.floors.shape, dtype=np.int64)
    for line, kind, price in zip(lines, kind_of, charged, strict=True):
        above, remainder = line - groups.floors[kind][group_of], groups.remainders[kind]
        up, fraction = above > 0, (remainder > 0)[group_of]
        is_rounding = bool((above == up).all() and (fraction | ~up).all())
        require(is_rounding, "neither_floor_nor_ceiling", "cells")
        worth = (remainder - price)[group_of]
        lowest = np.where(up, np.minimum(lowest, worth), lowest)
        highest = np.where(fraction & ~up, np.maximum(highest, worth), highest)
        flow[kind] += np.bincount(group_of[up], minlength=len(groups.sizes))
    require(bool((lowest >= highest).all()), "fairer_table", "cells")
    return flow


def _check_draw(groups: Groups, flow: Table, seed: bytes) -> None:
    """Among equally fair tables the draws add up to least, and the first drawn cells come first."""
    costs, capacity = -groups.remainders.T, groups.cells(groups.remainders > 0).T
    zero = np.zeros(len(groups.columns), dtype=np.int64)
    prices = proof(costs, capacity, flow.T, zero.astype(costs.dtype))
    assert prices is not None
    free = on_cycles(slack(costs, capacity, flow.T, prices))
    places = np.flatnonzero(free.any(axis=1))
    draws = cell_draws(free[places], groups.totals[places], groups.columns, seed)
    room, loose = (capacity * free)[places], (flow.T * free)[places]
    least = proof(draws, room, loose, zero)
    require(least is not None, "draw", "cells")
    if least is not None:
        first = loose.copy()
        settle(on_cycles(slack(draws, room, first, least)), room, first, draws)
        require(bool((first == loose).all()), "draw", "cells")
