"""Controlled rounding: a table of whole units with exact margins, as near the exact one as can be.

Rows with equal totals have equal exact shares, so they are one group: the flow is
found between groups and columns, and a group's units go round its rows in turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np

from auctions.flow import propose
from auctions.moves import Costs, Table, improve, settle, slack
from auctions.offers import BadBook
from auctions.ties import drawn, ranks

INT64_SAFE = 2**61


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
    sizes = np.array([len(members) for members in groups.members], dtype=np.int64)
    remainders = _table(groups.remainders)
    capacity = np.where(remainders != 0, sizes[:, None], 0).astype(np.int64)
    if not capacity.any():
        return set()
    lacking = [
        (total - sum(floors)) * len(members)
        for total, floors, members in zip(
            groups.totals, groups.floors, groups.members, strict=True
        )
    ]
    given = [sum(row[j] * int(n) for row, n in zip(groups.floors, sizes, strict=True))
             for j in range(len(groups.columns))]
    wanting = [columns[id] - kg for id, kg in zip(groups.columns, given, strict=True)]
    supplies = np.array(lacking, dtype=np.int64)
    demands = np.array(wanting, dtype=np.int64)
    flow = _fairest_flow(-remainders, _draw_table(groups, seed), capacity, supplies, demands)
    return _round_robin(groups, flow)


def _fairest_flow(
    costs: Costs, draws: Table, capacity: Table, supplies: Table, demands: Table
) -> Table:
    """Least cost; among equals the least sum of draws; among those the first drawn cells most."""
    flow = propose(costs, capacity, supplies, demands)
    free = slack(costs, capacity, flow, improve(costs, capacity, flow))
    fixed = np.where(free, 0, flow)
    flow = flow - fixed
    capacity = np.where(free, capacity, 0)
    flow = propose(draws, capacity, flow.sum(axis=1), flow.sum(axis=0))
    free = slack(draws, capacity, flow, improve(draws, capacity, flow))
    fixed += np.where(free, 0, flow)
    flow = np.where(free, flow, 0)
    order = sorted(zip(*np.nonzero(free), strict=True), key=lambda cell: int(draws[cell]))
    settle(np.where(free, capacity, 0), flow, [(int(g), int(j)) for g, j in order])
    return fixed + flow


def _table(rows: tuple[tuple[int, ...], ...]) -> Costs:
    """Use machine integers where sums of a few cannot overflow, else Python's own."""
    if all(cell < INT64_SAFE for row in rows for cell in row):
        return np.array(rows, dtype=np.int64)
    return np.array(rows, dtype=object)


def _draw_table(groups: Groups, seed: bytes) -> Table:
    """Number the cells (group, column) by their draw."""
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
