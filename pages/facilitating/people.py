"""The people of one organisation: their roles, switched off and on."""

from __future__ import annotations

import streamlit as st

from club.domain.organisations import Kind, Organisation, Person, Standing
from club.operations.organising import Entry, change_roles, switch_off, switch_on
from pages.facilitating import invitations, organisation_fields
from pages.parts import duties, forms, sign_outs
from pages.parts.visit import Visit, plain


def show(visit: Visit, entry: Entry) -> None:
    one = entry.organisation
    st.subheader(visit.say("facilitating.organisations.people"))
    if not entry.people:
        st.info(visit.say("facilitating.organisations.nobody_yet"))
    for person in entry.people:
        _person(visit, one, person)
    invitations.waiting(visit, entry)
    if one.standing is Standing.APPROVED:
        invitations.invite_form(visit, one)


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
        if one.kind is Kind.MEMBER:
            duties.form(visit, person_id=person.id, held=person.duties)
        with st.container(horizontal=True):
            _switch(visit, person)
            sign_outs.everywhere(visit, person)


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
