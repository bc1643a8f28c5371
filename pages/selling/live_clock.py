"""Taking part in a clock auction: the price now, and the quantity for sale at it."""

from __future__ import annotations

import streamlit as st

from club.domain.units import read_kg
from club.operations.bidding import confirm_quantity
from club.operations.viewing.live import LiveView, MyLive
from pages.parts import forms
from pages.parts.visit import Visit
from pages.selling.words import lot_name


def figures(visit: Visit, view: LiveView, mine: MyLive) -> list[tuple[str, str]]:
    """The price now, what I confirmed at it, and the most I may."""
    confirmed = mine.confirmed_kg
    none_yet = visit.say("live.none_yet")
    return [
        (visit.say("live.clock_price"), visit.speech.jpy(view.price_per_t or 0)),
        (
            visit.say("live.my_confirmed"),
            none_yet if confirmed is None else visit.speech.kg(confirmed),
        ),
        (visit.say("live.most"), visit.speech.kg(mine.most_kg)),
    ]


def stand(visit: Visit, _view: LiveView, mine: MyLive) -> None:
    """Whether something is still to be said at this price, by mark and word."""
    if mine.most_kg == 0:
        st.badge(visit.say("live.clock_left"), icon=":material/logout:", color="gray")
    elif mine.confirmed_kg is None:
        st.badge(visit.say("live.clock_due"), icon=":material/pending:", color="orange")
    else:
        st.badge(visit.say("live.clock_done"), icon=":material/check_circle:", color="green")


def ask(visit: Visit, view: LiveView, mine: MyLive) -> None:
    """One field and the button, which names the price."""
    step_per_t = view.round_.auction.clock_step_per_t
    if mine.most_kg:
        form = _form(view, mine)
        # What is typed outlives the price: it may well be said again at the next.
        key = f"confirm {view.round_.id} {mine.lot.id} quantity_kg"
        st.session_state.setdefault(key, visit.speech.kg(mine.most_kg))
        typed = st.text_input(
            visit.say("live.field.confirm_kg"), help=visit.say("live.help.confirm_kg"), key=key
        )
        if st.button(
            visit.say("live.confirm", price_per_t=view.price_per_t),
            key=f"review {form}",
            type="primary",
            icon=":material/gavel:",
            width="stretch",
            disabled=view.pause is not None,
        ):
            quantity_kg = forms.read(visit, lambda: _read(typed))
            if quantity_kg is not None:
                _confirm(visit, view, mine, quantity_kg)
    st.caption(visit.say("live.clock_help", clock_step_per_t=step_per_t))


def _form(view: LiveView, mine: MyLive) -> str:
    return f"confirm {view.round_.id} {mine.lot.id} {view.price_per_t}"


def _read(typed: str) -> int:
    return read_kg(typed, field="quantity_kg", optional=bool(typed.strip()))


def _confirm(visit: Visit, view: LiveView, mine: MyLive, quantity_kg: int) -> None:
    """A dialog that says quantity and price back; if the price moves, nothing is taken."""
    price_per_t = view.price_per_t or 0
    facts = {"quantity_kg": quantity_kg, "price_per_t": price_per_t}
    says = "live.confirm_says" if quantity_kg else "live.confirm_leaves"
    forms.confirm(
        visit,
        _form(view, mine),
        title=visit.say("live.confirm_title"),
        restated=[
            f"**{lot_name(visit, mine.project, mine.lot)}**",
            visit.say(says, **facts),
        ],
        act=visit.say("live.confirm_act" if quantity_kg else "live.leave_act", **facts),
        deed=lambda request_id: confirm_quantity(
            visit.context,
            visit.actor,
            request_id=request_id,
            round_id=view.round_.id,
            lot_id=mine.lot.id,
            quantity_kg=quantity_kg,
            price_per_t=price_per_t,
        ),
        told=lambda said: visit.say("live.confirmed", sequence=said.event.sequence, **facts),
    )
