"""For those not yet inside: signing in, and asking to join."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.errors import ClubError
from club.domain.organisations import Kind
from club.operations.asking import ask_to_join
from club.operations.context import process_context
from club.operations.signing_in import Absence, Nobody, Stranger, end_sign_in, leave_return_address
from pages.parts import forms
from pages.parts.arrival import claims, speech
from pages.parts.look import dress
from pages.parts.menu import head
from pages.parts.visit import plain

VISITOR_COOKIE = "tomoe_visitor"
STEPS = {
    "pool": ":material/groups:",
    "compete": ":material/gavel:",
    "share": ":material/balance:",
}


def sign_in(nobody: Nobody) -> None:
    """The only screen of somebody who is not signed in, under every path."""
    words = speech()
    context = process_context()
    dress(words.language)
    head(words, names_club=False)
    st.title(plain(words.text(context.settings, "club_name")))
    st.markdown(words.say("doorstep.welcome"))
    for column, step in zip(st.columns(3), ("pool", "compete", "share"), strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"{STEPS[step]} **{words.say(f'doorstep.{step}.title')}**")
            st.caption(words.say(f"doorstep.{step}.text"))
    if nobody.why is not Absence.SIGNED_OUT:
        st.warning(words.say(f"doorstep.{nobody.why}"), icon=":material/lock:")
    if st.button(words.say("doorstep.sign_in"), type="primary", icon=":material/login:"):
        _leave_address()
        st.login()
    if context.settings.is_demo:
        st.info(words.say("doorstep.demo"), icon=":material/info:")
    way = "by_asking" if context.settings.provider else "by_invitation"
    st.caption(words.say(f"doorstep.{way}"))


def _leave_address() -> None:
    visitor = st.context.cookies.get(VISITOR_COOKIE)
    if visitor:
        path = (st.context.url or "").partition("//")[2].partition("/")[2]
        query = "&".join(f"{key}={value}" for key, value in st.query_params.items())
        leave_return_address(
            process_context(), visitor, path.partition("?")[0] + (f"?{query}" if query else "")
        )


def ask(stranger: Stranger) -> None:
    """Somebody the provider knows and the club does not: they may ask to join."""
    words = speech()
    context = process_context()
    dress(words.language)
    head(words)
    st.title(words.say("doorstep.join_title"))
    if stranger.waiting is not None:
        st.info(words.say("doorstep.join_waiting"), icon=":material/hourglass_top:")
    else:
        _join_form(stranger)
    if st.button(words.say("menu.sign_out"), icon=":material/logout:"):
        end_sign_in(context, claims() or {})
        st.logout()


def _join_form(stranger: Stranger) -> None:
    words = speech()
    kinds: Sequence[Kind] = (Kind.MEMBER, Kind.SUPPLIER)
    with st.form("join"):
        st.markdown(
            words.say(
                "doorstep.join_explained", name=plain(stranger.name), email=plain(stranger.email)
            )
        )
        organisation = st.text_input(words.say("words.field.organisation_name"))
        kind = st.radio(
            words.say("words.field.kind"), kinds, format_func=words.word, horizontal=True
        )
        note = st.text_area(words.say("words.field.note"), max_chars=1000)
        if not forms.submit(words.say("doorstep.join_ask"), "join"):
            return
    try:
        ask_to_join(
            process_context(), stranger, organisation_name=organisation, kind=kind, note=note
        )
    except ClubError as error:
        facts = {name: fact for name, fact in error.facts.items() if name != "field"}
        st.error(words.say(f"errors.{error.code}", **facts), icon=":material/block:")
        return
    st.rerun()
