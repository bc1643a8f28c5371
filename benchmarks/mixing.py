"""The fairest matrix of many members and awards is found far sooner than by a general solver, and
is just as fair.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow

from auctions.rounding import controlled_rounding
from benchmarks.findings import Finding
from benchmarks.side_by_side import Work, compare

MEMBERS, AWARDS = 100_000, 20
AT_MOST = 0.1
TURNS = 5
SEED = bytes(range(32))


def measure() -> list[Finding]:
    kinds = {"3,000 different totals": _few, "55,000": _many, "all different": _all}
    return [
        Finding(f"matrix of 100,000 x 20, {kind}", *compare(pair, TURNS), AT_MOST)
        for kind, pair in kinds.items()
    ]


def _few() -> tuple[Work, Work]:
    return _pair(_drawn(200, 1.0))


def _many() -> tuple[Work, Work]:
    return _pair(_drawn(20_000, 1.2))


def _all() -> tuple[Work, Work]:
    return _pair(np.random.default_rng(1).permutation(10**6)[:MEMBERS] + 1)


def _drawn(middle: int, spread: float):
    chance = np.random.default_rng(1)
    return chance.lognormal(np.log(middle), spread, MEMBERS).round().astype(np.int64) + 1


def _pair(rows) -> tuple[Work, Work]:
    """Both sides start from the margins; that they are equally fair is checked beforehand."""
    total = int(rows.sum())
    columns = (np.random.default_rng(2).dirichlet(np.ones(AWARDS)) * total).astype(np.int64)
    columns[0] += total - columns.sum()
    members = [f"member {number}" for number in range(MEMBERS)]
    awards = [f"award {number}" for number in range(AWARDS)]

    def ours():
        return controlled_rounding(rows, columns, members, awards, seed=SEED).cells.T

    def theirs():
        return _by_min_cost_flow(rows, columns)

    if _fairness(ours(), rows, columns) != _fairness(theirs(), rows, columns):
        raise ValueError("not equally fair")
    return ours, theirs


def _exact(rows, columns):
    """Products stay below 2^63 in what is measured here."""
    return np.divmod(np.multiply.outer(rows, columns), rows.sum())


def _fairness(cells, rows, columns) -> int:
    floors, remainders = _exact(rows, columns)
    up = cells - floors
    whole = (cells.sum(axis=1) == rows).all() and (cells.sum(axis=0) == columns).all()
    if not whole or (up < 0).any() or (up > (remainders > 0)).any():
        raise ValueError("not a rounding")
    return int((remainders * up).sum(axis=0).astype(object).sum())


def _by_min_cost_flow(rows, columns):
    """Every cell that has a fraction is an arc of its own."""
    floors, remainders = _exact(rows, columns)
    member, award = np.nonzero(remainders)
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        member.astype(np.int32),
        (award + len(rows)).astype(np.int32),
        np.ones(len(member), dtype=np.int64),
        -remainders[member, award],
    )
    solver.set_nodes_supplies(
        np.arange(len(rows) + len(columns), dtype=np.int32),
        np.concatenate([rows - floors.sum(axis=1), floors.sum(axis=0) - columns]),
    )
    if solver.solve() != solver.OPTIMAL:
        raise ValueError("no flow")
    floors[member, award] += solver.flows(arcs)
    return floors
