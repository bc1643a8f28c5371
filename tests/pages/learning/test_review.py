"""Reviewing on the screen: one question at a time, the explanation after, the day's end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pages.learning import review
from pages.parts.visit import plain
from tests.builders import NOON, colleague
from tests.club.operations.trying import MODULE, wrong
from tests.every_kind import EVERY_KIND, SINGLE, TRUE_FALSE, asking, secrets
from tests.pages.reading import sent
from tests.schooled import take_one


@pytest.fixture
def open_review(open_screen, context, clock):
    """The screen a day after somebody got these questions wrong in a quiz."""

    def open_(learner, language, *questions, shown_to=None):
        club = asking(context, *questions)
        take_one(club, club.modules[MODULE], learner, wrong)
        clock.at = NOON + timedelta(days=1)
        return open_screen(_on(club), shown_to or learner, language)

    return open_


def _on(club):
    def render(visit):
        review.render(replace(visit, context=club))

    return render


def texts(at):
    return [shown.value for shown in at.markdown]


def press(at, label):
    return next(button for button in at.button if button.label == label).click().run()


def test_a_day_of_reviews_from_the_first_question_to_the_last(open_review, learner, language, say):
    at = open_review(learner, language, SINGLE, TRUE_FALSE)

    for number, question in enumerate((SINGLE, TRUE_FALSE), 1):
        assert not at.exception
        assert f"#### {plain(question.stem.in_language(language))}" in texts(at)
        assert [each.value for each in at.caption][-1] == say("review.explained")
        at.radio[0].set_value(at.radio[0].options[0])
        press(at, say("learning.quiz.answer"))
        assert plain(question.explanation.in_language(language)) in texts(at)
        press(at, say("learning.quiz.next" if number == 1 else "review.finish"))

    assert [each.value for each in at.success] == [say("review.done", count=2)]
    assert say("review.explained") in texts(at)


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda question: question.id)
def test_nothing_of_an_answer_is_on_the_page_before_it_is_given(
    open_review, learner, language, question
):
    at = open_review(learner, language, question)

    page = sent(at)
    assert plain(question.stem.in_language(language)).encode() in page
    told = {way for secret in secrets(question) for way in (secret, plain(secret))}
    assert [way for way in told if way.encode() in page] == []


def test_a_reload_after_the_answer_shows_what_it_came_to(open_review, learner, language, say):
    at = open_review(learner, language, SINGLE, TRUE_FALSE)
    at.radio[0].set_value(at.radio[0].options[0])
    press(at, say("learning.quiz.answer"))

    shown = sent(at)
    at.run()

    assert sent(at) == shown
    assert "answered" in at.query_params
    assert plain(SINGLE.explanation.in_language(language)) in texts(at)


def test_answering_nothing_is_refused_and_the_question_stays(open_review, learner, language, say):
    at = open_review(learner, language, SINGLE)

    press(at, say("learning.quiz.answer"))

    [refusal] = at.error
    assert say("errors.missing") in refusal.value
    assert f"#### {plain(SINGLE.stem.in_language(language))}" in texts(at)


def test_with_nothing_due_the_screen_says_so_and_what_reviews_are(
    open_review, context, learner, language, say
):
    at = open_review(learner, language, SINGLE, shown_to=colleague(context, learner))

    assert [each.value for each in at.info] == [say("review.nothing")]
    assert say("review.explained") in texts(at)


def test_on_the_day_of_the_mistake_the_screen_says_when_it_comes_back(
    open_screen, context, learner, language, say, clock
):
    club = asking(context, SINGLE)
    take_one(club, club.modules[MODULE], learner, wrong)

    at = open_screen(_on(club), learner, language)

    tomorrow = (clock.at + timedelta(days=1)).date()
    assert say("review.next", next_on=tomorrow) in texts(at)


def test_anothers_answer_is_not_shown_and_there_is_a_way_on(
    open_screen, context, learner, language, say
):
    at = open_screen(review.render, learner, language, answered="nowhere")

    assert [error.value for error in at.error] == [say("errors.not_found")]
    press(at, say("learning.quiz.next"))
    assert [each.value for each in at.info] == [say("review.nothing")]
