"""After the clearing: awards, their deliveries to accept, and the papers of each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.documents import write_award_note
from club.domain.organisations import Role
from club.domain.retirements import Delivery
from club.domain.rounds import Phase, Round
from club.operations.viewing.books import award_note
from club.operations.viewing.holdings import Consignment
from pages.facilitating import accepting
from pages.parts.visit import Visit


def show(visit: Visit, round_: Round, consignments: Sequence[Consignment]) -> None:
    st.subheader(visit.say("facilitating.deliveries.title"))
    for one in consignments:
        with st.container(border=True):
            _head(visit, one)
            if one.delivery is not None:
                _delivered(visit, one, one.delivery)
            if visit.has(Role.FACILITATOR) and round_.phase is Phase.SETTLING:
                accepting.show(visit, round_, one)
            _note(visit, round_, one)


def _head(visit: Visit, one: Consignment) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{visit.name(one.project)}**")
        word, icon, color = _state(one)
        st.badge(visit.say(f"facilitating.deliveries.{word}"), icon=icon, color=color)  # type: ignore[arg-type]  # named colours
    for award in one.bought.awards:
        st.markdown(
            visit.say(
                "facilitating.deliveries.award",
                supplier=visit.speech.text(one, "supplier"),
                quantity_kg=award.quantity_kg,
                price_per_t=award.price_per_t,
                value_jpy=award.value_jpy,
            )
        )


def _state(one: Consignment) -> tuple[str, str, str]:
    """How far an award has come: awaited, delivered, accepted, or retired to the last unit."""
    if one.waits_for is not None:
        return "in_question", ":material/help:", "orange"
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


def _note(visit: Visit, round_: Round, one: Consignment) -> None:
    supplier_id = one.bought.supplier_id
    if one.waits_for is not None:
        return
    st.download_button(
        visit.say("facilitating.deliveries.note"),
        data=lambda: write_award_note(
            award_note(visit.context, visit.actor, round_id=round_.id, supplier_id=supplier_id)
        ),
        file_name=f"award-note-{one.bought.lot_id}.pdf",
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        key=f"note {one.bought.lot_id}",
        on_click="ignore",
        type="tertiary",
    )
