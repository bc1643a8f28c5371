"""The participation terms, and accepting them for one's organisation."""

from __future__ import annotations

import streamlit as st

from club.domain import terms
from club.domain.organisations import Kind, Role
from club.operations.joining import accept_terms, terms_text
from club.operations.viewing.home import has_accepted_terms
from pages.parts import forms
from pages.parts.visit import Visit

MAY_ACCEPT = (Role.BUYER, Role.APPROVER, Role.SELLER)


def render(visit: Visit) -> None:
    version = terms.in_force(visit.context.now().date())
    st.title(visit.say("terms.title"))
    st.caption(
        visit.say("terms.version", version=version.version, effective_on=version.effective_on)
    )
    if visit.actor.kind is not Kind.OPERATOR:
        _acceptance(visit, version.version)
    _title, _, text = terms_text(version.version, visit.speech.language).partition("\n")
    st.markdown(text)  # the page has its title already


def _acceptance(visit: Visit, version: str) -> None:
    if has_accepted_terms(visit.context, visit.actor):
        st.success(visit.say("terms.accepted"), icon=":material/check_circle:")
        return
    st.warning(visit.say("terms.not_accepted"), icon=":material/gavel:")
    organisation = visit.speech.name(visit.organisation)
    if not visit.has(*MAY_ACCEPT):
        return
    if forms.button(visit.say("terms.accept", organisation=organisation), "terms", primary=True):
        forms.do(
            visit,
            "terms",
            lambda request_id: accept_terms(
                visit.context, visit.actor, request_id=request_id, version=version
            ),
            lambda _: visit.say("terms.told", organisation=organisation),
        )
