"""Beside a lesson's step: the terms that its text leads to, and the case studies it speaks of."""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.lessons import LessonView
from curriculum.glossary import Term
from curriculum.linking import anchor
from pages.learning.way import both_names, long_link, onward, words
from pages.parts.visit import Visit

STEP = "step"
"""What the heading of a step is called in the address, to come back to from a term."""


def terms(visit: Visit, view: LessonView, found: tuple[Term, ...], number: int) -> None:
    """Say what each linked term means; the links in the text lead here, and from here back."""
    if not found:
        return
    place = _place(view, number)
    with st.container(border=True):
        st.markdown(f"**{visit.say('learning.lesson.terms')}**")
        for term in found:
            _term(visit, term, place)


def _term(visit: Visit, term: Term, place: dict[str, str]) -> None:
    with st.container(gap=None):
        st.html(f'<span id="{anchor(term)}"></span>')
        st.markdown(f"{both_names(visit, term.term)}  \n{words(visit, term.meaning)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            long_link(
                visit.say("learning.lesson.to_glossary"),
                "glossary",
                key=f"term {term.id}",
                icon=":material/dictionary:",
                **onward(term=term.id, **place),
            )
            st.markdown(f"[{visit.say('learning.lesson.to_text')}](#{STEP})")


def cases(visit: Visit, view: LessonView, number: int) -> None:
    if not view.cases:
        return
    with st.expander(visit.say("learning.lesson.cases", count=len(view.cases))):
        for case in view.cases:
            long_link(
                words(visit, case.title),
                "cases",
                key=f"case {case.id}",
                icon=":material/cases:",
                **onward(case=case.id, **_place(view, number)),
            )


def _place(view: LessonView, number: int) -> dict[str, str]:
    return {"module": view.module.id, "lesson": view.lesson.id, "step": str(number)}
