"""Knowing the right answers."""

import pytest

from club.demo.learning import may_be_taken, right_answer
from club.operations.context import load_modules
from curriculum.marking import mark
from tests.builders import NOON

QUESTIONS = [q for module in load_modules().values() for q in module.questions]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_the_right_answer_earns_the_whole_mark(question):
    assert mark(question, right_answer(question)) == 1


def test_what_no_author_wrote_has_no_right_answer():
    with pytest.raises(TypeError):
        right_answer(object())


def test_a_module_can_be_taken_until_its_questions_are_past_their_review():
    module = load_modules()["why-credits"]

    assert may_be_taken(module, NOON.date())
    assert not may_be_taken(module, NOON.date().replace(year=2100))
