"""The glossary: search it, leaf through it, open one term by its address."""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.reference import TermView, glossary, term
from curriculum.glossary import Term
from curriculum.searching import Index, find_terms, index_by_letter, index_by_sound
from curriculum.texts import LANGUAGES
from pages.learning.way import (
    READING_WIDTH,
    back_to_lesson,
    both_names,
    from_lesson,
    long_link,
    one_of_many,
    onward,
    words,
)
from pages.parts import forms, links
from pages.parts.cited import sources
from pages.parts.top import start_at_top
from pages.parts.visit import Visit, plain

INDEXES = {"ja": index_by_sound, "en": index_by_letter}
MOST = 40
"""Terms shown at once; more are found by a longer search."""


def render(visit: Visit) -> None:
    term_id = st.query_params.get("term")
    with st.container(width=READING_WIDTH):
        if term_id is None:
            _all(visit)
        else:
            _one(visit, term_id)


def _all(visit: Visit) -> None:
    start_at_top(0)
    back_to_lesson(visit)
    st.title(visit.say("menu.glossary"))
    terms = forms.read(visit, lambda: glossary(visit.context, visit.actor))
    if terms is None:
        return
    if not terms:
        st.info(visit.say("learning.glossary.empty"), icon=":material/dictionary:")
        return
    st.caption(visit.say("learning.glossary.intro", count=len(terms)))
    typed = _typed(visit)
    if typed.strip():
        _found(visit, find_terms(terms, typed))
    else:
        _leaf(visit, terms)


def _typed(visit: Visit) -> str:
    return (
        st.text_input(
            visit.say("learning.glossary.search"),
            placeholder=visit.say("learning.glossary.search_example"),
            key="glossary words",
            icon=":material/search:",
            type="search",
            live=True,
            max_chars=80,
            persist_state="session",
        )
        or ""
    )


def _found(visit: Visit, terms: tuple[Term, ...]) -> None:
    if not terms:
        st.info(visit.say("learning.glossary.nothing_found"), icon=":material/search_off:")
        return
    st.caption(visit.say("learning.glossary.found", count=len(terms)))
    for found in terms[:MOST]:
        _line(visit, found)
    if len(terms) > MOST:
        st.caption(visit.say("learning.glossary.more", count=len(terms) - MOST))


def _leaf(visit: Visit, terms: tuple[Term, ...]) -> None:
    """Leaf through by the sounds of the Japanese names or the letters of the English ones."""
    order = (
        st.segmented_control(
            visit.say("learning.glossary.order"),
            LANGUAGES,
            format_func=lambda order: visit.say(f"learning.glossary.order.{order}"),
            default=visit.speech.language,
            key=f"glossary order {visit.speech.language}",
            persist_state="session",
        )
        or visit.speech.language
    )
    index = INDEXES[order](terms)
    chosen = _heading(visit, order, index)
    for heading, group in index:
        if heading == chosen:
            for each in group:
                _line(visit, each)


def _heading(visit: Visit, order: str, index: Index) -> str:
    headings = [heading for heading, _ in index]
    counts = {heading: len(group) for heading, group in index}
    chosen = st.pills(
        visit.say("learning.glossary.heading"),
        headings,
        default=headings[0],
        format_func=lambda heading: f"{heading} ({counts[heading]})",
        key=f"glossary heading {order}",
        persist_state="session",
    )
    return chosen or headings[0]


def _line(visit: Visit, shown: Term) -> None:
    """A term as it stands in a list: both names and what it means."""
    with st.container(gap=None):
        long_link(
            both_names(visit, shown.term),
            "glossary",
            key=f"term {shown.id}",
            icon=":material/chevron_right:",
            **onward(term=shown.id, **from_lesson()),
        )
        st.markdown(words(visit, shown.meaning))


def _one(visit: Visit, term_id: str) -> None:
    one_of_many(
        visit,
        "glossary",
        icon=":material/dictionary:",
        read=lambda: term(visit.context, visit.actor, term_id),
        named=lambda view: (view.term.id, view.term.term),
        body=_body,
    )


def _body(visit: Visit, view: TermView) -> None:
    shown = view.term
    if shown.term.ja != shown.term.en:
        other = shown.term.in_language("en" if visit.speech.language == "ja" else "ja")
        st.markdown(f"**{plain(other)}**")
    if visit.speech.language == "ja":
        st.caption(visit.say("learning.glossary.reading", reading=shown.reading))
    st.markdown(words(visit, shown.meaning))
    also = [name for language in LANGUAGES for name in shown.also.in_language(language)]
    if also:
        listed = visit.say("learning.glossary.comma").join(dict.fromkeys(also))
        st.markdown(visit.say("learning.glossary.also", names=listed))
    _see(visit, view)
    _taught(visit, view)
    sources(visit, shown.sources)
    if shown.review_by is not None:
        st.caption(visit.say("learning.glossary.review", review_by_on=shown.review_by))


def _see(visit: Visit, view: TermView) -> None:
    if view.see:
        st.markdown(f"**{visit.say('learning.glossary.see')}**")
        with st.container(horizontal=True, gap="small"):
            for other in view.see:
                query = onward(term=other.id, **from_lesson())
                key = f"see {other.id}"
                long_link(
                    words(visit, other.term),
                    "glossary",
                    key=key,
                    icon=":material/arrow_forward:",
                    **query,
                )


def _taught(visit: Visit, view: TermView) -> None:
    if view.modules:
        st.markdown(f"**{visit.say('learning.glossary.modules')}**")
        for module in view.modules:
            links.link(
                visit,
                "lesson",
                words(visit, module.title),
                icon=":material/school:",
                **onward(module=module.id),
            )
