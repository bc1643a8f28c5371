"""What a person answers for at work: chosen and saved."""

from __future__ import annotations

import streamlit as st

from club.domain.organisations import Duty
from club.operations.duties import change_duties
from pages.parts import forms
from pages.parts.visit import Visit


def form(visit: Visit, *, person_id: str, held: frozenset[Duty]) -> None:
    key = f"duties {person_id}"
    with st.form(key, border=False):
        chosen = st.multiselect(
            visit.say("words.field.duties"),
            list(Duty),
            default=[duty for duty in Duty if duty in held],
            format_func=visit.speech.word,
            key=f"{key} chosen",
            placeholder=visit.say("words.none"),
        )
        if forms.submit(visit.say("facilitating.organisations.change_duties"), key):
            forms.do(
                visit,
                key,
                lambda request_id: change_duties(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    person_id=person_id,
                    duties=chosen,
                ),
                lambda after: visit.say(
                    "facilitating.organisations.duties_changed", person=after.name
                ),
            )
