"""Moving units between columns: proves a flow the cheapest, and picks one of equals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.int64]
Costs = NDArray[np.int64] | NDArray[np.object_]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Move:
    """Shift a unit of one group from a column to another, at a cost."""

    group: int
    source: int
    target: int
    cost: int = 0


def improve(costs: Costs, capacity: Table, flow: Table) -> list[int]:
    """Make a flow the cheapest, in place; return the column prices that prove it.

    No move of a unit then costs less than the difference of the columns' prices,
    so no cycle of moves saves anything.
    """
    while True:
        prices, cycle = _shortest(capacity.shape[1], _cheapest_moves(costs, capacity, flow))
        if not cycle:
            return prices
        room = [int(flow[move.group, move.source]) for move in cycle]
        room += [int((capacity - flow)[move.group, move.target]) for move in cycle]
        _apply(flow, cycle, min(room))


def slack(costs: Costs, capacity: Table, flow: Table, prices: list[int]) -> Mask:
    """Mark the cells in which equally cheap flows may differ."""
    reduced = costs.astype(object) - np.array(prices, dtype=object)
    free = np.zeros(capacity.shape, dtype=np.bool_)
    for group in np.flatnonzero(flow.sum(axis=1)):
        highest = max(reduced[group, flow[group] > 0])
        free[group] = (reduced[group] == highest) & (capacity[group] > 0)
    return free


def settle(capacity: Table, flow: Table, order: list[tuple[int, int]]) -> None:
    """Among flows with the same margins take the largest first cell, then second, in place."""
    open_ = _core(capacity > 0)
    for group, column in order:
        if not open_[group, column]:
            continue
        open_[group, column] = False
        while flow[group, column] < capacity[group, column]:
            cycle = _cycle_through(capacity, flow, open_, (group, column))
            if not cycle:
                break
            _apply(flow, cycle, 1)


def _cheapest_moves(costs: Costs, capacity: Table, flow: Table) -> list[Move]:
    """Find, for each ordered pair of columns, the cheapest group to move a unit in."""
    moves = []
    columns = capacity.shape[1]
    for source in range(columns):
        used = np.flatnonzero(flow[:, source] > 0)
        for target in range(columns):
            groups = used[flow[used, target] < capacity[used, target]]
            if target == source or groups.size == 0:
                continue
            change = costs[groups, target] - costs[groups, source]
            best = int(np.argmin(change))
            moves.append(Move(int(groups[best]), source, target, int(change[best])))
    return moves


def _shortest(columns: int, moves: list[Move]) -> tuple[list[int], list[Move]]:
    """Bellman-Ford from everywhere at once: prices, or a cycle of moves that saves."""
    prices = [0] * columns
    came_by: dict[int, Move] = {}
    changed: int | None = None
    for _ in range(columns):
        changed = None
        for move in moves:
            if prices[move.source] + move.cost < prices[move.target]:
                prices[move.target] = prices[move.source] + move.cost
                came_by[move.target] = move
                changed = move.target
        if changed is None:
            return prices, []
    assert changed is not None
    return prices, _cycle(changed, came_by)


def _cycle(column: int, came_by: dict[int, Move]) -> list[Move]:
    """Walk back far enough to be inside the cycle, then once round it."""
    for _ in range(len(came_by)):
        column = came_by[column].source
    cycle = [came_by[column]]
    while cycle[-1].source != column:
        cycle.append(came_by[cycle[-1].source])
    return cycle


def _cycle_through(
    capacity: Table, flow: Table, open_: Mask, cell: tuple[int, int]
) -> list[Move]:
    """Find moves, in open cells, that raise one cell by a unit and keep all margins."""
    group, column = cell
    came_by: dict[int, Move] = {}
    reached = [column]
    for source in reached:
        if source != column and open_[group, source] and flow[group, source] > 0:
            cycle = [Move(group, source, column)]
            while source != column:
                cycle.append(came_by[source])
                source = came_by[source].source  # noqa: PLW2901 - walks back along the path
            return cycle
        used = np.flatnonzero(open_[:, source] & (flow[:, source] > 0))
        for target in range(capacity.shape[1]):
            room = open_[used, target] & (flow[used, target] < capacity[used, target])
            if target != column and target not in came_by and room.any():
                came_by[target] = Move(int(used[room][0]), source, target)
                reached.append(target)
    return []


def _apply(flow: Table, cycle: list[Move], units: int) -> None:
    for move in cycle:
        flow[move.group, move.source] -= units
        flow[move.group, move.target] += units


def _core(open_: Mask) -> Mask:
    """Close the cells that lie on no cycle: alone in their row or column, again and again."""
    while True:
        alone = (open_.sum(axis=1, keepdims=True) == 1) | (open_.sum(axis=0, keepdims=True) == 1)
        if not (open_ & alone).any():
            return open_
        open_ = open_ & ~alone
