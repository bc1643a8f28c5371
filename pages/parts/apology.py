"""One apology with a reference; the log gets the whole story."""

from __future__ import annotations

import secrets

import streamlit as st

from club.logs import log
from pages.parts.arrival import speech


def apologise(error: Exception) -> bool:
    """Tell the person a reference instead of a trace."""
    reference = secrets.token_hex(4)
    log("screen").error("script_failed", reference=reference, exc_info=error)
    st.error(speech().say("errors.apology", reference=reference), icon=":material/error:")
    return True
