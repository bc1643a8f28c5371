"""What words rest on: published documents, each with its dates."""

from __future__ import annotations

import streamlit as st

from curriculum.texts import Source
from pages.parts.visit import Visit, plain


def sources(visit: Visit, named: tuple[Source, ...]) -> None:
    """Name what the words rest on, each with its dates."""
    with st.expander(visit.say("learning.sources", count=len(named)), icon=":material/link:"):
        st.markdown("\n".join(f"- {_source(visit, source)}" for source in named))


def _source(visit: Visit, source: Source) -> str:
    document = source.document
    title = plain(document.title.in_language(visit.speech.language))
    shown = f"[{title}]({document.url})" if document.url else title
    if document.published_on:
        dates = visit.say(
            "learning.source_dates", published_on=document.published_on, read_on=document.read_on
        )
    else:
        dates = visit.say("learning.source_read", read_on=document.read_on)
    return f"{shown}, {plain(source.place(visit.speech.language))} — {dates}"
