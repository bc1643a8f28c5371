"""The people of one organisation: roles, switched off and on, and the links sent to more."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from club.domain.joining import Invitation
from club.domain.organisations import ROLES, Organisation, Person, Role, Standing
from club.i18n import LANGUAGES
from club.operations.joining import invite
from club.operations.organising import Entry, change_roles, switch_off, switch_on
from pages.facilitating import organisation_fields
from pages.parts import forms
from pages.parts.menu import NAMES
from pages.parts.visit import Visit, plain


def show(visit: Visit, entry: Entry) -> None:
    one = entry.organisation
    st.subheader(visit.say("facilitating.organisations.people"))
    if not entry.people:
        st.info(visit.say("facilitating.organisations.nobody_yet"))
    for person in entry.people:
        _person(visit, one, person)
    _waiting(visit, entry)
    if one.standing is Standing.APPROVED:
        _invite(visit, one)


def _person(visit: Visit, one: Organisation, person: Person) -> None:
    roles = "、" if visit.speech.language == "ja" else ", "
    written = roles.join(visit.speech.word(role) for role in sorted(person.roles))
    off = "" if person.is_active else visit.say("facilitating.organisations.is_off")
    with st.expander(f"{plain(person.name)}　{written}　{off}", icon=":material/person:"):
        st.caption(plain(person.email))
        with st.form(f"roles {person.id}", border=False):
            key = f"roles of {person.id}"
            chosen = organisation_fields.roles(visit, one.kind, person.roles, key)
            if forms.submit(
                visit.say("facilitating.organisations.change_roles"), f"roles {person.id}"
            ):
                forms.do(
                    visit,
                    f"roles {person.id}",
                    lambda request_id: change_roles(
                        visit.context,
                        visit.actor,
                        request_id=request_id,
                        person_id=person.id,
                        roles=chosen,
                    ),
                    lambda after: visit.say(
                        "facilitating.organisations.roles_changed", person=after.name
                    ),
                )
        _switch(visit, person)


def _switch(visit: Visit, person: Person) -> None:
    form = f"switch {person.id}"
    if not person.is_active:
        if forms.button(visit.say("facilitating.organisations.switch_on"), form):
            forms.do(
                visit,
                form,
                lambda request_id: switch_on(
                    visit.context, visit.actor, request_id=request_id, person_id=person.id
                ),
                lambda after: visit.say(
                    "facilitating.organisations.switched_on", person=after.name
                ),
            )
        return
    if st.button(
        visit.say("facilitating.organisations.switch_off"),
        key=f"ask {form}",
        icon=":material/person_off:",
    ):
        forms.confirm(
            visit,
            form,
            title=visit.say("facilitating.organisations.switch_off"),
            restated=[visit.say("facilitating.organisations.switches_off", person=person.name)],
            act=visit.say("facilitating.organisations.switch_off_named", person=person.name),
            deed=lambda request_id: switch_off(
                visit.context, visit.actor, request_id=request_id, person_id=person.id
            ),
            told=lambda after: visit.say(
                "facilitating.organisations.switched_off", person=after.name
            ),
        )


def _waiting(visit: Visit, entry: Entry) -> None:
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


def _invite(visit: Visit, one: Organisation) -> None:
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
