"""Asking a question: a field for each kind, which gives back the answer as it was given.

The keys of the fields hold places, never ids: an id might tell what is right.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.operations.viewing.answers import Option
from club.operations.viewing.tries import QuestionKind, QuestionView
from curriculum.confidence import LEVELS
from curriculum.marking import Answer, rights_chosen
from curriculum.questions import LONGEST_WORDS
from pages.learning import marked
from pages.learning.way import words
from pages.parts.visit import Visit


def given(visit: Visit, form: str, question: QuestionView) -> Answer:
    """Show the fields of the question inside the form; nothing chosen yet is an empty answer.

    Where it is answered again, the fields hold the answer before.
    """
    before = question.again.given if question.again else ()
    typed = " ".join(before)
    match question.kind:
        case QuestionKind.NUMERIC:
            unit = words(visit, question.unit) if question.unit else ""
            label = visit.say("learning.quiz.your_number", unit=unit)
            return (st.text_input(label, typed, key=f"number {form}", max_chars=40),)
        case QuestionKind.SHORT:
            label = visit.say("learning.quiz.your_words")
            return (st.text_input(label, typed, key=f"words {form}", max_chars=LONGEST_WORDS),)
        case QuestionKind.MULTI:
            return _several(visit, form, question, before)
        case QuestionKind.MATCH:
            return _pairs(visit, form, question, before)
        case QuestionKind.ORDER:
            return _order(visit, form, question, before)
        case _:
            return _one(visit, form, question, before)


def confidence(visit: Visit, form: str) -> int | None:
    """How sure one is, if one says so."""
    return st.segmented_control(
        visit.say("learning.quiz.how_sure"),
        LEVELS,
        format_func=lambda level: visit.say(f"learning.confidence.{level}"),
        key=f"confidence {form}",
    )


def _one(visit: Visit, form: str, question: QuestionView, before: Answer) -> Answer:
    chosen = st.radio(
        visit.say("learning.quiz.choose_one"),
        question.options,
        index=_place(question.options, next(iter(before), None)),
        format_func=lambda option: marked.label(visit, option),
        key=f"choice {form}",
    )
    return () if chosen is None else (chosen.id,)


def _several(visit: Visit, form: str, question: QuestionView, before: Answer) -> Answer:
    st.caption(visit.say("learning.quiz.choose_all"))
    return tuple(
        option.id
        for place, option in enumerate(question.options, 1)
        if st.checkbox(marked.label(visit, option), option.id in before, key=f"{place} {form}")
    )


def _pairs(visit: Visit, form: str, question: QuestionView, before: Answer) -> Answer:
    st.caption(visit.say("learning.quiz.match_all"))
    _list(visit, question.options)
    chosen = rights_chosen(before)
    answer = []
    for place, left in enumerate(question.lefts, 1):
        right = _choose(
            visit,
            f"**{marked.label(visit, left)}**",
            question.options,
            f"{place} {form}",
            before=chosen.get(left.id),
        )
        if right is not None:
            answer.append(f"{left.id}={right.id}")
    return tuple(answer)


def _order(visit: Visit, form: str, question: QuestionView, before: Answer) -> Answer:
    st.caption(visit.say("learning.quiz.order_all"))
    _list(visit, question.options)
    chosen = [
        _choose(
            visit,
            visit.say("learning.quiz.place", place=place),
            question.options,
            f"{place} {form}",
            before=before[place - 1] if before else None,
        )
        for place in range(1, len(question.options) + 1)
    ]
    return tuple(option.id for option in chosen if option is not None)


def _list(visit: Visit, options: Sequence[Option]) -> None:
    """All that may be chosen, in full: a select box shows one at a time and cuts it short."""
    st.markdown("\n".join(f"- {marked.label(visit, option)}" for option in options))


def _place(options: Sequence[Option], id: str | None) -> int | None:
    """Where the option of that id stands."""
    ids = [option.id for option in options]
    return ids.index(id) if id in ids else None


def _choose(
    visit: Visit, label: str, options: Sequence[Option], key: str, *, before: str | None
) -> Option | None:
    """A select box that opens no keyboard on a phone; its words are shown as they are."""
    return st.selectbox(
        label,
        options,
        index=_place(options, before),
        format_func=lambda option: marked.unmarked_label(visit, option),
        placeholder=visit.say("learning.quiz.choose"),
        filter_mode=None,
        key=key,
    )
