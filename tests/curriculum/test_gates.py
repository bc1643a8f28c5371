from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.gates import Attempt, Pass, current_pass, lapsed_at, next_try_at, unlapsed
from tests.curriculum.examples import module

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TIDES = module(valid_days=30)
PASSED = Fraction(5, 6)
FAILED = Fraction(4, 6)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def attempt(
    id, score, at=NOON, *, module_id="tides", version=3, pass_mark=Fraction(4, 5), carries=None
):
    return Attempt(
        id=id, module_id=module_id, module_version=version,
        finished_at=at, score=score, pass_mark=pass_mark, carries=carries,
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


def test_what_was_withdrawn_is_no_pass_and_no_failure():
    gone = [replace(attempt(id, PASSED), is_withdrawn=True) for id in "ab"]

    assert current_pass(gone, TIDES, NOON) is None
    assert next_try_at(gone, TIDES) is None
    assert current_pass([*gone, attempt("c", PASSED)], TIDES, NOON).best.id == "c"


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


def test_a_delta_carries_a_pass_over_for_as_long_as_that_one_lasts():
    whole = attempt("a", Fraction(1), version=2)
    delta = attempt("b", PASSED, NOON + 10 * DAY, carries="a")
    ends = NOON + 30 * DAY

    assert current_pass([whole], TIDES, NOON + 10 * DAY) is None
    carried = Pass(module_id="tides", best=whole, expires_at=ends)
    assert current_pass([whole, delta], TIDES, NOON + 10 * DAY) == carried
    assert current_pass([whole, delta], TIDES, ends) is None
    assert lapsed_at([whole, delta], TIDES, ends) == ends


def test_a_delta_of_a_delta_rests_on_the_whole_quiz():
    chain = [
        attempt("a", PASSED, version=1),
        attempt("b", PASSED, NOON + DAY, version=2, carries="a"),
        attempt("c", PASSED, NOON + 2 * DAY, version=3, carries="b"),
    ]

    standing = current_pass(chain, TIDES, NOON + 2 * DAY)

    assert standing == Pass(module_id="tides", best=chain[0], expires_at=NOON + 30 * DAY)
    assert current_pass(chain[1:], TIDES, NOON + 2 * DAY) is None
    assert unlapsed(chain, TIDES, NOON + 2 * DAY) == tuple(chain)
    assert unlapsed(chain, TIDES, NOON + 30 * DAY) == ()


@pytest.mark.parametrize(
    "tries",
    [
        [attempt("a", PASSED, version=2), attempt("b", FAILED, carries="a")],
        [attempt("a", FAILED, version=2), attempt("b", PASSED, carries="a")],
        [attempt("a", PASSED, version=2, module_id="winds"), attempt("b", PASSED, carries="a")],
        [attempt("a", PASSED, version=1), attempt("b", PASSED, version=2, carries="a")],
        [attempt("a", PASSED, carries="b"), attempt("b", PASSED, carries="a")],
    ],
    ids=["failed delta", "carries a failure", "another module", "an older version", "a circle"],
)
def test_what_carries_nothing_over_is_no_pass(tries):
    assert current_pass(tries, TIDES, NOON) is None


def test_a_pass_has_lapsed_only_where_none_counts():
    tries = [attempt("a", PASSED), attempt("b", PASSED, NOON + 10 * DAY)]

    assert lapsed_at(tries, TIDES, NOON + 40 * DAY - HOUR) is None
    assert lapsed_at(tries, TIDES, NOON + 40 * DAY) == NOON + 40 * DAY
    assert lapsed_at([attempt("a", FAILED)], TIDES, NOON + 40 * DAY) is None
    assert unlapsed(tries, TIDES, NOON + 40 * DAY - HOUR) == (tries[1],)


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
