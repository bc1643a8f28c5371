"""Two live parts that show nothing, with the intervals of the two on the club's round page."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st


@st.fragment(run_every=timedelta(seconds=5))
def standing() -> None:
    """The round page's own live part, without a round."""


@st.fragment(run_every=timedelta(seconds=10))
def watch() -> None:
    """What every page carries, with nobody to watch."""


standing()
watch()
