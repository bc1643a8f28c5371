"""Parts of a page that refresh by themselves and ask at every tick who is looking.

A fragment's rerun does not run the shell, so the person is read afresh here: signed out,
switched off or too long signed in, the page ends at its next tick.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from pages.parts.arrival import arrive
from pages.parts.visit import Visit

WATCH = timedelta(seconds=10)


def live(visit: Visit, render: Callable[[Visit], None], *, every: timedelta | None) -> None:
    """Run `render` now and then again every so often; None stops the clock."""

    @st.fragment(run_every=every)
    def ticking() -> None:
        fresh = arrive(visit.context)
        if not isinstance(fresh, Visit):
            st.rerun()
        render(fresh)

    ticking()


def watch(visit: Visit) -> None:
    """On every page: who has been shown out does not keep what is on the screen."""
    live(visit, lambda _fresh: None, every=WATCH)
