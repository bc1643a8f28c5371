"""What can be done with a delivery: write it down, accept it, take that back, retire it."""

from __future__ import annotations

import streamlit as st

from club.domain.retirements import Delivery
from club.domain.rounds import Round
from club.operations.delivering import accept_delivery, record_delivery, reverse_acceptance
from club.operations.viewing.holdings import Consignment
from pages.facilitating import letting_fall, retiring
from pages.parts import forms
from pages.parts.visit import Visit


def show(visit: Visit, round_: Round, one: Consignment) -> None:
    delivery = one.delivery
    if delivery is not None and delivery.accepted_at is not None:
        _accepted(visit, round_, one, delivery)
        return
    if one.waits_for is not None:
        st.caption(visit.say(f"errors.{one.waits_for}"))
    else:
        if delivery is not None:
            _accept(visit, one, delivery)
        _take_down(visit, one)
    if one.waits_for != "award_falling":
        letting_fall.ask(visit, one)


def _accepted(visit: Visit, round_: Round, one: Consignment, delivery: Delivery) -> None:
    if not one.batches:
        _reverse(visit, one, delivery)
    if one.units_left:
        retiring.ask(visit, round_, one, delivery)


def _accept(visit: Visit, one: Consignment, delivery: Delivery) -> None:
    if not st.button(
        visit.say("facilitating.deliveries.accept"),
        key=f"ask accept {delivery.id}",
        type="primary",
        icon=":material/inventory:",
    ):
        return
    facts = {"supplier": visit.speech.text(one, "supplier"), "units": delivery.units}
    forms.confirm(
        visit,
        f"accept {delivery.id}",
        title=visit.say("facilitating.deliveries.accept"),
        restated=[
            visit.say("facilitating.deliveries.accepts", **facts),
            visit.say(
                "facilitating.deliveries.range",
                first=delivery.serials.first_text,
                last=delivery.serials.last_text,
            ),
        ],
        act=visit.say("facilitating.deliveries.accept_units", units=delivery.units),
        deed=lambda request_id: accept_delivery(
            visit.context,
            visit.actor,
            request_id=request_id,
            delivery_id=delivery.id,
            serials=delivery.serials,
        ),
        told=lambda _: visit.say("facilitating.deliveries.accepted_now", **facts),
    )


def _reverse(visit: Visit, one: Consignment, delivery: Delivery) -> None:
    if not st.button(
        visit.say("facilitating.deliveries.reverse"),
        key=f"ask reverse {delivery.id}",
        type="tertiary",
        icon=":material/undo:",
    ):
        return
    facts = {"supplier": visit.speech.text(one, "supplier"), "units": delivery.units}
    forms.confirm(
        visit,
        f"reverse {delivery.id}",
        title=visit.say("facilitating.deliveries.reverse"),
        restated=[visit.say("facilitating.deliveries.reverses", **facts)],
        act=visit.say("facilitating.deliveries.reverse_units", units=delivery.units),
        deed=lambda request_id: reverse_acceptance(
            visit.context, visit.actor, request_id=request_id, delivery_id=delivery.id
        ),
        told=lambda _: visit.say("facilitating.deliveries.reversed", **facts),
    )


def _take_down(visit: Visit, one: Consignment) -> None:
    """The facilitator may write a delivery down for the supplier, also after its last day."""
    form = f"deliver {one.bought.awards[0].id}"
    with (
        st.expander(visit.say("facilitating.deliveries.record"), icon=":material/edit:"),
        st.form(form, border=False),
    ):
        serials = st.text_input(
            visit.say("words.field.serials"),
            key=f"{form} serials",
            help=visit.say("facilitating.deliveries.serials_help", units=one.units_due),
        )
        accepts_late = st.checkbox(
            visit.say("facilitating.deliveries.accepts_late"), key=f"{form} late"
        )
        if forms.submit(visit.say("facilitating.deliveries.record_act"), form):
            forms.do(
                visit,
                form,
                lambda request_id: record_delivery(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    award_id=one.bought.awards[0].id,
                    serials=serials,
                    accepts_late=accepts_late,
                ),
                lambda delivery: visit.say(
                    "facilitating.deliveries.recorded", units=delivery.units
                ),
            )
