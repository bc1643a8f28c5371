"""What a learner may look up: terms and cases, with what they lead to; on both databases."""

from dataclasses import replace

import pytest

from club.domain.errors import NotAllowed, NotFound
from club.domain.organisations import Kind, Role
from club.operations.viewing.lessons import my_lesson
from club.operations.viewing.reference import case, cases, glossary, term
from tests.builders import join


@pytest.fixture
def learner(context):
    return join(context)


def test_a_term_comes_with_the_terms_it_points_to_and_the_modules_that_teach_it(context, learner):
    view = term(context, learner, "retirement")

    assert view.term == context.glossary.terms["retirement"]
    assert tuple(other.id for other in view.see) == view.term.see
    assert [(m.id, m.title) for m in view.modules] == [
        (id, context.modules[id].title) for id in view.term.modules
    ]


def test_a_case_comes_with_the_lessons_that_speak_of_it_and_they_with_the_case(context, learner):
    view = case(context, learner, "shioya")
    places = [(place.module.id, place.lesson.id) for place in view.lessons]

    assert tuple(places) == view.case.lessons
    for module_id, lesson_id in places:
        shown = my_lesson(context, learner, module_id=module_id, lesson_id=lesson_id, language="ja")
        assert view.case in shown.cases


def test_a_module_that_the_club_no_longer_has_is_left_out(context, learner):
    bare = replace(context, modules={})

    assert term(bare, learner, "retirement").modules == ()
    assert case(bare, learner, "shioya").lessons == ()


def test_everything_is_listed_in_the_order_of_the_files(context, learner):
    assert [t.id for t in glossary(context, learner)] == list(context.glossary.terms)
    assert [c.id for c in cases(context, learner)] == list(context.cases)


@pytest.mark.parametrize("look", [term, case])
def test_what_does_not_exist_is_not_found(context, learner, look):
    with pytest.raises(NotFound):
        look(context, learner, "nowhere")


@pytest.mark.parametrize(
    "look",
    [
        glossary,
        cases,
        lambda context, actor: term(context, actor, "retirement"),
        lambda context, actor: case(context, actor, "shioya"),
    ],
)
def test_who_is_no_learner_is_refused(context, look):
    with pytest.raises(NotAllowed):
        look(context, join(context, Kind.MEMBER, Role.BUYER))


@pytest.mark.parametrize(("number", "left"), [(1, 10), (2, 9), (7, 2)])
def test_the_minutes_left_are_shared_out_over_the_steps_and_rounded_up(
    context, learner, number, left
):
    shown = my_lesson(context, learner, module_id="why-credits", lesson_id="balance", language="en")

    assert (len(shown.lesson.steps), shown.lesson.minutes) == (7, 10)
    assert shown.minutes_left(number) == left
