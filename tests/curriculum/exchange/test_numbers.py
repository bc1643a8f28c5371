"""Numbers and weights of question files, exact where they can be."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.exchange.numbers import (
    GRADES,
    decimal,
    is_exact,
    percent,
    read_number,
    read_percent,
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1822", 1822), ("-0.5", Fraction(-1, 2)), (".5", Fraction(1, 2)), ("5.", 5),
        ("+1e3", 1000), ("1.5E-2", Fraction(3, 200)), ("", None), ("1,000", None),
        ("1" * 19, None), ("1e100", None), ("0x1", None), ("1_0", None), ("１", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written(written, value):
    assert read_number(written) == value


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6))
def test_a_decimal_is_within_half_its_last_place(value):
    back = read_number(decimal(value))

    assert back is not None
    assert abs(back - value) <= Fraction(1, 2 * 10**12)
    assert (back == value) is is_exact(value)


def test_halves_are_rounded_away_from_nothing_and_nothing_has_no_sign():
    shown = [decimal(Fraction(value), 2) for value in ("0.125", "-0.125", "-0.001", "1")]
    assert shown == ["0.13", "-0.13", "0", "1"]


@pytest.mark.parametrize("grade", [*GRADES, *(-grade for grade in GRADES)])
def test_each_weight_of_moodle_comes_back_exactly(grade):
    assert read_percent(percent(grade)) == grade


def test_a_weight_beyond_the_whole_mark_is_none():
    assert (read_percent("100.1"), read_percent("-101"), read_percent("x")) == (None, None, None)
    assert read_percent("37.5") == Fraction(3, 8)
