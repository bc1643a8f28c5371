"""Asking once: request ids, submit buttons that cannot fire twice, confirmation, outcome.

A deed's request id lives in the session until the deed is done, and the button's key changes
with it, so a double click, a rerun or a retry is one deed. The outcome is told after a rerun.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

import streamlit as st

from club.domain.errors import ClubError
from pages.parts.visit import Visit

T = TypeVar("T")


def request_id(form: str) -> str:
    """The id of the deed that the form will ask for next."""
    return str(st.session_state.setdefault(f"request {form}", uuid4().hex))


def submit(label: str, form: str, *, help: str | None = None) -> bool:
    """The submit button of an `st.form`."""
    return st.form_submit_button(
        label, type="primary", key=f"submit {form} {request_id(form)}", help=help
    )


def was_submitted(form: str) -> bool:
    """Whether a form was sent off that is not shown any more, as it was done elsewhere meanwhile.

    `form` is its name or how its name begins.
    """
    return any(
        pressed is True
        for key, pressed in st.session_state.items()
        if str(key).startswith(f"submit {form} ")
    )


def button(
    label: str, form: str, *, primary: bool = False, icon: str | None = None, disabled: bool = False
) -> bool:
    """A button that asks for a deed by itself."""
    return st.button(
        label,
        type="primary" if primary else "secondary",
        key=f"button {form} {request_id(form)}",
        icon=icon,
        disabled=disabled,
    )


def do(visit: Visit, form: str, deed: Callable[[str], T], told: Callable[[T], str]) -> T | None:
    """Do the deed; on success remember what to tell and run again, else say why not."""
    try:
        outcome = deed(request_id(form))
    except ClubError as error:
        visit.refuse(error)
        return None
    st.session_state.pop(f"request {form}", None)
    st.session_state.pop(f"asked {form}", None)
    st.session_state["told"] = told(outcome)
    st.rerun()


def tell() -> None:
    """Show what the last deed brought about; called once a run by the shell."""
    told = st.session_state.pop("told", None)
    if told:
        st.toast(told, icon=":material/check_circle:")
    said = told or st.session_state.pop("told before", None)
    if said:
        st.success(said, icon=":material/check_circle:")
    st.session_state["telling"] = said


def run_anew() -> None:
    """Lay the page out anew because the club moved on; what was just told stays to be read."""
    st.session_state["told before"] = st.session_state.get("telling")
    st.rerun()


def read(visit: Visit, reading: Callable[[], T]) -> T | None:
    """What was typed, or None after saying what is wrong with it; the form keeps its text."""
    try:
        return reading()
    except ClubError as error:
        visit.refuse(error)
        return None


def confirm(
    visit: Visit,
    form: str,
    *,
    title: str,
    restated: list[str],
    act: str,
    deed: Callable[[str], T],
    told: Callable[[T], str],
) -> None:
    """A dialog that restates what cannot be undone; its button says the act."""

    @st.dialog(title)
    def dialog() -> None:
        for line in restated:
            st.markdown(line)
        if button(act, form, primary=True):
            do(visit, form, deed, told)

    dialog()
