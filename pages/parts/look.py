"""The look that the theme cannot give: the height of the head, the language of the page."""

from __future__ import annotations

import streamlit as st

_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 2.6rem; max-width: 74rem; }
[data-testid="stSidebarHeader"] { height: 2.2rem; }
[data-testid="stMetricValue"] { font-size: 1.55rem; }
@media (max-width: 640px) { [data-testid="stMainBlockContainer"] { padding-top: 3.2rem; } }
</style>"""


def dress(language: str) -> None:
    """Style once a run, and tell screen readers which language the page is in."""
    st.html(_STYLE)
    st.html(
        f'<script>document.documentElement.lang="{language}"</script>',
        unsafe_allow_javascript=True,
    )
