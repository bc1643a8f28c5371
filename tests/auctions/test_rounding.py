from itertools import pairwise, product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from auctions.moves import improve
from auctions.sharing import matrix
from auctions.ties import drawn
from tests.auctions.books import SEED


@st.composite
def margins(draw, most_rows=5, most_columns=4, most=12):
    rows = draw(st.lists(st.integers(0, most), min_size=1, max_size=most_rows))
    total = sum(rows)
    cuts = draw(st.lists(st.integers(0, total), max_size=most_columns - 1))
    edges = [0, *sorted(cuts), total]
    columns = [high - low for low, high in pairwise(edges)]
    return (
        {f"member {i}": kg for i, kg in enumerate(rows)},
        {f"award {i}": kg for i, kg in enumerate(columns)},
    )


def fractions_raised(rows, columns, table):
    """Add up the remainders of the cells that were rounded up."""
    whole = sum(columns.values())
    return sum(
        rows[id] * columns[award] % whole
        for id, row in table.items()
        for award, kg in row.items()
        if kg * whole > rows[id] * columns[award]
    )


def every_rounding(rows, columns):
    """List every table with the right margins whose cells are rounded down or up."""
    whole = sum(columns.values()) or 1
    cells = [(id, award) for id in rows for award in columns if rows[id] * columns[award] % whole]
    for pick in product((0, 1), repeat=len(cells)):
        table = {
            id: {award: rows[id] * columns[award] // whole for award in columns} for id in rows
        }
        for (id, award), unit in zip(cells, pick, strict=True):
            table[id][award] += unit
        if all(sum(table[id].values()) == kg for id, kg in rows.items()) and all(
            sum(row[award] for row in table.values()) == kg for award, kg in columns.items()
        ):
            yield table


def raised_by_draw(rows, columns, table):
    """Mark the cells rounded up, in the order of their draw."""
    whole = sum(columns.values()) or 1
    cells = {f"{rows[id]}/{award}": (id, award) for id in rows for award in columns}
    return [
        table[id][award] * whole > rows[id] * columns[award]
        for id, award in (cells[name] for name in drawn(SEED, "matrix cell", cells))
    ]


def test_three_members_share_two_awards():
    rows = {"a": 3, "b": 3, "c": 1}

    table = matrix(rows, {"x": 4, "y": 3}, SEED)

    assert table == {"a": {"x": 2, "y": 1}, "b": {"x": 2, "y": 1}, "c": {"x": 0, "y": 1}}


@given(margins())
@settings(deadline=None)
def test_margins_are_exact_and_every_cell_is_rounded_down_or_up(case):
    rows, columns = case
    whole = sum(columns.values()) or 1

    table = matrix(rows, columns, SEED)

    assert {id: sum(row.values()) for id, row in table.items()} == rows
    assert {award: sum(row[award] for row in table.values()) for award in columns} == columns
    for id, row in table.items():
        for award, kg in row.items():
            exact = rows[id] * columns[award]
            assert exact // whole <= kg <= -(-exact // whole)


@given(margins(most_rows=3, most_columns=3))
@settings(max_examples=60, deadline=None)
def test_the_fractions_rounded_up_are_as_large_as_can_be(case):
    rows, columns = case

    table = matrix(rows, columns, SEED)

    assert fractions_raised(rows, columns, table) == max(
        fractions_raised(rows, columns, other) for other in every_rounding(rows, columns)
    )


@given(margins(most_rows=4, most_columns=3, most=6))
@settings(max_examples=100, deadline=None)
def test_of_equally_fair_tables_the_draw_picks_one(case):
    rows, columns = case
    assume(len(set(rows.values())) == len(rows))

    def order(table):
        raised = raised_by_draw(rows, columns, table)
        return (
            -fractions_raised(rows, columns, table),
            sum(place for place, up in enumerate(raised) if up),
            [not up for up in raised],
        )

    assert matrix(rows, columns, SEED) == min(every_rounding(rows, columns), key=order)


@given(margins(), st.data())
@settings(deadline=None)
def test_the_order_of_rows_and_columns_does_not_matter(case, data):
    rows, columns = case
    other_rows = {id: rows[id] for id in data.draw(st.permutations(sorted(rows)))}
    other_columns = {id: columns[id] for id in data.draw(st.permutations(sorted(columns)))}

    assert matrix(other_rows, other_columns, SEED) == matrix(rows, columns, SEED)


@given(margins(), st.integers(10**11, 10**14))
@settings(max_examples=40, deadline=None)
def test_margins_too_large_for_the_solver_are_still_shared_exactly(case, scale):
    rows = {id: kg * scale + number for number, (id, kg) in enumerate(case[0].items())}
    columns = {id: kg * scale for id, kg in case[1].items()}
    columns["award 0"] += sum(rows.values()) - sum(columns.values())

    table = matrix(rows, columns, SEED)

    assert {id: sum(row.values()) for id, row in table.items()} == rows
    assert {award: sum(row[award] for row in table.values()) for award in columns} == columns


def test_members_with_equal_totals_differ_by_one_kilogram_at_most():
    rows = {f"member {number}": 7 for number in range(10)}

    table = matrix(rows, {"x": 33, "y": 37}, SEED)

    assert sorted(row["x"] for row in table.values()) == [3] * 7 + [4] * 3


def test_another_seed_favours_other_members():
    rows = {f"member {number}": 1 for number in range(10)}

    tables = [matrix(rows, {"x": 5, "y": 5}, bytes([seed]) * 32) for seed in range(5)]

    assert len({str(table) for table in tables}) == 5


@given(st.data())
@settings(deadline=None)
def test_a_poor_flow_is_made_the_cheapest(data):
    groups, columns = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))
    cells = st.lists(st.integers(0, 9), min_size=groups * columns, max_size=groups * columns)
    shape = (groups, columns)
    costs = np.array(data.draw(cells), dtype=np.int64).reshape(shape)
    flow = np.array(data.draw(cells), dtype=np.int64).reshape(shape)
    capacity = flow + np.array(data.draw(cells), dtype=np.int64).reshape(shape)
    before = flow.copy()

    prices = improve(costs, capacity, flow)

    assert (flow.sum(axis=0) == before.sum(axis=0)).all()
    assert (flow.sum(axis=1) == before.sum(axis=1)).all()
    assert ((flow >= 0) & (flow <= capacity)).all()
    assert (costs * flow).sum() <= (costs * before).sum()
    reduced = costs - prices
    for group in range(groups):
        used = reduced[group][flow[group] > 0]
        room = reduced[group][flow[group] < capacity[group]]
        assert max(used, default=0) <= min(room, default=max(used, default=0)) or not used.size
