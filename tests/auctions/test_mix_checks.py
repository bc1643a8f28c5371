import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.mix_checks import check_matrix
from auctions.refuted import Refuted
from auctions.sharing import mixed
from tests.auctions.books import SEED
from tests.auctions.tables import every_rounding, fairest, margins

ROWS, COLUMNS = {"a": 3, "b": 3, "c": 1}, {"x": 4, "y": 3}


def passes(rows, columns, cells, prices, seed=None):
    try:
        check_matrix(rows, columns, cells, prices, seed=seed)
    except Refuted:
        return False
    return True


@given(margins(most_rows=4, most_columns=3, most=7))
@settings(max_examples=300, deadline=None)
def test_the_prices_prove_every_fairest_table_and_no_other(case):
    prices = mixed(*case, SEED).prices

    proved = [table for table in every_rounding(*case) if passes(*case, table, prices)]

    assert proved == fairest(*case)


@given(margins(most_rows=4, most_columns=3, most=7))
@settings(max_examples=300, deadline=None)
def test_with_the_seed_one_table_passes(case):
    mix = mixed(*case, SEED)

    proved = [t for t in every_rounding(*case) if passes(*case, t, mix.prices, SEED)]

    assert proved == [mix.by_id()]


@given(margins(most_rows=3, most_columns=3, most=7), st.data())
@settings(max_examples=300, deadline=None)
def test_no_prices_prove_a_table_that_is_not_the_fairest(case, data):
    price = st.integers(-60, 60) | st.integers(-(2**70), 2**70)
    prices = {id: data.draw(price) for id in case[1]}

    proved = [table for table in every_rounding(*case) if passes(*case, table, prices)]

    assert all(table in fairest(*case) for table in proved)


@given(margins(), st.data())
@settings(max_examples=1_000, deadline=None)
def test_a_changed_cell_is_refused(case, data):
    mix = mixed(*case, SEED)
    cells = mix.by_id()
    row, column = data.draw(st.sampled_from(mix.rows)), data.draw(st.sampled_from(mix.columns))
    kg = cells[row][column]
    cells[row][column] = data.draw(
        st.integers(-1, 20).filter(lambda other: other != kg)
        | st.sampled_from([float(kg), str(kg), None, kg > 0, -kg - 1, 2**63, 2**64 + kg])
    )

    assert not passes(*case, cells, mix.prices)


@given(margins(), st.data())
@settings(max_examples=1_000, deadline=None)
def test_units_moved_round_a_rectangle_are_noticed(case, data):
    rows, columns = case
    mix = mixed(rows, columns, SEED)
    cells, before = mix.by_id(), mix.by_id()
    pairs = [data.draw(st.tuples(*[st.sampled_from(ids)] * 2)) for ids in (mix.rows, mix.columns)]
    (one, other), (left, right) = pairs
    for row, column, units in (
        (one, left, 1),
        (one, right, -1),
        (other, left, -1),
        (other, right, 1),
    ):
        cells[row][column] += units

    assert passes(rows, columns, cells, mix.prices, SEED) == (cells == before)


def changed(change):
    """A matrix with its prices, all right but for one thing."""
    mix = mixed(ROWS, COLUMNS, SEED)
    told = {"cells": mix.by_id(), "prices": mix.prices}
    change(told)
    return told


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda told: told["cells"].pop("a"), "rows"),
        (lambda told: told["cells"].update(d={"x": 0, "y": 0}), "rows"),
        (lambda told: told["cells"]["a"].pop("x"), "columns"),
        (lambda told: told["cells"]["a"].update(z=0), "columns"),
        (lambda told: told["prices"].pop("x"), "columns"),
        (lambda told: told["prices"].update(x=0.0), "price"),
        (lambda told: told["prices"].update(x=2**300), "price"),
        (lambda told: told["cells"]["a"].update(x=True), "not_whole"),
    ],
)
def test_what_is_no_matrix_is_refused(change, what):
    with pytest.raises(Refuted) as refusal:
        check_matrix(ROWS, COLUMNS, **changed(change), seed=SEED)

    assert refusal.value.what == what


def test_margins_that_cannot_be_are_refused():
    with pytest.raises(Refuted):
        check_matrix({"a": 2}, {"x": 1}, {"a": {"x": 1}}, {"x": 0})
    with pytest.raises(Refuted):
        check_matrix({"a": -1}, {"x": -1}, {"a": {"x": -1}}, {"x": 0})


def test_another_seed_refuses_the_draw():
    mix = mixed({str(n): 1 for n in range(10)}, {"x": 5, "y": 5}, SEED)
    told = ({str(n): 1 for n in range(10)}, {"x": 5, "y": 5}, mix.by_id(), mix.prices)

    assert [passes(*told, bytes([seed]) * 32) for seed in range(5)] == [False] * 5
    assert passes(*told)
    assert passes(*told, SEED)


def test_a_matrix_passes_as_it_comes_back_from_json():
    mix = mixed(ROWS, COLUMNS, SEED)

    check_matrix(ROWS, COLUMNS, *json.loads(json.dumps([mix.by_id(), mix.prices])), seed=SEED)
