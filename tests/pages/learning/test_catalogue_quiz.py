"""Questions on the catalogue, on the screen, in both languages."""

import pytest

from club.domain.organisations import Kind
from club.operations.viewing.catalogue_questions import (
    catalogue_questions,
    mark_catalogue_question,
)
from club.store import catalogue
from pages.learning import catalogue_quiz
from tests.builders import a_lot, a_project, join
from tests.pages.hand import Hand, told, words


@pytest.fixture
def lots(context):
    seller = join(context, Kind.SUPPLIER)
    abroad = a_project(seller, programme="VCS", name_ja="海外", name_en="Abroad")
    with context.database.write() as tx:
        catalogue.add_project(tx, abroad)
    return [a_lot(context, seller), a_lot(context, seller, project_id=abroad.id)]


def right_of(context, learner, question):
    return {
        option.id
        for option in question.options
        if mark_catalogue_question(
            context, learner, seed="s", question_id=question.id, given=(option.id,)
        ).mark
    }


def test_from_the_first_question_to_new_ones(open_screen, context, learner, language, lots):
    questions = catalogue_questions(context, learner, "s")
    at = open_screen(catalogue_quiz.render, learner, language, seed="s")
    hand = Hand(at, language)

    for question in questions:
        right = right_of(context, learner, question)
        assert hand.says("eligibility.place", number=question.number, of=question.of) in words(
            hand.at
        )
        for box in hand.at.checkbox:
            if box.key.split()[0] in right:
                box.check()
        hand.press("learning.quiz.answer")
        assert not hand.at.exception
        assert hand.says("learning.outcome.right") in told(hand.at)
        if question.number < question.of:
            hand.press("learning.quiz.next")
    hand.press("eligibility.new_questions")
    assert hand.at.query_params["seed"] != "s"


def test_a_wrong_choice_is_told_with_the_reason(open_screen, context, learner, language, lots):
    [question, *_] = catalogue_questions(context, learner, "s")
    hand = Hand(open_screen(catalogue_quiz.render, learner, language, seed="s"), language)
    right = right_of(context, learner, question)

    next(box for box in hand.at.checkbox if box.key.split()[0] not in right).check()
    hand.press("learning.quiz.answer")

    assert hand.says("learning.outcome.wrong") in told(hand.at)
    assert hand.at.expander


def test_no_answer_is_asked_for_again(open_screen, learner, language, lots):
    hand = Hand(open_screen(catalogue_quiz.render, learner, language, seed="s"), language)

    hand.press("learning.quiz.answer")

    assert hand.says("eligibility.choose_one") in told(hand.at)
    assert hand.at.checkbox


def test_an_empty_catalogue_says_what_will_be_here(open_screen, learner, language):
    hand = Hand(open_screen(catalogue_quiz.render, learner, language), language)

    assert hand.says("eligibility.nothing_to_ask") in words(hand.at)
    assert not hand.at.checkbox
