from decimal import Decimal
from fractions import Fraction

import pytest

from curriculum.attention import changes, worth_the_time
from curriculum.confidence import Judgement
from curriculum.figures import Reason, Untold
from curriculum.sheets import Given
from curriculum.statistics import statistics

RIGHT, WRONG = Fraction(1), Fraction(0)


def figures(right_of, n=20):
    """Questions that so many of the n people got right, the best of them first."""
    tries = [{id: Fraction(i < right) for id, right in right_of.items()} for i in range(n)]
    return statistics(tries, points_by_question=dict.fromkeys(right_of, 1)).questions


def certain(n, mark=WRONG):
    return ((Given(answer=("a",), judgement=Judgement(confidence=3, mark=mark)), n),)


def chosen(right_of, counted=None, n=20):
    none = dict.fromkeys(right_of, ())
    return [e.figures.question_id for e in worth_the_time(figures(right_of, n), counted or none)]


def test_the_three_with_the_lowest_facility_come_first_the_lowest_of_all_first():
    assert chosen({"a": 9, "b": 3, "c": 19, "d": 5}) == ["b", "d", "a"]


def test_of_equals_the_one_with_more_who_were_certain_and_wrong_comes_first_then_the_lower_id():
    counted = {"b": (), "a": (), "c": certain(2)}

    assert chosen({"b": 9, "a": 9, "c": 9}, counted) == ["c", "a", "b"]


def test_who_was_certain_and_right_does_not_count():
    counted = {"b": certain(9, RIGHT), "a": ()}

    assert chosen({"b": 9, "a": 9}, counted) == ["a", "b"]


def test_a_question_without_a_mark_lost_asks_for_no_time():
    assert chosen({"a": 20, "b": 19}) == ["b"]


def test_of_fewer_than_15_answers_nothing_is_chosen():
    assert chosen({"a": 1, "b": 2}, n=14) == []


def test_a_question_that_the_better_ones_fail_is_suspect():
    right_of = {"a": 10, "b": 10, "c": 10}
    tries = [{id: Fraction(i < 10) for id in right_of} for i in range(20)]
    for i, each in enumerate(tries):
        each["c"] = Fraction(i >= 10)
    told = statistics(tries, points_by_question=dict.fromkeys(right_of, 1)).questions

    found = worth_the_time(told, dict.fromkeys(right_of, ()))

    assert {e.figures.question_id: e.works_against for e in found} == {
        "a": False,
        "b": False,
        "c": True,
    }


def test_a_change_is_told_in_percent_where_both_sides_have_enough_answers():
    [change] = changes(figures({"a": 5}), figures({"a": 15}))

    assert (change.n_before, change.n_since) == (20, 20)
    assert (change.before, change.since) == (Decimal("0.25"), Decimal("0.75"))
    assert change.change == 50


@pytest.mark.parametrize(("before", "since"), [(14, 20), (20, 14)])
def test_a_change_is_not_told_where_one_side_has_fewer_than_15(before, since):
    [change] = changes(figures({"a": 5}, n=before), figures({"a": 5}, n=since))

    assert change.change == Untold(reason=Reason.TOO_FEW, n=14)
