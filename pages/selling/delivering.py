"""Recording the serials by which an award is delivered, and how far the delivery has come."""

from __future__ import annotations

import streamlit as st

from club.domain.errors import ClubError
from club.domain.serials import read_serials
from club.operations.delivering import record_delivery
from club.operations.viewing.holdings import Consignment
from pages.parts import forms
from pages.parts.visit import Visit

BADGES = {
    "in_question": (":material/help:", "gray"),
    "fell": (":material/block:", "gray"),
    "due": (":material/local_shipping:", "orange"),
    "delivered": (":material/hourglass_top:", "blue"),
    "accepted": (":material/check_circle:", "green"),
    "retired": (":material/verified:", "green"),
}
WAITING = {"awards_in_question": "in_question", "award_falling": "fell"}
"""Why nothing is to be delivered now, in a word."""
EXAMPLE_PREFIX, EXAMPLE_FIRST = "JCR-000123-", 1001


def code(consignment: Consignment) -> str:
    if consignment.delivery is None:
        return WAITING.get(consignment.waits_for or "", "due")
    if consignment.delivery.accepted_at is None:
        return "delivered"
    return "retired" if consignment.units_left == 0 else "accepted"


def state(visit: Visit, consignment: Consignment) -> str:
    return visit.speech.say(f"selling.state.{code(consignment)}")


def badge(visit: Visit, consignment: Consignment) -> None:
    icon, colour = BADGES[code(consignment)]
    st.badge(state(visit, consignment), icon=icon, color=colour)  # type: ignore[arg-type]  # one of Streamlit's colours


def show(visit: Visit, consignment: Consignment) -> None:
    """The range as recorded, and while it is not accepted the form to record or correct it."""
    delivery = consignment.delivery
    if delivery is None:
        _form(visit, consignment, "")
        return
    recorded = f"{delivery.serials.first_text} – {delivery.serials.last_text}"
    st.markdown(
        visit.say("selling.delivered", serials=recorded, delivered_at=delivery.delivered_at)
    )
    if delivery.accepted_at is not None:
        st.markdown(visit.say("selling.accepted", accepted_at=delivery.accepted_at))
        return
    with st.expander(visit.say("selling.correct_delivery"), icon=":material/edit:"):
        typed = f"{delivery.serials.first_text} ~ {delivery.serials.last_text}"
        _form(visit, consignment, typed)


def _form(visit: Visit, consignment: Consignment, value: str) -> None:
    form = f"deliver {consignment.bought.awards[0].id}"
    due = consignment.units_due
    example = f"{EXAMPLE_PREFIX}{EXAMPLE_FIRST} ~ {EXAMPLE_FIRST + due - 1}"
    serials = st.text_input(
        visit.say("words.field.serials"),
        value=value,
        placeholder=example,
        help=visit.say("selling.serials_help", example=example),
        key=f"{form} serials {forms.request_id(form)}",
    )
    st.caption(_count(visit, serials, due))
    if forms.button(visit.say("selling.record_delivery", count=due), form, primary=not value):
        forms.do(
            visit,
            form,
            lambda request_id: record_delivery(
                visit.context,
                visit.actor,
                request_id=request_id,
                award_id=consignment.bought.awards[0].id,
                serials=serials,
            ),
            lambda delivery: visit.say("selling.delivery_recorded", count=delivery.units),
        )


def _count(visit: Visit, serials: str, due: int) -> str:
    """How many units the typed range has, always one line, so that the button stays in place."""
    try:
        given = read_serials(serials).units
    except ClubError:
        return visit.say("selling.units_to_give", count=due)
    return visit.say("selling.units_given", given=given, count=due)
