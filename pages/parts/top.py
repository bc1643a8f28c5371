"""Back to the top of the page when the same screen shows something else."""

from __future__ import annotations

import streamlit as st

from club.web.headers import TOP_SCRIPT


def start_at_top(place: int | str) -> None:
    """Scroll up once whenever `place` is another than in the run before.

    A place in words is an id of our own, never what a person typed.
    """
    st.html(
        f'<div data-place="{place}"></div><script>{TOP_SCRIPT}</script>',
        unsafe_allow_javascript=True,
    )
