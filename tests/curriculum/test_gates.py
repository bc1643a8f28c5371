from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.gates import (
    Attempt,
    Pass,
    Requirement,
    current_pass,
    next_try_at,
    quorum,
)
from tests.curriculum.examples import module

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TIDES = module(valid_days=30)
PASSED = Fraction(5, 6)
FAILED = Fraction(4, 6)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def attempt(id, score, at=NOON, *, module_id="tides", version=3, pass_mark=Fraction(4, 5)):
    return Attempt(
        id=id, module_id=module_id, module_version=version,
        finished_at=at, score=score, pass_mark=pass_mark,
    )  # fmt: skip


def test_a_pass_lasts_from_its_instant_until_its_days_are_over():
    tries = [attempt("a", PASSED)]
    ends = NOON + 30 * DAY

    expected = Pass(module_id="tides", best=tries[0], expires_at=ends)
    assert current_pass(tries, TIDES, NOON - HOUR) is None
    assert current_pass(tries, TIDES, NOON) == expected
    assert current_pass(tries, TIDES, ends - timedelta(microseconds=1)) == expected
    assert current_pass(tries, TIDES, ends) is None


@pytest.mark.parametrize(
    "other",
    [
        attempt("a", FAILED),
        attempt("a", Fraction(1), version=2),
        attempt("a", Fraction(1), module_id="winds"),
    ],
)
def test_a_failure_an_old_version_or_another_module_is_no_pass(other):
    assert current_pass([other], TIDES, NOON) is None


def test_the_pass_mark_counts_as_passed_and_is_that_of_the_try():
    assert attempt("a", Fraction(4, 5)).has_passed
    assert not attempt("a", Fraction(4, 5), pass_mark=Fraction(9, 10)).has_passed


def test_the_best_try_is_kept_and_passing_again_extends():
    tries = [
        attempt("a", Fraction(1), NOON),
        attempt("b", PASSED, NOON + 10 * DAY),
        attempt("c", FAILED, NOON + 20 * DAY),
    ]

    standing = current_pass(tries, TIDES, NOON + 25 * DAY)
    later = current_pass(tries, TIDES, NOON + 35 * DAY)

    assert standing == Pass(module_id="tides", best=tries[0], expires_at=NOON + 40 * DAY)
    assert later == Pass(module_id="tides", best=tries[1], expires_at=NOON + 40 * DAY)


def test_of_equal_tries_the_later_is_best_and_then_the_lower_id():
    tries = [attempt("b", PASSED), attempt("a", PASSED), attempt("c", PASSED, NOON - HOUR)]

    assert current_pass(tries, TIDES, NOON).best.id == "a"


@pytest.mark.parametrize(
    ("scores", "wait"),
    [
        ([], None),
        ([FAILED], None),
        ([FAILED, FAILED], NOON + HOUR + DAY),
        ([FAILED, FAILED, FAILED], NOON + 2 * HOUR + DAY),
        ([FAILED, PASSED], None),
        ([FAILED, PASSED, FAILED], NOON + 2 * HOUR + DAY),
    ],
)
def test_each_failure_from_the_second_on_asks_for_a_day(scores, wait):
    tries = [attempt(f"a{n}", score, NOON + n * HOUR) for n, score in enumerate(scores)]

    assert next_try_at(tries, TIDES) == wait


def test_failures_on_an_old_version_are_forgotten():
    tries = [attempt("a", FAILED, version=2), attempt("b", FAILED)]

    assert next_try_at(tries, TIDES) is None


scores = st.sampled_from([FAILED, PASSED, Fraction(1)])
hours = st.integers(-900, 900)
histories = st.lists(st.tuples(scores, hours), max_size=6).map(
    lambda tries: [attempt(f"a{n}", s, NOON + h * HOUR) for n, (s, h) in enumerate(tries)]
)


@given(histories, st.randoms(use_true_random=False))
def test_the_order_in_which_tries_are_told_changes_nothing(tries, random):
    told = random.sample(tries, len(tries))

    assert current_pass(told, TIDES, NOON) == current_pass(tries, TIDES, NOON)
    assert next_try_at(told, TIDES) == next_try_at(tries, TIDES)


@given(histories, scores, st.integers(0, 700))
def test_another_try_never_takes_a_pass_away(tries, score, hours_ago):
    before = current_pass(tries, TIDES, NOON)
    after = current_pass([*tries, attempt("z", score, NOON - hours_ago * HOUR)], TIDES, NOON)

    assert before is None or (
        after.best.score >= before.best.score and after.expires_at >= before.expires_at
    )


ROLES = {"ann": {"finance"}, "ben": {"sustainability"}, "cho": {"finance", "sustainability"}}
BOTH = Requirement(
    module_ids=("why", "kinds"),
    people=2,
    people_by_role=(("finance", 1), ("sustainability", 1)),
)


def test_a_quorum_needs_people_with_every_module_and_each_role():
    result = quorum({"ann": {"why", "kinds"}, "ben": {"kinds", "why"}}, ROLES, BOTH)

    assert result.is_met
    assert result.qualified == ("ann", "ben")
    assert result.missing_modules_by_person == (("cho", ("why", "kinds")),)


def test_a_quorum_says_what_it_lacks():
    result = quorum({"ann": {"why", "kinds"}, "ben": {"why"}}, ROLES, BOTH)

    assert not result.is_met
    assert result.qualified == ("ann",)
    assert result.lacking_people == 1
    assert result.lacking_by_role == (("sustainability", 1),)
    assert result.missing_modules_by_person == (("ben", ("kinds",)), ("cho", ("why", "kinds")))


def test_one_person_may_fill_two_roles_but_is_one_person():
    result = quorum({"cho": {"why", "kinds"}}, ROLES, BOTH)

    assert (result.lacking_people, result.lacking_by_role) == (1, ())


def test_whoever_left_the_organisation_no_longer_counts():
    result = quorum({"gone": {"why"}}, ROLES, Requirement(module_ids=("why",)))

    assert (result.qualified, result.lacking_people, result.is_met) == ((), 1, False)


def test_an_organisation_without_people_has_no_quorum():
    assert not quorum({}, {}, Requirement(module_ids=())).is_met


people = st.dictionaries(
    st.sampled_from(["ann", "ben", "cho"]), st.sets(st.sampled_from(["why", "kinds"]))
)


@given(people, st.sampled_from(["ann", "ben", "cho"]))
def test_one_more_pass_never_breaks_a_quorum(passes, person):
    before = quorum(passes, ROLES, BOTH)
    after = quorum({**passes, person: {"why", "kinds"}}, ROLES, BOTH)

    assert after.is_met or not before.is_met
    assert after.lacking_people <= before.lacking_people
