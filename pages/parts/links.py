"""Going from one screen to another: paths and ids, never state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts.visit import Visit

_KEY = "pages by path"


def remember(pages: Mapping[str, list[Any]]) -> None:
    """Called once a run by the shell: the pages this person may open, by path."""
    st.session_state[_KEY] = {
        page.url_path or "home": page for group in pages.values() for page in group
    }


def link(_visit: Visit, path: str, label: str, *, icon: str | None = None, **query: str) -> None:
    """A link to a screen; a screen that is not this person's gives plain text instead."""
    page = st.session_state.get(_KEY, {}).get(path)
    if page is None:
        st.markdown(label)
    else:
        st.page_link(page, label=label, icon=icon, query_params=query or None)


def can_open(path: str) -> bool:
    return path in st.session_state.get(_KEY, {})


def go(path: str, **query: str) -> None:
    """Leave for another screen at once."""
    page = st.session_state.get(_KEY, {}).get(path)
    if page is not None:
        st.switch_page(page, query_params=query or None)
