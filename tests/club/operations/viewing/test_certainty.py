"""How sure one was and how right, of one's own first answers only."""

from fractions import Fraction

import pytest

from club.domain.errors import NotAllowed
from club.domain.organisations import Kind, Role
from club.operations.viewing.certainty import my_certainty
from club.operations.viewing.tries import my_result
from curriculum.confidence import Points
from tests.builders import colleague, join
from tests.club.operations.trying import answer, right, start, wrong
from tests.every_kind import SINGLE, TRUE_FALSE, asking


def take(club, actor, choose, confidence):
    attempt = start(club, actor, f"start {actor.person_id}")
    for question in (SINGLE, TRUE_FALSE):
        attempt = answer(club, actor, attempt, question, choose(question), confidence=confidence)
    return attempt


def test_points_count_ones_own_finished_tries_beside_the_score(context):
    club, learner = asking(context, SINGLE, TRUE_FALSE), join(context)
    take(club, colleague(context, learner), right, 3)
    attempt = take(club, learner, wrong, 3)

    own = my_certainty(club, learner)

    assert own.points == my_result(club, learner, attempt.id).certainty
    assert own.points == Points(n=2, earned=Fraction(-12))
    assert [(level.confidence, level.n) for level in own.levels] == [(1, 0), (2, 0), (3, 2)]
    assert attempt.score == "0"


def test_the_first_answer_is_the_one_that_tells_how_sure_one_was(context):
    rules = {"tries": 2, "reduction": Fraction(1, 3)}
    club, learner = asking(context, SINGLE, **rules), join(context)
    attempt = start(club, learner)
    answer(club, learner, attempt, SINGLE, ("c0",), confidence=3, request_id="r1")
    answer(club, learner, attempt, SINGLE, ("c1",), confidence=1, request_id="r2")

    [question] = my_result(club, learner, attempt.id).questions

    assert question.marked.first.is_sure_and_wrong
    assert my_certainty(club, learner).points == Points(n=1, earned=Fraction(-6))


def test_an_unfinished_try_tells_nothing_yet(context):
    club, learner = asking(context, SINGLE, TRUE_FALSE), join(context)
    answer(club, learner, start(club, learner), SINGLE, wrong(SINGLE), confidence=3)

    assert my_certainty(club, learner).points == Points(n=0, earned=Fraction(0))


def test_a_question_rewritten_since_is_left_out(context):
    club, learner = asking(context, SINGLE, TRUE_FALSE), join(context)
    take(club, learner, right, 3)

    assert my_certainty(asking(context, SINGLE), learner).points.n == 1


def test_who_is_no_learner_is_told_nothing(context):
    with pytest.raises(NotAllowed):
        my_certainty(context, join(context, Kind.MEMBER, Role.BUYER))
