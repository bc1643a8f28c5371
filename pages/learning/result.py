"""What came of a try: the score, what to read again, and where to go from here."""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.answers import worth_of
from club.operations.viewing.learning import ModuleState
from club.operations.viewing.tries import QuestionView, ResultView, my_result
from pages.learning import certainty, certified, delta, marked
from pages.learning.way import back_to_rounds, long_link, onward, percent, words
from pages.parts import forms, links
from pages.parts.top import start_at_top
from pages.parts.visit import Visit


def show(visit: Visit, try_id: str) -> None:
    view = forms.read(visit, lambda: my_result(visit.context, visit.actor, try_id))
    if view is None:
        links.link(visit, "modules", visit.say("learning.to_modules"), icon=":material/school:")
        return
    start_at_top(0)
    links.link(
        visit, "modules", words(visit, view.card.title), icon=":material/arrow_back:", **onward()
    )
    st.title(visit.say("learning.result.title"))
    _verdict(visit, view)
    _next(visit, view)
    if view.has_passed:
        certified.show(visit, view.try_id)
    _renew(visit, view)
    _read_again(visit, view)
    _questions(visit, view)


def _renew(visit: Visit, view: ResultView) -> None:
    """What is new since, and the way to the quiz that makes the pass count again."""
    is_over = view.card.state is not ModuleState.PASSED
    if view.has_passed and (is_over or view.card.delta is not None):
        if view.card.delta is not None:
            delta.tell(visit, view.card.delta)
        links.link(
            visit,
            "quiz",
            visit.say("learning.to_quiz"),
            icon=":material/quiz:",
            **onward(module=view.card.id),
        )


def _verdict(visit: Visit, view: ResultView) -> None:
    facts = {"score": percent(view.score), "mark": percent(view.pass_mark)}
    if view.has_passed:
        st.success(
            visit.say("learning.result.passed", **facts), icon=":material/workspace_premium:"
        )
    else:
        st.error(visit.say("learning.result.failed", **facts), icon=":material/replay:")
    if view.card.expires_at is not None:
        kind = "learning.passed_until" if view.has_passed else "learning.result.pass_stands"
        st.markdown(visit.say(kind, expires_at=view.card.expires_at))
    st.caption(visit.say("learning.result.finished", finished_at=view.finished_at))


def _next(visit: Visit, view: ResultView) -> None:
    """Back to the round after a pass; after a failure, when one may try again."""
    if view.has_passed:
        back_to_rounds(visit, view.card)
    elif view.card.may_try_at is not None:
        told = visit.say("learning.quiz.wait", may_try_at=view.card.may_try_at)
        st.warning(told, icon=":material/hourglass_top:")
    elif st.button(visit.say("learning.result.try_again"), key="try again"):
        st.query_params.from_dict(onward(module=view.card.id))
        st.rerun()


def _read_again(visit: Visit, view: ResultView) -> None:
    if not view.read_again:
        return
    st.subheader(visit.say("learning.result.read_again"))
    with st.container(gap=None):
        for lesson in view.read_again:
            query = onward(module=view.card.id, lesson=lesson.id)
            title = words(visit, lesson.title)
            long_link(
                title, "lesson", key=f"lesson {lesson.id}", icon=":material/menu_book:", **query
            )


def _questions(visit: Visit, view: ResultView) -> None:
    st.subheader(visit.say("learning.result.questions"))
    sure_and_wrong = sum(_is_sure_and_wrong(question) for question in view.questions)
    if sure_and_wrong:
        told = visit.say("learning.result.sure_and_wrong", count=sure_and_wrong)
        st.warning(told, icon=":material/priority_high:")
    for question in sorted(view.questions, key=lambda each: not _is_sure_and_wrong(each)):
        assert question.marked is not None  # noqa: S101 - the try is finished
        came_to = worth_of(question.marked.earned)
        stem = f"{question.number}\\. {words(visit, question.stem)}"
        with st.expander(stem, icon=marked.OUTCOMES[came_to]):
            marked.show(visit, view.card, question, question.marked)
    if len(view.questions) < view.of:
        missing = view.of - len(view.questions)
        st.caption(visit.say("learning.result.rewritten", count=missing))
    certainty.tell_points(visit, view.certainty)


def _is_sure_and_wrong(question: QuestionView) -> bool:
    return question.marked is not None and question.marked.first.is_sure_and_wrong
