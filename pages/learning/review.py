"""Review: questions that one got wrong or guessed come back, one at a time, a few a day.

The address holds the answer that was just given, so that a reload loses nothing.
"""

from __future__ import annotations

import streamlit as st

from club.operations.reviewing import answer_card
from club.operations.viewing.learning import ModuleCard
from club.operations.viewing.reviews import ReviewView, my_review
from club.operations.viewing.tries import QuestionView
from pages.learning import asking, marked
from pages.learning.way import READING_WIDTH, words
from pages.parts import forms, links
from pages.parts.top import start_at_top
from pages.parts.visit import Visit

ANSWERED = "answered"


def render(visit: Visit) -> None:
    with st.container(width=READING_WIDTH):
        st.title(visit.say("menu.review"))
        answered_id = st.query_params.get(ANSWERED)
        view = forms.read(visit, lambda: my_review(visit.context, visit.actor, answered_id))
        if view is None:
            _on(visit)
        elif view.question is None or view.card is None:
            _nothing(visit, view)
        else:
            start_at_top(view.question.number)
            _question(visit, view, view.card, view.question)


def _question(visit: Visit, view: ReviewView, card: ModuleCard, question: QuestionView) -> None:
    plan = view.plan
    of = plan.done + len(plan.today)
    facts = {"done": plan.done, "of": of}
    st.progress(plan.done / max(of, 1), text=visit.say("review.progress", **facts))
    st.caption(words(visit, card.title))
    st.markdown(f"#### {words(visit, question.stem)}")
    if question.marked is None:
        _ask(visit, question)
        st.caption(visit.say("review.explained"))
        return
    marked.show(visit, card, question, question.marked)
    _on(visit, has_more=bool(plan.today))


def _ask(visit: Visit, question: QuestionView) -> None:
    form = f"review {question.id}"
    with st.form(form):
        given = asking.given(visit, form, question)
        confidence = asking.confidence(visit, form) if question.asks_confidence else None
        if not forms.submit(visit.say("learning.quiz.answer"), form):
            return
        forms.do(
            visit,
            form,
            lambda request_id: (
                answer_card(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    question_id=question.id,
                    given=given,
                    confidence=confidence,
                ).id
            ),
            _go_to,
        )


def _go_to(answered_id: str) -> str:
    """Show what came of it; nothing else is to be told."""
    st.query_params[ANSWERED] = answered_id
    return ""


def _on(visit: Visit, *, has_more: bool = True) -> None:
    label = visit.say("learning.quiz.next" if has_more else "review.finish")
    if st.button(label, key="onward", type="primary"):
        st.query_params.pop(ANSWERED, None)
        st.rerun()


def _nothing(visit: Visit, view: ReviewView) -> None:
    """Say what was done, and when the next review is due."""
    plan = view.plan
    if plan.done:
        st.success(visit.say("review.done", count=plan.done), icon=":material/check_circle:")
    else:
        st.info(visit.say("review.nothing"), icon=":material/cached:")
    if plan.left_for_later:
        st.markdown(visit.say("review.tomorrow", count=plan.left_for_later))
    elif view.next_on is not None:
        st.markdown(visit.say("review.next", next_on=view.next_on))
    st.markdown(visit.say("review.explained"))
    links.link(visit, "modules", visit.say("learning.to_modules"), icon=":material/school:")
