from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from curriculum.confidence import Judgement
from curriculum.marking import mark
from curriculum.sheets import NOT_ASKED, Given, Sheet
from curriculum.statistics import statistics, statistics_of
from tests.every_kind import MULTI, SINGLE

QUESTIONS = (SINGLE, MULTI)
ANSWERS = (
    (("c0",), ("c1",), ("c2",)),
    (("c0",), ("c0", "c2"), ("c1",), ("c3",)),
)
tries = st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 3)), max_size=30)


def given_to(question, answer):
    judgement = Judgement(confidence=None, mark=mark(question, answer))
    return Given(answer=answer, judgement=judgement)


def sheet_of(codes):
    given_answers = tuple(
        tuple(
            Given(answer=a, judgement=Judgement(confidence=None, mark=mark(question, a)))
            for a in answers
        )
        for question, answers in zip(QUESTIONS, ANSWERS, strict=True)
    )
    rows = np.array(codes, dtype=np.int32).reshape(-1, 2).T
    return Sheet(questions=QUESTIONS, given=given_answers, codes=rows)


def marks_of(codes):
    return [
        {
            question.id: mark(question, answers[code])
            for question, answers, code in zip(QUESTIONS, ANSWERS, each, strict=True)
            if code != NOT_ASKED
        }
        for each in codes
    ]


@given(tries)
def test_a_sheet_has_the_figures_of_its_marks(codes):
    points = {question.id: question.points for question in QUESTIONS}

    assert statistics_of(sheet_of(codes).scores()) == statistics(
        marks_of(codes), points_by_question=points
    )


@given(tries)
def test_every_answer_is_counted(codes):
    counted = sheet_of(codes).counted()

    for place, question in enumerate(QUESTIONS):
        expected = Counter(ANSWERS[place][each[place]] for each in codes if each[place] >= 0)
        assert {given.answer: n for given, n in counted[question.id]} == expected


@given(tries, st.integers(0, 30))
def test_the_tries_that_are_chosen_are_kept_in_their_order(codes, first):
    kept = sheet_of(codes).of_tries([place < first for place in range(len(codes))])

    assert kept.codes.T.tolist() == [list(each) for each in codes[:first]]
