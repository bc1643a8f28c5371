"""Lessons, step by step, in both languages."""

import json

import pytest
import streamlit as st

from club.domain.errors import NotFound
from club.domain.organisations import Kind
from club.operations.viewing.lessons import my_lesson
from curriculum.charts import Chart
from curriculum.lessons import Check, Task
from pages import buying, holding, home, learning, market
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

    assert first.button(key="next lesson").proto.type == "primary"
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


def test_terms_are_linked_in_the_text_and_told_below_with_the_way_back(
    open_screen, context, learner, language, say
):
    at = open_screen(lesson.render, learner, language, module=MODULE, lesson="balance", step="2")

    written = " ".join(shown.value for shown in at.markdown)
    term = context.glossary.terms["residual-emissions"]
    assert written.count("(#term-residual-emissions)") == 1
    assert plain(term.meaning.in_language(language)) in written
    assert f"[{say('learning.lesson.to_text')}](#step)" in written
    assert at.button(key="term residual-emissions").label == say("learning.lesson.to_glossary")


def test_the_time_left_falls_with_each_step(open_screen, context, learner, language, say):
    shown = lesson_of(context, "balance", language)
    steps = len(shown.steps)

    def told(number):
        at = open_screen(lesson.render, learner, language, module=MODULE, step=str(number))
        return at.get("progress")[0].proto.text

    facts = {"of": steps, "left": shown.minutes}
    assert told(1) == say("learning.lesson.step", number=1, **facts)
    assert told(steps) == say(
        "learning.lesson.step", number=steps, of=steps, left=-(-shown.minutes // steps)
    )


def last_step(context, module_id, language):
    shown = context.modules[module_id].lessons_in(language)[-1]
    number = next(
        n for n, step in enumerate(shown.steps, 1) if any(isinstance(p, Task) for p in step.parts)
    )
    return {"module": module_id, "lesson": shown.id, "step": str(number)}


def test_every_practical_task_leads_to_screens_that_a_member_opens_without_more(context):
    member = {
        screen.path
        for journey in (buying, holding, home, learning, market)
        for screen in journey.SCREENS
        if Kind.MEMBER in screen.kinds and (screen.in_menu or screen.path == "practice")
    }

    opened = {
        path
        for module in context.modules.values()
        for shown in module.lessons
        for task in shown.tasks
        for path in task.opens
    }

    assert opened
    assert opened - member == set()


def test_a_practical_task_has_a_button_for_each_screen_one_may_open(
    open_screen, context, learner, language, say
):
    def render(visit):
        st.session_state["pages by path"] = {"holdings": None, "catalogue": None}
        lesson.render(visit)

    at = open_screen(render, learner, language, **last_step(context, "claims", language))

    opened = [button.key for button in at.button if button.key.startswith("open ")]
    not_mine = say("learning.lesson.not_your_screen", screen=say("menu.certificates"))
    assert opened == ["open holdings", "open catalogue"]
    assert not_mine in [caption.value for caption in at.caption]


def test_a_lesson_asked_for_in_an_unknown_language_is_not_found(context, learner):
    with pytest.raises(NotFound):
        my_lesson(context, learner, module_id=MODULE, lesson_id=None, language="fr")


def test_an_unknown_language_in_the_address_changes_nothing(open_screen, learner, language):
    plainly = open_screen(lesson.render, learner, language, module=MODULE)
    asked = open_screen(lesson.render, learner, language, module=MODULE, lang="xx")

    assert not asked.exception
    assert asked.title[0].value == plainly.title[0].value
