"""The menu by role, the line at the top of every page, and signing out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from club.domain.errors import NotAllowed
from club.i18n import LANGUAGES, Speech
from club.operations.context import process_context
from club.operations.preferring import choose_language
from club.operations.signing_in import end_sign_in
from pages.parts import links, sign_outs
from pages.parts.arrival import claims
from pages.parts.phases import zone_words
from pages.parts.screens import SECTIONS, Screen
from pages.parts.visit import Visit, plain

NAMES = {"ja": "日本語", "en": "English"}


def pages_for(visit: Visit, screens: Sequence[Screen]) -> dict[str, list[Any]]:
    """Streamlit pages of what this person may use, by section of the menu."""
    pages: dict[str, list[Any]] = {}
    for section in SECTIONS:
        own = [s for s in screens if s.section == section and s.is_for(visit)]
        if own:
            title = "" if section == "home" else visit.say(f"menu.section.{section}")
            pages[title] = [_page(visit, screen) for screen in own]
    return pages


def refusals_for(visit: Visit, screens: Sequence[Screen]) -> list[Any]:
    """What stands at the addresses of others' screens: why not, in the reader's language.

    Streamlit would say in English that there is no such page. One path may be several screens,
    each for other people.
    """
    own = {screen.path for screen in screens if screen.is_for(visit)}
    others = dict.fromkeys(screen.path for screen in screens if screen.path not in own)
    return [
        st.Page(
            partial(_refuse, visit, path),
            title=visit.speech.say(f"menu.{path}"),
            url_path=path,
            visibility="hidden",
        )
        for path in others
    ]


def _refuse(visit: Visit, path: str) -> None:
    st.title(visit.say(f"menu.{path}"))
    visit.refuse(NotAllowed())
    links.link(visit, "home", visit.say("menu.home"), icon=":material/home:")


def _page(visit: Visit, screen: Screen) -> Any:
    return st.Page(
        partial(screen.render, visit),
        title=visit.speech.say(f"menu.{screen.path}"),
        icon=screen.icon,
        url_path=screen.path,
        default=screen.path == "home",
        visibility="visible" if screen.in_menu else "hidden",
    )


def switch_language(speech: Speech, visit: Visit | None = None) -> None:
    """Japanese or English, remembered for the person."""
    chosen = st.segmented_control(
        speech.say("menu.language"),
        LANGUAGES,
        format_func=NAMES.__getitem__,
        default=speech.language,
        label_visibility="collapsed",
        key=f"language of {speech.language}",
    )
    if chosen is None or chosen == speech.language:
        return
    st.session_state["language"] = chosen
    if visit is not None:
        choose_language(visit.context, visit.actor, chosen)
    st.rerun()


def head(speech: Speech, visit: Visit | None = None, *, names_club: bool = True) -> None:
    """The first line of every page: whose club it is, and the language switch."""
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="head of the page",
    ):
        name = speech.text(process_context().settings, "club_name") if names_club else ""
        st.markdown(f":small[{plain(name)}]" if name else "", width="content")
        switch_language(speech, visit)


def aside(visit: Visit) -> None:
    """Who is signed in, the zone of the times shown, the way out."""
    organisation = visit.speech.name(visit.organisation)
    with st.sidebar:
        st.markdown(visit.say("menu.who", person=visit.person.name, organisation=organisation))
        st.caption(visit.say("menu.zone", zone=zone_words(visit.speech)))
        if st.button(visit.say("menu.sign_out"), icon=":material/logout:", width="stretch"):
            end_sign_in(visit.context, claims() or {})
            st.logout()
        sign_outs.everywhere(visit, visit.person)
