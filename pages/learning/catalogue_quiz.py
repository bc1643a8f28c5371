"""Questions on today's catalogue: for practice, one at a time, marked by the published rules.

The address holds the seed and the place; answers stay in the session and are kept nowhere.
"""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from club.operations.viewing.answers import worth_of
from club.operations.viewing.catalogue_questions import (
    CatalogueMarked,
    CatalogueQuestion,
    catalogue_questions,
    mark_catalogue_question,
)
from curriculum.marking import Answer
from pages.learning import marked
from pages.learning.way import READING_WIDTH, asked_number, words
from pages.parts import forms, links
from pages.parts.cited import sources
from pages.parts.top import start_at_top
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    with st.container(width=READING_WIDTH):
        links.link(visit, "modules", visit.say("learning.to_modules"), icon=":material/arrow_back:")
        st.title(visit.say("eligibility.quiz"))
        seed = st.query_params.get("seed") or _new_seed()
        questions = forms.read(visit, lambda: catalogue_questions(visit.context, visit.actor, seed))
        if questions is None:
            return
        if not questions:
            st.info(visit.say("eligibility.nothing_to_ask"), icon=":material/inventory_2:")
            links.link(visit, "uses", visit.say("eligibility.title"), icon=":material/rule:")
            return
        number = min(max(asked_number("q") or 1, 1), len(questions))
        _question(visit, seed, questions[number - 1])


def _new_seed() -> str:
    seed = uuid4().hex
    st.query_params["seed"] = seed
    return seed


def _question(visit: Visit, seed: str, question: CatalogueQuestion) -> None:
    start_at_top(question.number)
    facts = {"number": question.number, "of": question.of}
    st.caption(visit.say("eligibility.place", **facts))
    st.markdown(f"#### {words(visit, question.stem)}")
    key = f"catalogue {seed} {question.id}"
    if key not in st.session_state:
        _ask(visit, question, key)
        return
    given = st.session_state[key]
    told = forms.read(
        visit,
        lambda: mark_catalogue_question(
            visit.context, visit.actor, seed=seed, question_id=question.id, given=given
        ),
    )
    if told is not None:
        _told(visit, told)
    _on(visit, question)


def _ask(visit: Visit, question: CatalogueQuestion, key: str) -> None:
    form = f"form {key}"
    with st.form(form):
        st.caption(visit.say("learning.quiz.choose_all"))
        given: Answer = tuple(
            option.id
            for option in question.options
            if st.checkbox(marked.label(visit, option), key=f"{option.id} {key}")
        )
        pressed = forms.submit(visit.say("learning.quiz.answer"), form)
    if pressed and given:
        st.session_state[key] = given
        st.rerun()
    elif pressed:
        st.error(visit.say("eligibility.choose_one"), icon=":material/block:")
    st.caption(visit.say("eligibility.for_practice"))


def _told(visit: Visit, told: CatalogueMarked) -> None:
    came_to = worth_of(told.mark)
    box = {"right": st.success, "partly": st.warning, "wrong": st.error}[came_to]
    box(visit.say(f"learning.outcome.{came_to}"), icon=marked.OUTCOMES[came_to])
    for reason in told.reasons:
        st.markdown(marked.reason_told(visit, reason))
    with st.container(border=True):
        st.markdown(words(visit, told.explanation))
    sources(visit, told.sources)


def _on(visit: Visit, question: CatalogueQuestion) -> None:
    """To the next, or to new ones."""
    if question.number < question.of:
        if st.button(visit.say("learning.quiz.next"), key="next", type="primary"):
            st.query_params["q"] = str(question.number + 1)
            st.rerun()
        return
    if st.button(visit.say("eligibility.new_questions"), key="new", type="primary"):
        st.query_params.from_dict({})
        st.rerun()
    links.link(visit, "uses", visit.say("eligibility.title"), icon=":material/rule:")
