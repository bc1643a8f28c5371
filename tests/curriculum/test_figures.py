from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.figures import (
    FINE,
    Ratio,
    Reason,
    Untold,
    cumulants,
    fine_root,
    median,
    root,
    spread,
    told,
)

whole = st.lists(st.integers(-50, 50), min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(-2, 3), "-0.666666666667"),
        (Fraction(1, 2 * 10**12), "0.000000000001"),
        (Fraction(7), "7"),
    ],
)
def test_a_figure_is_the_nearest_of_12_places(value, figure):
    assert told(value) == Decimal(figure)


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**20), st.integers(1, 10**9))
def test_a_ratio_is_told_the_same_in_any_terms(numerator, denominator, times):
    lowest = told(Fraction(numerator, denominator))

    assert told(Ratio(times * numerator, times * denominator)) == lowest


@pytest.mark.parametrize("reason", Reason)
def test_what_is_not_told_says_why(reason):
    untold = Untold(reason=reason, n=3)

    assert told(untold) is untold
    assert str(untold)


@given(st.fractions(min_value=0))
def test_a_root_squared_comes_within_30_places(value):
    found = root(value)

    assert found**2 <= value
    assert value - found**2 <= value * Fraction(1, 10**29)


@given(st.integers(0, 10**30))
def test_a_fine_root_is_the_largest_whose_square_is_no_more(value):
    found = fine_root(value)

    assert found**2 <= value * FINE**2 < (found + 1) ** 2


@pytest.mark.parametrize(
    ("values", "middle"), [([3], 3), ([3, 1], 2), ([9, 1, 2], 2), ([4, 1, 2, 9], 3)]
)
def test_the_median_is_the_middle_or_between_the_middle_two(values, middle):
    assert median(values) == middle


@given(whole, st.integers(-9, 9), st.integers(-9, 9))
def test_the_spread_knows_no_shift_and_grows_with_the_square(values, shift, scale):
    other = [scale * value + shift for value in values]

    assert spread(other) == scale**2 * spread(values)


@given(whole)
def test_the_second_cumulant_is_the_variance_and_the_third_turns_with_the_sign(values):
    k2, k3, k4 = cumulants(values)

    assert k2 == Fraction(spread(values), len(values) * (len(values) - 1))
    assert cumulants([-value for value in values]) == (k2, -k3, k4)
