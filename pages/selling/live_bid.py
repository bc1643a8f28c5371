"""Bidding in a descending auction: how the lot stands, and the bid."""

from __future__ import annotations

import streamlit as st

from club.domain.errors import ClubError
from club.domain.units import KG_PER_T, read_kg, read_per_t
from club.operations.bidding import BidTerms, place_bid
from club.operations.viewing.live import LiveView, MyLive
from pages.parts import forms
from pages.parts.visit import Visit
from pages.selling import live_floor, quality, ways
from pages.selling.words import lot_name

SIDE_BY_SIDE = 172
"""Two fields beside each other, also on a phone."""


def figures(visit: Visit, _view: LiveView, mine: MyLive) -> list[tuple[str, str]]:
    """My price, my rank, and how many kilograms are in."""
    none_yet = visit.say("live.none_yet")
    bid, place = mine.bid, mine.place
    return [
        (visit.say("live.price"), visit.speech.jpy(bid.price_per_t) if bid else none_yet),
        (visit.say("live.rank"), visit.say("live.rank_of", rank=place.rank) if place else "－"),
        (visit.say("live.in_kg"), visit.speech.kg(place.in_kg) if place else "－"),
    ]


def stand(visit: Visit, view: LiveView, mine: MyLive) -> None:
    """In or out, told by mark and word, and the next price that would help."""
    bid, place = mine.bid, mine.place
    if bid is None or place is None:
        st.badge(visit.say("live.no_bid"), icon=":material/radio_button_unchecked:", color="gray")
        return
    if place.is_wholly_in:
        st.badge(visit.say("live.is_wholly_in"), icon=":material/check_circle:", color="green")
        return
    if place.in_kg:
        facts = {"in_kg": place.in_kg, "quantity_kg": bid.quantity_kg}
        said = visit.speech.say("live.is_partly_in", **facts)
        st.badge(said, icon=":material/pie_chart:", color="blue")
    else:
        st.badge(visit.say("live.is_out"), icon=":material/cancel:", color="gray")
    if mine.helping_per_t is None:
        st.markdown(visit.say("live.helps_not"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(visit.say("live.helps", price_per_t=mine.helping_per_t), width="content")
        _use(visit, view, mine, mine.helping_per_t)


def _use(visit: Visit, view: LiveView, mine: MyLive, price_per_t: int) -> None:
    """A button that types the price that would help."""
    key = _key(view, mine, "price_per_t")

    def type_it() -> None:
        st.session_state[key] = str(price_per_t)

    if st.button(
        visit.say("live.use_price"),
        key=f"use {key}",
        type="tertiary",
        icon=":material/keyboard_tab:",
        on_click=type_it,
    ):
        st.rerun()


def ask(visit: Visit, view: LiveView, mine: MyLive) -> None:
    """The fields, the button, and automatic bids below."""
    bid = mine.bid
    with st.container(horizontal=True):
        price = _line(visit, view, mine, "price_per_t")
        quantity = _line(
            visit, view, mine, "quantity_kg", typed_kg=bid.quantity_kg if bid else None
        )
    answers = {}
    if bid is None:
        criteria = view.round_.auction.criteria
        answers = quality.ask(visit, criteria, _key(view, mine, "answer"))
    pressed = st.button(
        visit.say("live.review"),
        key=f"review {view.round_.id} {mine.lot.id}",
        type="primary",
        icon=":material/gavel:",
        width="stretch",
        disabled=view.pause is not None,
    )
    minimum = _line(
        visit, view, mine, "minimum_kg", typed_kg=(bid.minimum_kg or None) if bid else None
    )
    if pressed:
        try:
            terms = BidTerms(
                quantity_kg=read_kg(quantity, field="quantity_kg"),
                price_per_t=read_per_t(price, field="price_per_t") or 0,
                minimum_kg=read_kg(minimum, field="minimum_kg", optional=True),
                answers=answers,
            )
        except ClubError as error:
            visit.refuse(error)
        else:
            _confirm(visit, view, mine, terms)
    if bid is not None:
        live_floor.ask(visit, view, mine)


def _key(view: LiveView, mine: MyLive, field: str) -> str:
    form = _form(view, mine)
    return f"{form} {field} {forms.request_id(form)}"


def _form(view: LiveView, mine: MyLive) -> str:
    return f"bid {view.round_.id} {mine.lot.id}"


def _line(
    visit: Visit, view: LiveView, mine: MyLive, field: str, *, typed_kg: int | None = None
) -> str:
    key = _key(view, mine, field)
    if typed_kg is not None:
        st.session_state.setdefault(key, visit.speech.kg(typed_kg))
    decrement_per_t = view.round_.auction.decrement_per_t
    return st.text_input(
        visit.say(f"live.field.{field}"),
        placeholder=visit.say(f"live.example.{field}"),
        help=visit.say(f"live.help.{field}", decrement_per_t=decrement_per_t),
        key=key,
        width=SIDE_BY_SIDE,
    )


def _confirm(visit: Visit, view: LiveView, mine: MyLive, terms: BidTerms) -> None:
    """A dialog that says the whole bid back; its button names price and quantity."""
    facts = {"quantity_kg": terms.quantity_kg, "price_per_t": terms.price_per_t}
    form, round_ = _form(view, mine), view.round_

    @st.dialog(visit.say("live.bid_title"))
    def dialog() -> None:
        st.markdown(f"**{lot_name(visit, mine.project, mine.lot)}**")
        value_jpy = terms.quantity_kg * terms.price_per_t // KG_PER_T
        st.markdown(visit.say("live.bid_value", value_jpy=value_jpy, **facts))
        if terms.minimum_kg:
            st.markdown(visit.say("live.at_least", minimum_kg=terms.minimum_kg))
        else:
            st.markdown(visit.say("live.any_part"))
        if mine.bid is None and set(terms.answers) == {each.id for each in round_.auction.criteria}:
            for line in quality.answered(visit, round_.auction.criteria, terms.answers):
                st.markdown(line)
        st.caption(visit.say("live.binding"))
        if forms.button(visit.say("live.bid", **facts), form, primary=True):
            ways.do(
                visit,
                form,
                lambda request_id: place_bid(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    round_id=round_.id,
                    lot_id=mine.lot.id,
                    terms=terms,
                ),
                lambda said: visit.say("live.bid_placed", sequence=said.event.sequence, **facts),
            )

    dialog()
