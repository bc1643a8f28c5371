"""Lessons, step by step, in both languages."""

import json

import pytest

from curriculum.charts import Chart
from curriculum.lessons import Check
from pages.learning import lesson
from pages.parts.visit import plain
from tests.club.operations.trying import MODULE

IDS = ["balance", "trading", "together"]


def lesson_of(context, id, language):
    return next(x for x in context.modules[MODULE].lessons_in(language) if x.id == id)


@pytest.mark.parametrize("id", IDS)
def test_every_step_of_every_lesson_is_shown(open_screen, context, learner, language, id):
    steps = lesson_of(context, id, language).steps

    for number, step in enumerate(steps, 1):
        at = open_screen(
            lesson.render, learner, language, module=MODULE, lesson=id, step=str(number)
        )
        assert not at.exception
        assert at.subheader[0].value == plain(step.title)


@pytest.mark.parametrize("id", IDS)
def test_a_chart_draws_its_declared_numbers_and_says_them_in_words(
    open_screen, context, learner, language, id
):
    steps = lesson_of(context, id, language).steps
    number, chart = next(
        (n, part) for n, s in enumerate(steps, 1) for part in s.parts if isinstance(part, Chart)
    )

    at = open_screen(lesson.render, learner, language, module=MODULE, lesson=id, step=str(number))

    drawn = at.get("vega_lite_chart")[0].proto
    assert drawn.alt == chart.alt
    assert json.loads(drawn.spec)["encoding"]["y"]["field"] == "value"
    table = next(m.value for m in at.markdown if m.value.startswith(f"| {plain(chart.x)}"))
    assert table.count("\n") == len(chart.rows) + 1


def test_the_question_to_think_about_keeps_its_answer_closed(
    open_screen, context, learner, language, say
):
    steps = lesson_of(context, "balance", language).steps
    number, check = next(
        (n, part) for n, s in enumerate(steps, 1) for part in s.parts if isinstance(part, Check)
    )

    at = open_screen(
        lesson.render, learner, language, module=MODULE, lesson="balance", step=str(number)
    )

    opener = at.expander[0]
    assert opener.label == say("learning.lesson.think_first")
    assert not opener.proto.expanded
    assert opener.markdown[0].value == plain(check.answer)


def test_next_and_back_walk_the_steps_by_the_address(open_screen, learner, language):
    at = open_screen(lesson.render, learner, language, module=MODULE)

    at.button(key="on balance 2").click().run()
    assert at.query_params["step"] == "2"
    at.button(key="back balance 1").click().run()
    assert at.query_params["step"] == "1"


def test_the_last_step_leads_to_the_next_lesson_and_the_last_lesson_to_the_quiz(
    open_screen, learner, language, say
):
    first = open_screen(lesson.render, learner, language, module=MODULE, step="99")
    last = open_screen(
        lesson.render, learner, language, module=MODULE, lesson="together", step="99"
    )

    assert [button.key for button in first.button][-1] == "next lesson"
    assert last.button(key="to quiz").label == say("learning.to_quiz")


def test_sources_carry_their_dates_and_the_page_says_it_is_no_advice(
    open_screen, context, learner, language, say
):
    shown = lesson_of(context, "balance", language)

    at = open_screen(lesson.render, learner, language, module=MODULE)

    sources = at.expander[-1]
    assert sources.label == say("learning.sources", count=len(shown.sources))
    assert sources.markdown[0].value.count("\n- ") == len(shown.sources) - 1
    assert at.caption[-1].value == say("learning.no_advice", review_by_on=shown.review_by)


def test_a_lesson_that_does_not_exist_leads_back_to_the_modules(
    open_screen, learner, language, say
):
    at = open_screen(lesson.render, learner, language, module="nowhere")

    assert at.error[0].value == say("errors.not_found")
    assert at.markdown[-1].value == say("learning.to_modules")
