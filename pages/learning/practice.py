"""A practice round, one screen each: the pledge, the auction, the result and why.

The address holds the round and the place in its bidding, so that a reload loses nothing.
"""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.practising import my_practice
from pages.learning import practice_auction, practice_pledge, practice_result
from pages.learning.way import READING_WIDTH
from pages.parts import forms, links
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    with st.container(width=READING_WIDTH):
        links.link(visit, "modules", visit.say("learning.to_modules"), icon=":material/arrow_back:")
        st.title(visit.say("practice.title"))
        st.badge(visit.say("practice.invented"), icon=":material/theater_comedy:", color="orange")
        _render(visit)


def _render(visit: Visit) -> None:
    play = st.query_params.get("play")
    if play is None:
        practice_pledge.show(visit)
        return
    found = forms.read(visit, lambda: my_practice(visit.context, visit.actor, play))
    if found is None:
        st.markdown(visit.say("practice.lost"))
        links.link(visit, "practice", visit.say("practice.new"), icon=":material/replay:")
    elif not found.is_finished or "at" in st.query_params:
        practice_auction.show(visit, found)
    else:
        practice_result.show(visit, found)
