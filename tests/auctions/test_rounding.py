from unittest import mock

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from auctions import estimates
from auctions.groups import grouped
from auctions.mix_checks import check_matrix
from auctions.moves import improve
from auctions.rounding import fairest as fairest_flow
from auctions.sharing import matrix, mixed
from tests.auctions.books import SEED
from tests.auctions.tables import fairest, first_drawn, margins


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
@settings(max_examples=300, deadline=None)
def test_the_fractions_rounded_up_are_as_large_as_can_be(case):
    assert matrix(*case, SEED) in fairest(*case)


@given(margins(most_rows=4, most_columns=3, most=6))
@settings(max_examples=300, deadline=None)
def test_of_equally_fair_tables_the_draw_picks_one(case):
    rows, columns = case
    assume(all(len(set(margin.values())) == len(margin) for margin in case))

    assert matrix(rows, columns, SEED) == first_drawn(rows, columns)


@st.composite
def long_margins(draw):
    """Hundreds of rows, made by chance from a seed; columns large, small, and sometimes equal."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = chance.integers(0, draw(st.sampled_from([9, 300, 10**6])), draw(st.integers(1, 400)))
    columns = draw(st.integers(1, 9))
    cuts = np.sort(chance.integers(0, rows.sum() + 1, columns - 1))
    if draw(st.booleans()):
        cuts = rows.sum() // columns * np.arange(1, columns)
    return rows, np.diff(cuts, prepend=0, append=rows.sum())


@given(long_margins(), st.integers(1, 9))
@settings(max_examples=300, deadline=None)
def test_settling_most_cells_by_prices_finds_the_same_table_as_solving_for_all(case, sample):
    groups, _, _ = grouped(*case)

    with mock.patch.object(estimates, "SAMPLE", sample):
        quickly, prices = fairest_flow(groups, SEED, few=0)

    at_once, _ = fairest_flow(groups, SEED)
    assert (quickly == at_once).all()
    worth = groups.remainders - prices[:, None]
    room = groups.cells(groups.remainders > 0)
    down = np.where(quickly < room, worth, -groups.whole * 99)
    up = np.where(quickly > 0, worth, groups.whole * 99)
    assert (up.min(axis=0) >= down.max(axis=0)).all()


@given(long_margins())
@settings(max_examples=100, deadline=None)
def test_long_tables_pass_every_check(case):
    rows, columns = (
        {f"{name} {number}": int(kg) for number, kg in enumerate(margin)}
        for name, margin in zip(("member", "award"), case, strict=True)
    )

    mix = mixed(rows, columns, SEED)

    check_matrix(rows, columns, mix.by_id(), mix.prices, seed=SEED)


@given(margins(), st.data())
@settings(deadline=None)
def test_the_order_of_rows_and_columns_does_not_matter(case, data):
    rows, columns = case
    other_rows = {id: rows[id] for id in data.draw(st.permutations(sorted(rows)))}
    other_columns = {id: columns[id] for id in data.draw(st.permutations(sorted(columns)))}

    assert matrix(other_rows, other_columns, SEED) == matrix(rows, columns, SEED)


@given(margins(), st.integers(10**11, 10**14) | st.integers(10**17, 10**30))
@settings(max_examples=200, deadline=None)
def test_margins_too_large_for_the_solver_are_still_shared_exactly(case, scale):
    rows = {id: kg * scale + number for number, (id, kg) in enumerate(case[0].items())}
    columns = {id: kg * scale for id, kg in case[1].items()}
    columns["award 0"] += sum(rows.values()) - sum(columns.values())

    mix = mixed(rows, columns, SEED)

    check_matrix(rows, columns, mix.by_id(), mix.prices, seed=SEED)


def test_members_with_equal_totals_differ_by_one_kilogram_at_most():
    rows = {f"member {number}": 7 for number in range(10)}

    table = matrix(rows, {"x": 33, "y": 37}, SEED)

    assert sorted(row["x"] for row in table.values()) == [3] * 7 + [4] * 3


def test_awards_with_equal_totals_are_dealt_in_turn():
    rows = {f"member {number}": 1 + number % 3 for number in range(30)}

    table = matrix(rows, {f"award {number}": 12 for number in range(5)}, SEED)

    for kg in (1, 2, 3):
        group = [row for id, row in table.items() if rows[id] == kg]
        dealt = [sum(row[award] for row in group) for award in group[0]]
        assert max(dealt) - min(dealt) <= 1


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
