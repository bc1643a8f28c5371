"""Where OR-Tools proposes a cheap flow between groups and columns; `moves` proves or mends it."""

import numpy as np
from ortools.graph.python import min_cost_flow

from auctions.moves import Costs, Table

RANGE_BITS = 61


def propose(costs: Costs, capacity: Table, supplies: Table, demands: Table) -> Table | None:
    """Return a feasible flow, the cheapest one unless costs had to be shortened; None without one.

    OR-Tools multiplies costs by the number of nodes within 64 bits: up to
    largest cost x nodes < 2**61 the costs are exact; longer ones lose their last
    bits here, and `moves.improve` makes good what that spoils.
    """
    groups, columns = capacity.shape
    rows, places = np.nonzero(capacity)
    exact = costs[rows, places]
    largest = max(int(exact.max(initial=0)), -int(exact.min(initial=0)))
    shift = max(0, (largest * (groups + columns + 2)).bit_length() - RANGE_BITS)
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        rows.astype(np.int32),
        (places + groups).astype(np.int32),
        capacity[rows, places],
        (exact >> shift).astype(np.int64),
    )
    solver.set_nodes_supplies(
        np.arange(groups + columns, dtype=np.int32), np.concatenate([supplies, -demands])
    )
    if solver.solve() != solver.OPTIMAL:
        return None
    flow = np.zeros_like(capacity)
    flow[rows, places] = solver.flows(arcs)
    return flow
