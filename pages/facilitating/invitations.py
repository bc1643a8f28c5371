"""The links sent to people who are not in yet, and sending one more."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from club.domain.joining import Invitation
from club.domain.organisations import ROLES, Organisation, Role
from club.i18n import LANGUAGES
from club.operations.joining import invite
from club.operations.organising import Entry
from pages.facilitating import organisation_fields
from pages.parts import forms
from pages.parts.menu import NAMES
from pages.parts.visit import Visit


def waiting(visit: Visit, entry: Entry) -> None:
    addresses = {person.email for person in entry.people}
    open_ = {i.email: i for i in entry.invitations if i.used_at is None}
    for invitation in open_.values():
        if invitation.email in addresses:
            continue
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                visit.say(
                    "facilitating.organisations.invited",
                    email=invitation.email,
                    expires_at=invitation.expires_at,
                )
            )
            form = f"resend {invitation.token_hash[:12]}"
            if forms.button(visit.say("facilitating.organisations.resend"), form):
                _send(
                    visit,
                    form,
                    entry.organisation,
                    email=invitation.email,
                    roles=invitation.roles,
                )


def invite_form(visit: Visit, one: Organisation) -> None:
    form = f"invite {one.id}"
    st.subheader(visit.say("facilitating.organisations.invite"))
    with st.form(form):
        email = st.text_input(visit.say("words.field.email"), type="email", key=f"{form} email")
        chosen = organisation_fields.roles(visit, one.kind, ROLES[one.kind], f"{form} roles")
        language = st.radio(
            visit.say("words.field.language"),
            LANGUAGES,
            format_func=NAMES.__getitem__,
            horizontal=True,
            key=f"{form} language",
        )
        if forms.submit(visit.say("facilitating.organisations.send"), form):
            _send(visit, form, one, email=email or "", roles=chosen, language=language)


def _send(
    visit: Visit,
    form: str,
    one: Organisation,
    *,
    email: str,
    roles: Iterable[Role],
    language: str = LANGUAGES[0],
) -> None:
    def told(invitation: Invitation) -> str:
        return visit.say(
            "facilitating.organisations.sent",
            email=invitation.email,
            expires_at=invitation.expires_at,
        )

    forms.do(
        visit,
        form,
        lambda request_id: invite(
            visit.context,
            visit.actor,
            request_id=request_id,
            organisation_id=one.id,
            email=email,
            roles=roles,
            language=language,
        ),
        told,
    )
