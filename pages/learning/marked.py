"""What an answer was worth and why, told once it has been given."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from club.operations.viewing.answers import Marked, Option, PairTold, Reason, StepTold, worth_of
from club.operations.viewing.learning import ModuleHead
from club.operations.viewing.tries import QuestionKind, QuestionView
from pages.learning.way import onward, words
from pages.parts import links
from pages.parts.cited import sources
from pages.parts.visit import Visit, plain

OUTCOMES = {
    "right": ":material/check_circle:",
    "partly": ":material/contrast:",
    "wrong": ":material/close:",
}


def label(visit: Visit, option: Option) -> str:
    """Write a choice in the reader's words, for Markdown."""
    return plain(unmarked_label(visit, option))


def unmarked_label(visit: Visit, option: Option) -> str:
    """Write a choice in the reader's words, where no Markdown is read."""
    if option.text is None:
        return visit.say(f"learning.option.{option.id}")
    return option.text.in_language(visit.speech.language)


def outcome(marked: Marked) -> str:
    return worth_of(marked.mark)


def show(visit: Visit, module: ModuleHead, question: QuestionView, marked: Marked) -> None:
    """Tell the outcome, each choice with its reason, the explanation, what it rests on."""
    came_to = outcome(marked)
    box = {"right": st.success, "partly": st.warning, "wrong": st.error}[came_to]
    box(visit.say(f"learning.outcome.{came_to}"), icon=OUTCOMES[came_to])
    if marked.tries > 1:
        facts = {"tries": marked.tries, "share": str(marked.earned)}
        st.caption(visit.say("learning.quiz.reduced", **facts))
    _told(visit, question, marked)
    with st.container(border=True):
        st.markdown(words(visit, marked.explanation))
    others = [reason for reason in marked.reasons if not _is_told(reason)]
    if others:
        with st.expander(visit.say("learning.quiz.other_choices")):
            st.markdown("\n\n".join(reason_told(visit, reason) for reason in others))
    links.link(
        visit,
        "lesson",
        visit.say("learning.read_lesson"),
        icon=":material/menu_book:",
        **onward(module=module.id, lesson=question.lesson.id),
    )
    sources(visit, marked.sources)


def _told(visit: Visit, question: QuestionView, marked: Marked) -> None:
    """What was given and what is right, thing by thing."""
    if question.kind in {QuestionKind.NUMERIC, QuestionKind.SHORT}:
        st.markdown(visit.say("learning.quiz.your_answer", typed=" ".join(marked.given)))
    if marked.right_value is not None:
        _number(visit, question, marked)
    for pair in marked.pairs:
        st.markdown(_pair(visit, pair))
    for step in marked.steps:
        st.markdown(_step(visit, step))
    for reason in marked.reasons:
        if _is_told(reason):
            st.markdown(reason_told(visit, reason))


def _is_told(reason: Reason) -> bool:
    return reason.is_chosen or reason.worth == "right"


def _number(visit: Visit, question: QuestionView, marked: Marked) -> None:
    assert marked.right_value is not None  # noqa: S101 - asked by the caller
    exact = Decimal(marked.right_value.numerator) / Decimal(marked.right_value.denominator)
    unit = question.unit.in_language(visit.speech.language) if question.unit else ""
    st.markdown(visit.say("learning.quiz.right_number", value=exact, unit=unit))
    if marked.slip is not None:
        st.markdown(words(visit, marked.slip))


def _pair(visit: Visit, pair: PairTold) -> str:
    """One left with the right that belongs to it, and what was given instead."""
    is_right = pair.given == pair.right
    facts = {"left": pair.left, "right": pair.right, "given": pair.given or pair.right}
    written = {name: text.in_language(visit.speech.language) for name, text in facts.items()}
    head = visit.say("learning.quiz.pair" if is_right else "learning.quiz.pair_missed", **written)
    return f"{OUTCOMES['right' if is_right else 'wrong']} {head}  \n{words(visit, pair.why)}"


def _step(visit: Visit, step: StepTold) -> str:
    """One step at its right place, and the place that it was given instead."""
    is_right = step.place == step.given_place
    facts = {"place": step.place, "given": step.given_place}
    text = step.text.in_language(visit.speech.language)
    id = "learning.quiz.step" if is_right else "learning.quiz.step_missed"
    head = visit.say(id, step=text, **facts)
    return f"{OUTCOMES['right' if is_right else 'wrong']} {head}  \n{words(visit, step.why)}"


def reason_told(visit: Visit, reason: Reason) -> str:
    """One choice: whether it is right, whether it was mine, and why."""
    whose = visit.say("learning.quiz.chosen" if reason.is_chosen else "learning.quiz.not_chosen")
    head = f"{OUTCOMES[reason.worth]} **{label(visit, reason.option)}** {whose}"
    return f"{head}  \n{words(visit, reason.why)}"
