"""Moving units between columns: proves a flow the cheapest, and picks one of equals."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.int64]
Costs = NDArray[Any]  # int64, or Python's integers where those are too short
Mask = NDArray[np.bool_]

FAR = 2**200
FAR_INT64 = 2**61
"""Beyond every price; machine integers need largest cost x nodes below a quarter of it."""


@dataclass(frozen=True, slots=True)
class Move:
    """Shift a unit of one group from a column to another, at a cost."""

    group: int
    source: int
    target: int
    cost: int = 0


def never(costs: Costs) -> int:
    """Give a number that no cost and no price reaches."""
    return FAR if costs.dtype == object else FAR_INT64


def improve(costs: Costs, capacity: Table, flow: Table, start: Costs | None = None) -> Costs:
    """Make a flow the cheapest, in place; return the column prices that prove it.

    No move of a unit then costs less than the difference of the columns' prices,
    so no cycle of moves saves anything. Prices are lowered from `start`, or from 0.
    """
    first = np.zeros(costs.shape[1], dtype=costs.dtype) if start is None else start
    while (prices := proof(costs, capacity, flow, first)) is None:
        cycle = _saving_cycle(capacity.shape[1], _cheapest_moves(costs, capacity, flow))
        _shift(flow, capacity, cycle)
    return prices


def proof(costs: Costs, capacity: Table, flow: Table, prices: Costs) -> Costs | None:
    """Lower column prices until no move undercuts them; None where a cycle of moves saves."""
    far = never(costs)
    used, room = flow > 0, flow < capacity
    for _ in range(min(costs.shape) + 2):
        out = np.where(used, prices - costs, far).min(axis=1)
        reached = np.where(room, out[:, None] + costs, far).min(axis=0, initial=far)
        lower = np.minimum(prices, reached)
        if (lower == prices).all():
            return prices
        prices = lower
    return None


def slack(costs: Costs, capacity: Table, flow: Table, prices: Costs) -> Mask:
    """Mark the cells in which equally cheap flows may differ."""
    reduced = costs - prices
    highest = np.where(flow > 0, reduced, -never(costs)).max(axis=1)
    free: Mask = (reduced == highest[:, None]) & (capacity > 0)
    return free


def settle(open_: Mask, capacity: Table, flow: Table, draws: Table) -> None:
    """Among flows with the same margins take the first drawn cell largest, then the next.

    Equal draws go by group, then by column. Only open cells change, in place.
    """
    open_ = open_.copy()
    cells = [(int(group), int(column)) for group, column in np.argwhere(open_)]
    for group, column in sorted(cells, key=lambda cell: int(draws[cell])):
        open_[group, column] = False
        while flow[group, column] < capacity[group, column]:
            cycle = _cycle_through(capacity, flow, open_, (group, column))
            if not cycle:
                break
            _shift(flow, capacity, cycle)


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


def _saving_cycle(columns: int, moves: list[Move]) -> list[Move]:
    """Bellman-Ford from everywhere at once: what still falls at the end hangs on a cycle."""
    prices = [0] * columns
    came_by: dict[int, Move] = {}
    fell = 0
    for _ in range(columns):
        for move in moves:
            if prices[move.source] + move.cost < prices[move.target]:
                prices[move.target] = prices[move.source] + move.cost
                came_by[move.target] = move
                fell = move.target
    return _cycle(fell, came_by)


def _cycle(column: int, came_by: dict[int, Move]) -> list[Move]:
    """Walk back far enough to be inside the cycle, then once round it."""
    for _ in range(len(came_by)):
        column = came_by[column].source
    cycle = [came_by[column]]
    while cycle[-1].source != column:
        cycle.append(came_by[cycle[-1].source])
    return cycle


def _cycle_through(capacity: Table, flow: Table, open_: Mask, cell: tuple[int, int]) -> list[Move]:
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


def _shift(flow: Table, capacity: Table, cycle: list[Move]) -> None:
    """Make every move of a cycle, by as many units as all of them have room for."""
    spare = capacity - flow
    room = [int(flow[move.group, move.source]) for move in cycle]
    room += [int(spare[move.group, move.target]) for move in cycle]
    for move in cycle:
        flow[move.group, move.source] -= min(room)
        flow[move.group, move.target] += min(room)


def on_cycles(open_: Mask) -> Mask:
    """Close the cells that lie on no cycle: alone in their row or column, again and again."""
    while True:
        alone = (open_.sum(axis=1, keepdims=True) == 1) | (open_.sum(axis=0, keepdims=True) == 1)
        if not (open_ & alone).any():
            return open_
        open_ = open_ & ~alone
