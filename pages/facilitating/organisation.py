"""One organisation: what it is, its standing, its people."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.organisations import Kind, Organisation, Standing
from club.operations.organising import Entry, change_organisation, set_standing
from pages.facilitating import organisation_fields, people
from pages.parts import forms
from pages.parts.links import link
from pages.parts.visit import Visit


def show(visit: Visit, entry: Entry, everyone: Sequence[Organisation]) -> None:
    one = entry.organisation
    link(visit, "organisations", visit.say("menu.organisations"), icon=":material/arrow_back:")
    st.title(visit.name(one))
    _facts(visit, one, everyone)
    _standing(visit, one)
    if one.kind is not Kind.OPERATOR:
        _change(visit, one, everyone)
    people.show(visit, entry)


def _facts(visit: Visit, one: Organisation, everyone: Sequence[Organisation]) -> None:
    names = {other.id: visit.speech.name(other) for other in everyone}
    st.markdown(
        visit.say(
            "facilitating.organisations.facts",
            kind=one.kind,
            standing=one.standing,
            other_name=one.name_en if visit.speech.language == "ja" else one.name_ja,
            since_on=one.created_at.date(),
        )
    )
    if one.kind is Kind.MEMBER:
        sentence = "two_people" if one.needs_approval else "one_person"
        st.caption(visit.say(f"facilitating.organisations.{sentence}"))
    if one.affiliated_with:
        affiliate = names.get(one.affiliated_with, one.affiliated_with)
        st.caption(visit.say("facilitating.organisations.belongs_to", name=affiliate))
    if one.registration_number:
        st.caption(
            visit.say("facilitating.organisations.registered", number=one.registration_number)
        )


def _change(visit: Visit, one: Organisation, everyone: Sequence[Organisation]) -> None:
    form = f"change {one.id}"
    with (
        st.expander(visit.say("facilitating.organisations.change"), icon=":material/edit:"),
        st.form(form, border=False),
    ):
        new = organisation_fields.ask(visit, form, one.kind, everyone, of=one)
        if forms.submit(visit.say("words.save"), form):
            forms.do(
                visit,
                form,
                lambda request_id: change_organisation(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    organisation_id=one.id,
                    new=new,
                ),
                lambda after: visit.say(
                    "facilitating.organisations.changed", name=visit.speech.name(after)
                ),
            )


def _standing(visit: Visit, one: Organisation) -> None:
    if one.kind is Kind.OPERATOR:
        return
    form = f"standing {one.id}"
    if one.standing is not Standing.SUSPENDED and st.button(
        visit.say("facilitating.organisations.suspend"), icon=":material/block:", key="suspend"
    ):
        forms.confirm(
            visit,
            form,
            title=visit.say("facilitating.organisations.suspend"),
            restated=[
                visit.say("facilitating.organisations.suspends", name=visit.speech.name(one))
            ],
            act=visit.say("facilitating.organisations.suspend_named", name=visit.speech.name(one)),
            deed=lambda request_id: _set(visit, request_id, one, Standing.SUSPENDED),
            told=lambda after: _told(visit, after),
        )
    if one.standing is not Standing.APPROVED and forms.button(
        visit.say("facilitating.organisations.approve"), form, primary=True, icon=":material/check:"
    ):
        forms.do(
            visit,
            form,
            lambda request_id: _set(visit, request_id, one, Standing.APPROVED),
            lambda after: _told(visit, after),
        )


def _set(visit: Visit, request_id: str, one: Organisation, standing: Standing) -> Organisation:
    return set_standing(
        visit.context,
        visit.actor,
        request_id=request_id,
        organisation_id=one.id,
        standing=standing,
    )


def _told(visit: Visit, after: Organisation) -> str:
    return visit.say(
        "facilitating.organisations.standing_now",
        name=visit.speech.name(after),
        standing=after.standing,
    )
