"""A lesson, one idea a step: words, a chart with its table, a question to think about."""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.lessons import LessonView, my_lesson
from curriculum.charts import Chart
from curriculum.lessons import Check, Prose, Step, Task
from pages.learning import beside, drawing
from pages.learning.way import READING_WIDTH, asked_number, onward, words
from pages.parts import forms, links
from pages.parts.cited import sources
from pages.parts.top import start_at_top
from pages.parts.visit import Visit, plain


def render(visit: Visit) -> None:
    head = st.container()
    view = forms.read(visit, lambda: _asked_for(visit))
    if view is None:
        head.title(visit.say("menu.lesson"))
        links.link(visit, "modules", visit.say("learning.to_modules"), icon=":material/school:")
        return
    number = min(max(asked_number("step") or 1, 1), len(view.lesson.steps))
    start_at_top(number)
    linked = view.link(view.lesson.steps[number - 1])
    with st.container(width=READING_WIDTH):
        _head(visit, view, number)
        _step(visit, linked.step)
        _walk(visit, view, number)
        beside.terms(visit, view, linked.terms, number)
        beside.cases(visit, view, number)
        sources(visit, view.lesson.sources)
        st.caption(visit.say("learning.no_advice", review_by_on=view.lesson.review_by))


def _asked_for(visit: Visit) -> LessonView:
    return my_lesson(
        visit.context,
        visit.actor,
        module_id=st.query_params.get("module", ""),
        lesson_id=st.query_params.get("lesson"),
        language=visit.speech.language,
    )


def _head(visit: Visit, view: LessonView, number: int) -> None:
    links.link(
        visit, "modules", words(visit, view.module.title), icon=":material/arrow_back:", **onward()
    )
    st.title(plain(view.lesson.title))
    facts = {"number": view.number, "of": view.of, "minutes": view.lesson.minutes}
    st.caption(visit.say("learning.lesson.place", **facts))
    if number == 1:
        st.markdown(visit.say("learning.lesson.objective", objective=view.lesson.objective))
    steps = len(view.lesson.steps)
    told = {"number": number, "of": steps, "left": view.minutes_left(number)}
    st.progress(number / steps, text=visit.say("learning.lesson.step", **told))


def _step(visit: Visit, step: Step) -> None:
    st.subheader(plain(step.title), anchor=beside.STEP)
    for part in step.parts:
        match part:
            case Prose():
                st.markdown(part.markdown.replace("$", r"\$"))
            case Chart():
                drawing.show(visit, part)
            case Check():
                _check(visit, part)
            case Task():
                _task(visit, part)


def _check(visit: Visit, check: Check) -> None:
    with st.container(border=True):
        st.markdown(f":material/lightbulb: {plain(check.question)}")
        with st.expander(visit.say("learning.lesson.think_first")):
            st.markdown(plain(check.answer))


def _task(visit: Visit, task: Task) -> None:
    """Lead to the screens in which the task is done, those that this person may open."""
    with st.container(horizontal=True):
        for path in task.opens:
            screen = visit.speech.say(f"menu.{path}")
            if not links.can_open(path):
                st.caption(visit.say("learning.lesson.not_your_screen", screen=screen))
            elif st.button(
                visit.say("learning.lesson.open_screen", screen=screen),
                key=f"open {path}",
                icon=":material/open_in_new:",
            ):
                links.go(path)


def _walk(visit: Visit, view: LessonView, number: int) -> None:
    is_first = number == 1 and view.previous_id is None
    alignment = "right" if is_first else "distribute"
    with st.container(horizontal=True, horizontal_alignment=alignment):  # type: ignore[arg-type]  # one of two words
        if number > 1:
            _go_to(visit.say("learning.lesson.previous_step"), "back", view, number - 1)
        elif view.previous_id and st.button(
            visit.say("learning.lesson.previous_lesson"), key="previous lesson"
        ):
            links.go("lesson", **onward(module=view.module.id, lesson=view.previous_id))
        if number < len(view.lesson.steps):
            _go_to(visit.say("learning.lesson.next_step"), "on", view, number + 1)
        else:
            _leave(visit, view)


def _go_to(label: str, key: str, view: LessonView, step: int) -> None:
    key = f"{key} {view.lesson.id} {step}"
    if st.button(label, key=key, type="primary" if key.startswith("on ") else "secondary"):
        st.query_params["step"] = str(step)
        st.rerun()


def _leave(visit: Visit, view: LessonView) -> None:
    """From the last step: on to the next lesson, or to the quiz."""
    if view.next_id is None:
        if st.button(visit.say("learning.to_quiz"), key="to quiz", type="primary"):
            links.go("quiz", **onward(module=view.module.id))
        return
    title = next(lesson.title for lesson in view.module.lessons if lesson.id == view.next_id)
    label = visit.say(
        "learning.lesson.next_lesson", lesson=title.in_language(visit.speech.language)
    )
    if st.button(label, key="next lesson", type="primary"):
        links.go("lesson", **onward(module=view.module.id, lesson=view.next_id))
