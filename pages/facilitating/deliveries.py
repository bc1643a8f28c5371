"""After the clearing: awards, their deliveries to accept, and the papers of each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.documents import write_award_note
from club.domain.organisations import Role
from club.domain.retirements import Delivery
from club.domain.rounds import Phase, Round
from club.operations.delivering import accept_delivery, record_delivery, reverse_acceptance
from club.operations.viewing.books import award_note
from club.operations.viewing.holdings import Consignment
from pages.facilitating import retiring
from pages.parts import forms
from pages.parts.visit import Visit


def show(visit: Visit, round_: Round, consignments: Sequence[Consignment]) -> None:
    st.subheader(visit.say("facilitating.deliveries.title"))
    for one in consignments:
        with st.container(border=True):
            _head(visit, one)
            if one.delivery is not None:
                _delivered(visit, one, one.delivery)
            if visit.has(Role.FACILITATOR) and round_.phase is Phase.SETTLING:
                _deeds(visit, round_, one)
            _note(visit, round_, one)


def supplier(visit: Visit, one: Consignment) -> str:
    return one.supplier_ja if visit.speech.language == "ja" else one.supplier_en


def _head(visit: Visit, one: Consignment) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{visit.name(one.project)}**")
        word, icon, color = _state(one)
        st.badge(visit.say(f"facilitating.deliveries.{word}"), icon=icon, color=color)  # type: ignore[arg-type]  # named colours
    st.markdown(
        visit.say(
            "facilitating.deliveries.award",
            supplier=supplier(visit, one),
            quantity_kg=one.award.quantity_kg,
            price_per_t=one.award.price_per_t,
            value_jpy=one.award.value_jpy,
        )
    )


def _state(one: Consignment) -> tuple[str, str, str]:
    """How far an award has come: awaited, delivered, accepted, or retired to the last unit."""
    if one.delivery is None:
        return "awaited", ":material/hourglass_top:", "gray"
    if one.delivery.accepted_at is None:
        return "delivered", ":material/local_shipping:", "orange"
    if one.units_left:
        return "accepted", ":material/inventory_2:", "blue"
    return "retired", ":material/check:", "green"


def _delivered(visit: Visit, one: Consignment, delivery: Delivery) -> None:
    st.markdown(
        visit.say(
            "facilitating.deliveries.serials",
            first=delivery.serials.first_text,
            last=delivery.serials.last_text,
            units=delivery.units,
            unit_kg=delivery.unit_kg,
            custody_kg=delivery.custody_kg,
        )
    )
    for batch in one.batches:
        st.caption(
            visit.say(
                "facilitating.deliveries.batch",
                units=batch.units,
                retired_on=batch.retired_on,
                reference=batch.registry_reference,
                first=batch.serials.first_text,
                last=batch.serials.last_text,
            )
        )


def _deeds(visit: Visit, round_: Round, one: Consignment) -> None:
    delivery = one.delivery
    if delivery is None:
        _take_down(visit, one)
    elif delivery.accepted_at is None:
        _accept(visit, one, delivery)
        _take_down(visit, one)
    else:
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
    facts = {"supplier": supplier(visit, one), "units": delivery.units}
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
            visit.context, visit.actor, request_id=request_id, delivery_id=delivery.id
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
    facts = {"supplier": supplier(visit, one), "units": delivery.units}
    forms.confirm(
        visit,
        f"reverse {delivery.id}",
        title=visit.say("facilitating.deliveries.reverse"),
        restated=[visit.say("facilitating.deliveries.reverses", **facts)],
        act=visit.say("facilitating.deliveries.reverse"),
        deed=lambda request_id: reverse_acceptance(
            visit.context, visit.actor, request_id=request_id, delivery_id=delivery.id
        ),
        told=lambda _: visit.say("facilitating.deliveries.reversed", **facts),
    )


def _take_down(visit: Visit, one: Consignment) -> None:
    """The facilitator may write a delivery down for the supplier, also after its last day."""
    form = f"deliver {one.award.id}"
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
                    award_id=one.award.id,
                    serials=serials,
                    accepts_late=accepts_late,
                ),
                lambda delivery: visit.say(
                    "facilitating.deliveries.recorded", units=delivery.units
                ),
            )


def _note(visit: Visit, round_: Round, one: Consignment) -> None:
    supplier_id = one.award.supplier_id
    st.download_button(
        visit.say("facilitating.deliveries.note"),
        data=lambda: write_award_note(
            award_note(visit.context, visit.actor, round_id=round_.id, supplier_id=supplier_id)
        ),
        file_name=f"award-note-{one.award.id}.pdf",
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        key=f"note {one.award.id}",
        on_click="ignore",
        type="tertiary",
    )
