"""Automatic bids: a floor down to which the system bids for a lot, set and stopped."""

from __future__ import annotations

import streamlit as st

from club.domain.units import read_per_t
from club.operations.bidding import set_proxy, withdraw_proxy
from club.operations.viewing.live import LiveView, MyLive
from pages.parts import forms
from pages.parts.visit import Visit
from pages.selling.words import lot_name


def ask(visit: Visit, view: LiveView, mine: MyLive) -> None:
    """A floor down to which the system bids: shown to its owner, set and stopped."""
    form = f"floor {view.round_.id} {mine.lot.id}"
    with st.expander(visit.say("live.proxy"), icon=":material/smart_toy:"):
        st.caption(visit.say("live.proxy_help"))
        if mine.floor_per_t is not None:
            st.markdown(visit.say("live.proxy_is", floor_per_t=mine.floor_per_t))
        typed = st.text_input(
            visit.say("live.field.floor_per_t"),
            placeholder=visit.say("live.example.floor_per_t"),
            help=visit.say("live.help.floor_per_t"),
            key=f"{form} {forms.request_id(form)}",
        )
        with st.container(horizontal=True):
            if st.button(visit.say("live.proxy_review"), key=f"review {form}"):
                floor = forms.read(visit, lambda: read_per_t(typed, field="floor_per_t"))
                if floor is not None:
                    _confirm_floor(visit, view, mine, floor)
            if mine.floor_per_t is not None and st.button(
                visit.say("live.proxy_stop"), key=f"ask stop {form}", type="tertiary"
            ):
                _confirm_stop(visit, view, mine)


def _confirm_floor(visit: Visit, view: LiveView, mine: MyLive, floor_per_t: int) -> None:
    facts = {"floor_per_t": floor_per_t}
    forms.confirm(
        visit,
        f"floor {view.round_.id} {mine.lot.id}",
        title=visit.say("live.proxy_title"),
        restated=[
            f"**{lot_name(visit, mine.project, mine.lot)}**",
            visit.say("live.proxy_says", **facts),
        ],
        act=visit.say("live.proxy_act", **facts),
        deed=lambda request_id: set_proxy(
            visit.context,
            visit.actor,
            request_id=request_id,
            round_id=view.round_.id,
            lot_id=mine.lot.id,
            floor_per_t=floor_per_t,
        ),
        told=lambda said: visit.say("live.proxy_set", sequence=said.event.sequence, **facts),
    )


def _confirm_stop(visit: Visit, view: LiveView, mine: MyLive) -> None:
    forms.confirm(
        visit,
        f"stop {view.round_.id} {mine.lot.id}",
        title=visit.say("live.proxy_stop_title"),
        restated=[visit.say("live.proxy_stop_says")],
        act=visit.say("live.proxy_stop"),
        deed=lambda request_id: withdraw_proxy(
            visit.context,
            visit.actor,
            request_id=request_id,
            round_id=view.round_.id,
            lot_id=mine.lot.id,
        ),
        told=lambda said: visit.say("live.proxy_stopped", sequence=said.event.sequence),
    )
