"""Signing a person out of every browser at once, after asking."""

from __future__ import annotations

import streamlit as st

from club.domain.organisations import Person
from club.operations.signing_in import end_all_sign_ins
from pages.parts import forms
from pages.parts.visit import Visit


def everywhere(visit: Visit, person: Person) -> None:
    """A button for oneself, or for somebody else as a facilitator."""
    form = f"sign out {person.id}"
    title = visit.say("menu.sign_out_everywhere")
    if st.button(title, key=f"ask {form}", icon=":material/devices:", type="tertiary"):
        forms.confirm(
            visit,
            form,
            title=title,
            restated=[visit.say("menu.signs_out_everywhere", person=person.name)],
            act=visit.say("menu.sign_out_named", person=person.name),
            deed=lambda _: end_all_sign_ins(visit.context, visit.actor, person.id),
            told=lambda _: visit.say("menu.signed_out_everywhere", person=person.name),
        )
