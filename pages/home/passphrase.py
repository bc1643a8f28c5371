"""An opener's passphrase: setting it before bidding opens, giving it after the deadline."""

from __future__ import annotations

import streamlit as st

from club.operations.locking import set_passphrase, suggest_passphrase
from club.operations.unsealing import give_passphrase
from club.operations.viewing.openings import Ceremony
from pages.parts import forms
from pages.parts.visit import Visit

WIDTH = 560


def ask_to_set(visit: Visit, found: Ceremony) -> None:
    mine = found.mine
    is_set = mine is not None and mine.is_ready
    if is_set:
        st.success(visit.say("opening.is_set"), icon=":material/check_circle:")
    title = "opening.change" if is_set else "opening.set"
    with st.expander(visit.say(title), expanded=not is_set, icon=":material/key:"):
        st.markdown(visit.say("opening.how_to_set", opening_days=found.round_.auction.opening_days))
        st.warning(visit.say("opening.no_recovery"), icon=":material/warning:")
        _suggest(visit, found)
        _set(visit, found)


def _suggest(visit: Visit, found: Ceremony) -> None:
    """A passphrase by chance, to be written down; the next run shows it no more."""
    if st.button(visit.say("opening.suggest"), icon=":material/casino:"):
        said = suggest_passphrase(visit.context, visit.actor, found.round_.id)
        st.code(said, language=None)
        st.caption(visit.say("opening.suggested"))


def _set(visit: Visit, found: Ceremony) -> None:
    form = f"passphrase {found.round_.id}"
    with st.form(form, width=WIDTH):
        typed = [_secret(visit, form, field) for field in ("passphrase", "again")]
        if not forms.submit(visit.say("opening.act_set"), form):
            return
        with st.spinner(visit.say("opening.takes_a_moment")):
            forms.do(
                visit,
                form,
                lambda request_id: set_passphrase(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    round_id=found.round_.id,
                    passphrase=typed[0],
                    again=typed[1],
                ),
                lambda _: visit.say("opening.told_set"),
            )


def ask_to_give(visit: Visit, found: Ceremony) -> None:
    form = f"give {found.round_.id}"
    st.markdown(visit.say("opening.how_to_give", needed=found.needed, openers=len(found.openers)))
    with st.form(form, width=WIDTH):
        typed = _secret(visit, form, "passphrase")
        if not forms.submit(visit.say("opening.act_give"), form):
            return
        with st.spinner(visit.say("opening.takes_a_moment")):
            forms.do(
                visit,
                form,
                lambda request_id: give_passphrase(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    round_id=found.round_.id,
                    passphrase=typed,
                ),
                lambda _: visit.say("opening.told_given"),
            )


def _secret(visit: Visit, form: str, field: str) -> str:
    """A field whose letters are not shown; done with, it is gone with what was typed."""
    return st.text_input(
        visit.say(f"words.field.{field}"),
        type="password",
        autocomplete="off",
        key=f"{field} {form} {forms.request_id(form)}",
    )
