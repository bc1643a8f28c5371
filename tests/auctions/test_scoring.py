"""The quality coefficient and comparisons by it, exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.offers import MOST_PER_T, BadBook
from auctions.scoring import (
    MOST_ANSWERS,
    MOST_CRITERIA,
    PRICE_ONLY,
    Answer,
    Criterion,
    best,
    check_criteria,
    coefficient,
    compare,
    effective_price,
    highest,
    price_to_tie,
)

PRICES = st.integers(1, MOST_PER_T)
COEFFICIENTS = st.fractions(1, 50, max_denominator=10_000)


def a_criterion(id, *values):
    answers = tuple(
        Answer(id=str(n), name_ja=f"答{n}", name_en=f"Answer {n}", value=Fraction(value))
        for n, value in enumerate(values)
    )
    return Criterion(id=id, name_ja="問", name_en="Question", answers=answers)


PROZORRO = (a_criterion("a", 0, "0.1", "0.15"), a_criterion("b", 0, "0.1", "0.15"))


def test_the_published_example_of_prozorro_is_met_exactly():
    """Maxima 0.15 + 0.15, values 0.1 + 0.1: K = 1 + 0.2 / 0.7 = 9/7."""
    check_criteria(PROZORRO)

    assert coefficient(PROZORRO, {"a": "1", "b": "1"}) == Fraction(9, 7)
    assert effective_price(900, Fraction(9, 7)) == 700


def test_who_earns_nothing_or_is_asked_nothing_has_its_own_price():
    assert coefficient(PROZORRO, {"a": "0", "b": "0"}) == PRICE_ONLY
    assert coefficient((), {}) == PRICE_ONLY
    assert effective_price(4_321, PRICE_ONLY) == 4_321


def test_the_highest_values_are_those_of_the_best_answers():
    assert highest(PROZORRO) == Fraction(3, 10)
    assert best(PROZORRO) == coefficient(PROZORRO, {"a": "2", "b": "2"}) == Fraction(10, 7)
    assert best(()) == PRICE_ONLY


@pytest.mark.parametrize(
    ("criteria", "code", "place"),
    [
        ([a_criterion("a", 0, "1/2"), a_criterion("b", 0, "1/2")], "values_reach_one", "a"),
        ([a_criterion("a", 0, 2)], "values_reach_one", "a"),
        ([a_criterion("a", 0, "-1/10")], "negative_value", "a"),
        ([a_criterion("a", 0, 0), a_criterion("a", 0, 0)], "duplicate_id", "a"),
        ([a_criterion("a", 0)], "answers_out_of_range", "a"),
        ([a_criterion("日本", 0, 0)], "bad_id", "日本"),
        ([a_criterion("", 0, 0)], "bad_id", ""),
        ([a_criterion("a", 0, "1/999999"), a_criterion("b", 0, "1/2")], "values_too_fine", "a"),
        ([a_criterion("a", *[0] * (MOST_ANSWERS + 1))], "answers_out_of_range", "a"),
        (
            [a_criterion(str(n), 0, 0) for n in range(MOST_CRITERIA + 1)],
            "too_many_criteria",
            str(MOST_CRITERIA),
        ),
    ],
)
def test_criteria_that_cannot_be_scored_are_refused(criteria, code, place):
    with pytest.raises(BadBook) as refusal:
        check_criteria(criteria)

    assert (refusal.value.code, refusal.value.where) == (code, place)


def test_two_answers_of_one_criterion_are_not_called_the_same():
    twice = Answer(id="x", name_ja="", name_en="", value=Fraction(0))
    with pytest.raises(BadBook) as refusal:
        check_criteria([Criterion(id="a", name_ja="", name_en="", answers=(twice, twice))])

    assert (refusal.value.code, refusal.value.where) == ("duplicate_id", "a")


@pytest.mark.parametrize(
    ("answers", "code", "place"),
    [
        ({"a": "1"}, "not_answered", "b"),
        ({"a": "1", "b": "9"}, "not_answered", "b"),
        ({"a": "1", "b": "1", "c": "1"}, "unknown_criterion", "c"),
    ],
)
def test_every_criterion_is_answered_and_nothing_else(answers, code, place):
    with pytest.raises(BadBook) as refusal:
        coefficient(PROZORRO, answers)

    assert (refusal.value.code, refusal.value.where) == (code, place)


@given(PRICES, COEFFICIENTS, PRICES, COEFFICIENTS)
def test_comparing_across_is_comparing_effective_prices(one_per_t, one, other_per_t, other):
    left, right = effective_price(one_per_t, one), effective_price(other_per_t, other)

    assert compare(one_per_t, one, other_per_t, other) == (left > right) - (left < right)


@given(PRICES, COEFFICIENTS, COEFFICIENTS)
def test_the_price_to_tie_is_the_highest_that_does_not_lose(leader_per_t, leader, own):
    tie = price_to_tie(own, leader_per_t, leader)

    assert compare(tie, own, leader_per_t, leader) <= 0
    assert compare(tie + 1, own, leader_per_t, leader) == 1


@given(PRICES, COEFFICIENTS)
def test_with_the_leaders_own_quality_it_is_the_leaders_price(leader_per_t, own):
    assert price_to_tie(own, leader_per_t, own) == leader_per_t
