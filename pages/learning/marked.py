"""What an answer was worth and why, told once it has been given."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from club.operations.viewing.learning import ModuleCard
from club.operations.viewing.tries import Marked, Option, QuestionView, Reason
from pages.learning.way import onward, sources, words
from pages.parts import links
from pages.parts.visit import Visit

OUTCOMES = {
    "right": ":material/check_circle:",
    "partly": ":material/contrast:",
    "wrong": ":material/close:",
}


def label(visit: Visit, option: Option) -> str:
    """Write a choice in the reader's words."""
    if option.text is None:
        return visit.say(f"learning.option.{option.id}")
    return words(visit, option.text)


def outcome(marked: Marked) -> str:
    if marked.mark == 1:
        return "right"
    return "partly" if marked.mark > 0 else "wrong"


def show(visit: Visit, card: ModuleCard, question: QuestionView, marked: Marked) -> None:
    """Tell the outcome, each choice with its reason, the explanation, what it rests on."""
    came_to = outcome(marked)
    box = {"right": st.success, "partly": st.warning, "wrong": st.error}[came_to]
    box(visit.say(f"learning.outcome.{came_to}"), icon=OUTCOMES[came_to])
    if marked.right_value is not None:
        _number(visit, question, marked)
    for reason in marked.reasons:
        if reason.is_chosen or reason.is_right:
            st.markdown(_reason(visit, reason))
    with st.container(border=True):
        st.markdown(words(visit, marked.explanation))
    others = [r for r in marked.reasons if not r.is_chosen and not r.is_right]
    if others:
        with st.expander(visit.say("learning.quiz.other_choices")):
            st.markdown("\n\n".join(_reason(visit, reason) for reason in others))
    links.link(
        visit,
        "lesson",
        visit.say("learning.read_lesson"),
        icon=":material/menu_book:",
        **onward(module=card.id, lesson=question.lesson.id),
    )
    sources(visit, marked.sources)


def _number(visit: Visit, question: QuestionView, marked: Marked) -> None:
    assert marked.right_value is not None  # noqa: S101 - asked by the caller
    exact = Decimal(marked.right_value.numerator) / Decimal(marked.right_value.denominator)
    unit = question.unit.in_language(visit.speech.language) if question.unit else ""
    st.markdown(visit.say("learning.quiz.your_answer", typed=" ".join(marked.given)))
    st.markdown(visit.say("learning.quiz.right_number", value=exact, unit=unit))
    if marked.slip is not None:
        st.markdown(words(visit, marked.slip))


def _reason(visit: Visit, reason: Reason) -> str:
    """One choice: whether it is right, whether it was mine, and why."""
    kind = "right" if reason.is_right else "wrong"
    whose = visit.say("learning.quiz.chosen" if reason.is_chosen else "learning.quiz.not_chosen")
    head = f"{OUTCOMES[kind]} **{label(visit, reason.option)}** {whose}"
    return f"{head}  \n{words(visit, reason.why)}"
