"""Controlled rounding: a table of whole units with exact margins, as near the exact one as can be.

Rows with equal totals have equal exact shares, so they are one group: the flow is
found between groups and columns, and a group's units go round its rows in turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np

from auctions.flow import propose
from auctions.moves import FAR_INT64, Costs, Table, improve, on_cycles, settle, slack
from auctions.offers import BadBook
from auctions.ties import drawn, ranks

Problem = tuple[Table, Table, Table]
"""Capacities, and the units that each group and each column must get above its floors."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows by their total; columns and the members of each group in draw order."""

    totals: tuple[int, ...]
    members: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    floors: tuple[tuple[int, ...], ...]
    remainders: tuple[tuple[int, ...], ...]


def controlled_rounding(
    rows: Mapping[str, int], columns: Mapping[str, int], seed: bytes
) -> dict[str, dict[str, int]]:
    """Round every cell of the exact table down or up, margins kept; see `sharing.matrix`."""
    _check_margins(rows, columns)
    groups = _groups(rows, columns, seed)
    raised = _raised(groups, columns, seed)
    table = {}
    for g, members in enumerate(groups.members):
        floors = dict(zip(groups.columns, groups.floors[g], strict=True))
        for id in members:
            table[id] = {
                column: floors[column] + ((id, column) in raised) for column in sorted(columns)
            }
    return {id: table[id] for id in sorted(table)}


def _check_margins(rows: Mapping[str, int], columns: Mapping[str, int]) -> None:
    for margin in (rows, columns):
        for id in sorted(margin):
            if margin[id] < 0:
                raise BadBook("quantity_out_of_range", id, quantity_kg=margin[id])
    if sum(rows.values()) != sum(columns.values()):
        raise BadBook(
            "margins_differ", "matrix", rows=sum(rows.values()), columns=sum(columns.values())
        )


def _groups(rows: Mapping[str, int], columns: Mapping[str, int], seed: bytes) -> Groups:
    members: dict[int, list[str]] = {}
    for id in drawn(seed, "matrix row", rows):
        members.setdefault(rows[id], []).append(id)
    totals = tuple(sorted(members))
    order = tuple(drawn(seed, "matrix column", columns))
    whole = sum(rows.values()) or 1
    return Groups(
        totals=totals,
        members=tuple(tuple(members[total]) for total in totals),
        columns=order,
        floors=tuple(tuple(total * columns[id] // whole for id in order) for total in totals),
        remainders=tuple(tuple(total * columns[id] % whole for id in order) for total in totals),
    )


def _raised(groups: Groups, columns: Mapping[str, int], seed: bytes) -> set[tuple[str, str]]:
    """Say which cells get the unit above their floor."""
    if not any(any(row) for row in groups.remainders):
        return set()
    sizes = np.array([len(members) for members in groups.members], dtype=np.int64)
    remainders = _table(groups.remainders)
    capacity = np.where(remainders != 0, sizes[:, None], 0).astype(np.int64)
    whole = sum(columns.values())
    supplies = np.array([sum(row) // whole for row in groups.remainders], dtype=np.int64) * sizes
    demands = np.array(
        [
            sum(kg * len(members) for kg, members in zip(column, groups.members, strict=True))
            // whole
            for column in zip(*groups.remainders, strict=True)
        ],
        dtype=np.int64,
    )
    flow = _fairest_flow(groups, seed, -remainders, (capacity, supplies, demands))
    return _round_robin(groups, flow)


def _fairest_flow(groups: Groups, seed: bytes, costs: Costs, problem: Problem) -> Table:
    """Least cost; among equals the least sum of draws; among those the first drawn cells most."""
    flow = propose(costs, *problem)
    capacity = problem[0]
    free = on_cycles(slack(costs, capacity, flow, improve(costs, capacity, flow)))
    if not free.any():
        return flow
    draws = _draw_table(groups, seed)
    fixed, loose = np.where(free, 0, flow), np.where(free, flow, 0)
    capacity = np.where(free, capacity, 0)
    loose = propose(draws, capacity, loose.sum(axis=1), loose.sum(axis=0))
    prices = improve(draws, capacity, loose)
    settle(on_cycles(slack(draws, capacity, loose, prices)), capacity, loose, draws)
    return fixed + loose


def _table(rows: tuple[tuple[int, ...], ...]) -> Costs:
    """Use machine integers where no sum of costs along a path can overflow, else Python's own."""
    nodes = len(rows) + len(rows[0])
    longest = max(cell for row in rows for cell in row) * nodes
    return np.array(rows, dtype=np.int64 if longest < FAR_INT64 // 4 else object)


def _draw_table(groups: Groups, seed: bytes) -> Table:
    """Draw an order of the cells (group, column) and number them by it."""
    names = [[f"{total}/{id}" for id in groups.columns] for total in groups.totals]
    place = ranks(seed, "matrix cell", (name for row in names for name in row))
    return np.array([[place[name] for name in row] for row in names], dtype=np.int64)


def _round_robin(groups: Groups, flow: Table) -> set[tuple[str, str]]:
    """Give a group's units to its members in turn, column after column, all in draw order."""
    raised = set()
    for g, members in enumerate(groups.members):
        turn = cycle(members)
        for j, id in enumerate(groups.columns):
            raised |= {(member, id) for member in islice(turn, int(flow[g, j]))}
    return raised
