"""Having the rest of the reasons worked out, with how far it has come; and waiting for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from club.operations.explaining import find_out
from pages.parts import forms
from pages.parts.live import live
from pages.parts.visit import Visit

EVERY = timedelta(seconds=3)


def offer_to(visit: Visit, round_id: str, count: int) -> None:
    """Say of how many offers more can be worked out, with the button that has it done."""
    form = f"find out {round_id}"
    st.caption(visit.say("why.open", count=count))
    if not forms.button(visit.say("why.find_out"), form, icon=":material/search:"):
        return
    bar = st.progress(0.0, text=visit.say("why.finding_out", done=0, total=count))

    def told(done: int, of: int) -> None:
        bar.progress(done / of, text=visit.say("why.finding_out", done=done, total=of))

    forms.do(
        visit,
        form,
        lambda _: find_out(visit.context, visit.actor, round_id, told=told),
        lambda _: visit.say("why.found_out"),
    )
    bar.empty()


def wait_until(visit: Visit, is_there: Callable[[Visit], bool]) -> None:
    """Say that the reasons are being worked out; lay the page out anew once they are there."""

    def tick(fresh: Visit) -> None:
        if is_there(fresh):
            forms.run_anew()
        st.caption(f":material/hourglass_top: {fresh.say('why.waiting')}")

    live(visit, tick, every=EVERY)
