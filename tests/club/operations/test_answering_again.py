"""Answering a question again, where the module allows it, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction

import pytest

from club.domain.errors import InputRefused, NotFound, PhaseRefused
from club.operations.learning import keep_answer
from club.operations.viewing.answers import Worth
from club.operations.viewing.own_record import my_record
from club.operations.viewing.tries import Again, my_result, my_try
from club.store import learning
from tests.builders import colleague, join
from tests.club.operations.trying import answer, right, start
from tests.every_kind import MULTI, NUMERIC, SINGLE, TRUE_FALSE, asking

THIRD = Fraction(1, 3)


@pytest.fixture
def learner(context):
    return join(context)


@pytest.fixture
def club(context):
    """One question with four choices, which may be answered three times."""
    return asking(context, SINGLE, tries=3, reduction=THIRD)


def keep(context, actor, attempt, question, request_id="keep"):
    return keep_answer(
        context, actor, request_id=request_id, try_id=attempt.id, question_id=question.id
    )


def try_all(context, actor, attempt, question, *given):
    for number, each in enumerate(given):
        attempt = answer(context, actor, attempt, question, each, request_id=f"r{number}")
    return attempt


def given_to(context, attempt, question):
    with context.database.read() as tx:
        return learning.given_by_question(tx, attempt.id)[question.id]


@pytest.mark.parametrize(
    ("given", "score"),
    [
        ([("c1",)], "1"),
        ([("c0",), ("c1",)], "2/3"),
        ([("c2",), ("c1",)], "2/3"),
        ([("c0",), ("c2",), ("c1",)], "1/3"),
        ([("c0",), ("c2",), ("c0",)], "0"),
    ],
)
def test_the_last_answer_counts_reduced_by_the_tries_before(club, learner, given, score):
    attempt = try_all(club, learner, start(club, learner), SINGLE, *given)

    assert attempt.score == score


def test_every_answer_is_kept_as_it_was_given_and_the_first_apart(club, learner):
    attempt = start(club, learner)
    answer(club, learner, attempt, SINGLE, ("c0",), request_id="r1", confidence=3)
    answer(club, learner, attempt, SINGLE, ("c1",), request_id="r2", confidence=1)

    given = given_to(club, attempt, SINGLE)
    [told] = my_record(club, learner)["tries"]
    assert (given.first.raw, given.first.confidence) == (["c0"], 3)
    assert [(a.number, a.raw, a.confidence) for a in given.later] == [(2, ["c1"], 1)]
    assert [(a["try"], a["given"]) for a in told["answers"]] == [(1, ["c0"]), (2, ["c1"])]


def test_while_it_may_be_answered_again_only_its_worth_is_told(club, learner):
    attempt = start(club, learner)
    answer(club, learner, attempt, SINGLE, ("c2",), request_id="r1")

    view = my_try(club, learner, attempt.id)

    assert (view.answered, view.question.marked) == (0, None)
    again = Again(worth=Worth.PARTLY, left=2, at_most=Fraction(2, 3), given=("c2",))
    assert view.question.again == again


def test_a_settled_question_tells_its_mark_before_and_after_the_reduction(club, learner):
    attempt = start(club, learner)
    try_all(club, learner, attempt, SINGLE, ("c0",), ("c1",))

    [question] = my_result(club, learner, attempt.id).questions

    assert question.again is None
    assert (question.marked.tries, question.marked.mark, question.marked.earned) == (
        2, 1, Fraction(2, 3),
    )  # fmt: skip


def test_an_answer_may_be_kept_though_it_might_be_given_again(club, learner, clock):
    attempt = start(club, learner)
    answer(club, learner, attempt, SINGLE, ("c2",), request_id="r1")

    finished = keep(club, learner, attempt, SINGLE)

    assert (finished.score, finished.finished_at) == ("1/2", clock.at)
    assert keep(club, learner, attempt, SINGLE) == finished


def test_the_same_answer_again_uses_no_try(club, learner):
    attempt = start(club, learner)
    answer(club, learner, attempt, SINGLE, ("c0",), request_id="r1")

    with pytest.raises(InputRefused) as refusal:
        answer(club, learner, attempt, SINGLE, ("c0",), request_id="r2")

    assert refusal.value.code == "same_answer"
    assert given_to(club, attempt, SINGLE).tries == 1


def test_of_two_equal_answers_at_once_one_is_kept(club, learner):
    attempt = start(club, learner)

    def try_to_answer(number):
        try:
            answer(club, learner, attempt, SINGLE, ("c0",), request_id=f"r{number}")
        except InputRefused as refusal:
            return refusal.code
        return "kept"

    with ThreadPoolExecutor(4) as threads:
        outcomes = sorted(threads.map(try_to_answer, range(4)))

    assert outcomes == ["kept", "same_answer", "same_answer", "same_answer"]
    assert given_to(club, attempt, SINGLE).tries == 1


@pytest.mark.parametrize("settle", ["right", "kept", "used up"])
def test_a_settled_question_is_neither_answered_nor_settled_again(context, learner, settle):
    club = asking(context, SINGLE, TRUE_FALSE, tries=2, reduction=THIRD)
    attempt = start(club, learner)
    given = {"right": [("c1",)], "kept": [("c0",)], "used up": [("c0",), ("c2",)]}[settle]
    try_all(club, learner, attempt, SINGLE, *given)
    if settle == "kept":
        keep(club, learner, attempt, SINGLE)
    kept = given_to(club, attempt, SINGLE)

    for again in (
        lambda: answer(club, learner, attempt, SINGLE, ("c1",), request_id="late"),
        lambda: keep(club, learner, attempt, SINGLE, request_id="late"),
    ):
        with pytest.raises(PhaseRefused) as refusal:
            again()
        assert refusal.value.code == "already_done"
    assert given_to(club, attempt, SINGLE) == kept


def test_true_or_false_is_settled_at_once_as_a_second_answer_would_be_no_answer(context, learner):
    club = asking(context, TRUE_FALSE, tries=3, reduction=THIRD)

    assert answer(club, learner, start(club, learner), TRUE_FALSE, ("true",)).score == "0"


def test_nothing_can_be_kept_that_was_not_answered(club, learner):
    with pytest.raises(NotFound):
        keep(club, learner, start(club, learner), SINGLE)


def test_nobody_settles_anothers_question(club, learner):
    attempt = start(club, learner)
    answer(club, learner, attempt, SINGLE, ("c0",))

    with pytest.raises(NotFound):
        keep(club, colleague(club, learner), attempt, SINGLE)

    assert not given_to(club, attempt, SINGLE).is_closed


def test_a_finished_try_takes_no_answer(context, learner):
    club = asking(context, TRUE_FALSE)
    attempt = answer(club, learner, start(club, learner), TRUE_FALSE, ("true",))

    with pytest.raises(PhaseRefused):
        answer(club, learner, attempt, TRUE_FALSE, ("false",), request_id="late")


def test_the_rules_of_a_try_are_those_it_began_with(context, learner):
    begun = asking(context, MULTI, NUMERIC, tries=2, reduction=THIRD)
    attempt = start(begun, learner)
    stricter = asking(context, MULTI, NUMERIC, pass_mark=Fraction(1))

    try_all(stricter, learner, attempt, MULTI, ("c1",), right(MULTI))
    finished = answer(stricter, learner, attempt, NUMERIC, right(NUMERIC))

    quiz = learning.quiz_of(finished)
    assert (quiz.tries, quiz.reduction, quiz.pass_mark) == (2, THIRD, Fraction(4, 5))
    assert finished.score == "5/6"
    assert my_result(stricter, learner, attempt.id).has_passed


def test_a_try_begun_before_there_were_several_goes_on_with_one(context, learner):
    club = asking(context, TRUE_FALSE)
    attempt = start(club, learner)
    older = {name: attempt.questions[name] for name in ("pass_mark", "asked")}

    quiz = learning.quiz_of(replace(attempt, questions=older))

    assert (quiz.tries, quiz.reduction) == (1, 0)
