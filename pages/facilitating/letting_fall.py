"""A supplier that will not or cannot deliver: the award falls away, and the next best is found."""

from __future__ import annotations

import streamlit as st

from club.domain.falling import BY_HAND, LONGEST_REASON
from club.operations.falling import record_fall
from club.operations.viewing.holdings import Consignment
from pages.parts import forms
from pages.parts.visit import Visit


def ask(visit: Visit, one: Consignment) -> None:
    """The button, and the dialog that restates what follows."""
    if not st.button(
        visit.say("facilitating.fall.ask"),
        key=f"ask fall {one.bought.lot_id}",
        type="tertiary",
        icon=":material/person_off:",
    ):
        return
    form = f"fall {one.bought.lot_id}"
    facts = {"supplier": visit.speech.text(one, "supplier"), "quantity_kg": one.bought.quantity_kg}

    @st.dialog(visit.say("facilitating.fall.title"))
    def dialog() -> None:
        st.markdown(visit.say("facilitating.fall.restated", **facts))
        st.markdown(visit.say("facilitating.fall.then"))
        cause = st.radio(
            visit.say("words.field.cause"),
            sorted(BY_HAND, reverse=True),
            format_func=visit.speech.word,
            key=f"{form} cause",
        )
        reason = st.text_area(
            visit.say("words.field.reason"),
            help=visit.say("facilitating.fall.reason_help"),
            max_chars=LONGEST_REASON,
            key=f"{form} reason",
        )
        if forms.button(visit.say("facilitating.fall.act", **facts), form, primary=True):
            forms.do(
                visit,
                form,
                lambda request_id: record_fall(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    award_id=one.bought.awards[0].id,
                    cause=cause,
                    reason=reason,
                ),
                lambda _: visit.say("facilitating.fall.recorded", **facts),
            )

    dialog()
