from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.gates import Attempt
from curriculum.modules import Outcome
from curriculum.progress import (
    FirstAnswer,
    OutcomeProgress,
    Progress,
    module_progress,
    outcome_progress,
)
from tests.curriculum.examples import module, text

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
TIDES = module(valid_days=90, outcomes=(Outcome(id="turn", text=text()),))


def answers(marks, start=0, outcomes=("turn",)):
    """First answers a minute apart; R is right, W wrong, H half right."""
    earned = {"R": Fraction(1), "H": Fraction(1, 2), "W": Fraction(0)}
    return [
        FirstAnswer(
            try_id=f"try{n:02}",
            question_id="q",
            outcomes=outcomes,
            answered_at=NOON + n * MINUTE,
            mark=earned[mark],
        )
        for n, mark in enumerate(marks, start)
    ]


@pytest.mark.parametrize(
    ("marks", "state", "right", "answered"),
    [
        ("", Progress.NOT_STARTED, 0, 0),
        ("R", Progress.STARTED, 1, 1),
        ("RR", Progress.MASTERED, 2, 2),
        ("RWR", Progress.MASTERED, 2, 3),
        ("RRWW", Progress.STARTED, 1, 3),
        ("HHH", Progress.STARTED, 0, 3),
        ("WWW", Progress.STARTED, 0, 3),
        ("WWWW", Progress.HELP_NEEDED, 0, 3),
        ("WWRWW", Progress.HELP_NEEDED, 1, 3),
        ("WWWWRR", Progress.MASTERED, 2, 3),
        ("WWWWRRWW", Progress.STARTED, 1, 3),
    ],
)
def test_an_outcome_is_mastered_by_two_right_of_the_last_three(marks, state, right, answered):
    assert outcome_progress("turn", answers(marks)) == OutcomeProgress(
        outcome_id="turn", state=state, right=right, answered=answered
    )


def test_answers_to_other_outcomes_tell_nothing_and_one_question_may_serve_two():
    both = answers("RR", outcomes=("turn", "ebb"))

    assert outcome_progress("turn", answers("RR", outcomes=("ebb",))).answered == 0
    assert outcome_progress("turn", both) == OutcomeProgress(
        outcome_id="turn", state=Progress.MASTERED, right=2, answered=2
    )


def finished(score, at, version=3):
    return Attempt(
        id=f"{at}", module_id="tides", module_version=version,
        finished_at=at, score=Fraction(score), pass_mark=Fraction(4, 5),
    )  # fmt: skip


def told(attempts, marks, *, now=NOON + DAY, has_begun=True):
    return module_progress(TIDES, attempts, answers(marks), has_begun=has_begun, now=now)


@pytest.mark.parametrize(
    ("marks", "has_begun", "state"),
    [
        ("", False, Progress.NOT_STARTED),
        ("", True, Progress.STARTED),
        ("WWW", True, Progress.STARTED),
        ("WWWW", True, Progress.HELP_NEEDED),
        ("WRWRWRW", True, Progress.HELP_NEEDED),
    ],
)
def test_the_fourth_wrong_answer_asks_for_help(marks, has_begun, state):
    assert told([], marks, has_begun=has_begun).state is state


def test_a_pass_completes_a_module_until_it_lapses():
    attempt = finished(1, NOON)
    ends = NOON + 90 * DAY

    before, after = (told([attempt], "", now=at) for at in (ends - MINUTE, ends))

    assert (before.state, before.lapsed_at) == (Progress.COMPLETED, None)
    assert (before.standing.expires_at, after.standing) == (ends, None)
    assert (after.state, after.lapsed_at) == (Progress.STARTED, ends)


def test_a_pass_lapses_soon_from_sixty_days_before():
    progress = told([finished(1, NOON)], "")

    assert not progress.lapses_soon(NOON + 30 * DAY - MINUTE)
    assert progress.lapses_soon(NOON + 30 * DAY)
    assert not told([], "").lapses_soon(NOON)


def test_failures_are_counted_from_the_last_pass_whatever_its_version():
    attempt = finished(1, NOON + 2 * MINUTE, version=2)

    progress = told([attempt], "WWWWWWW")

    assert (progress.failures, progress.state) == (4, Progress.HELP_NEEDED)


def test_while_a_pass_counts_nobody_asks_for_help():
    assert told([finished(1, NOON)], "WWWWWW").state is Progress.COMPLETED


def test_other_modules_say_nothing():
    other = Attempt(
        id="a", module_id="winds", module_version=3,
        finished_at=NOON, score=Fraction(1), pass_mark=Fraction(4, 5),
    )  # fmt: skip

    assert told([other], "", has_begun=False).state is Progress.NOT_STARTED


marks = st.text("RWH", max_size=12)


@given(marks, st.randoms(use_true_random=False))
def test_the_order_in_which_answers_are_told_changes_nothing(given_marks, random):
    first = answers(given_marks)

    assert outcome_progress("turn", random.sample(first, len(first))) == outcome_progress(
        "turn", first
    )


@given(marks)
def test_mastery_is_two_right_of_the_last_three(given_marks):
    is_mastered = outcome_progress("turn", answers(given_marks)).state is Progress.MASTERED

    assert is_mastered == (given_marks[-3:].count("R") >= 2)


@given(marks)
def test_a_right_answer_never_takes_mastery_away_and_a_wrong_one_never_gives_it(given_marks):
    before, right, wrong = (
        outcome_progress("turn", answers(told_marks)).state
        for told_marks in (given_marks, given_marks + "R", given_marks + "W")
    )

    assert before is not Progress.MASTERED or right is Progress.MASTERED
    assert wrong is not Progress.MASTERED or before is Progress.MASTERED


@given(marks, marks)
def test_more_wrong_answers_never_clear_a_flag(given_marks, more):
    after = told([], given_marks + "W" * len(more))

    assert told([], given_marks).state is not Progress.HELP_NEEDED or (
        after.state is Progress.HELP_NEEDED
    )
