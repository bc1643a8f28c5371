"""Who is looking: read from the sign-in and the database at every run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from club.i18n import Speech, choose
from club.operations.context import Context, process_context
from club.operations.signing_in import Known, Nobody, Stranger, who
from pages.parts.visit import Visit


def claims() -> Mapping[str, Any] | None:
    """What the identity provider said, or None."""
    return st.user.to_dict() if st.user.get("is_logged_in") else None


def arrive(context: Context) -> Visit | Stranger | Nobody:
    """The visit of a known person; else a stranger, or nobody."""
    provider = context.settings.provider
    visitor = who(context, claims(), issuer=provider.issuer if provider else None)
    if not isinstance(visitor, Known):
        return visitor
    return Visit(
        context=context,
        speech=speech(visitor.person.language),
        actor=visitor.actor,
        person=visitor.person,
        organisation=visitor.organisation,
    )


def speech(saved: str | None = None) -> Speech:
    """The chosen language, then the saved one, then the browser's; the browser's time zone."""
    chosen = st.session_state.get("language")
    zone = st.context.timezone or process_context().settings.time_zone
    return Speech(choose(chosen, saved, st.context.locale), zone)
