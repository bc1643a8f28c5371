"""All organisations of the club, one of them with its people, and who asks to come in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.organisations import Kind, Organisation, Standing
from club.operations.organising import Entry, add_organisation, everybody
from pages.facilitating import organisation, organisation_fields, requests
from pages.parts import forms
from pages.parts.links import link
from pages.parts.tables import table
from pages.parts.visit import Visit

COMING_IN = (Kind.MEMBER, Kind.SUPPLIER)
LOOK = {
    Standing.REQUESTED: ("orange", ":material/hourglass_top:"),
    Standing.APPROVED: ("green", ":material/check:"),
    Standing.SUSPENDED: ("red", ":material/block:"),
}


def render(visit: Visit) -> None:
    entries = forms.read(visit, lambda: everybody(visit.context, visit.actor))
    if entries is None:
        return
    wanted = st.query_params.get("id")
    chosen = [entry for entry in entries if entry.organisation.id == wanted]
    if chosen:
        organisation.show(visit, chosen[0], [entry.organisation for entry in entries])
        return
    st.title(visit.say("menu.organisations"))
    requests.show(visit, [entry.organisation for entry in entries])
    _add(visit, [entry.organisation for entry in entries])
    _list(visit, entries)


def _list(visit: Visit, entries: Sequence[Entry]) -> None:
    st.subheader(visit.say("facilitating.organisations.all"))
    kind = st.segmented_control(
        visit.say("words.field.kind"), list(Kind), format_func=visit.speech.word, key="kind shown"
    )
    shown = [entry for entry in entries if kind in {None, entry.organisation.kind}]
    if not shown:
        st.info(visit.say("facilitating.organisations.none"))
    for entry in shown:
        _line(visit, entry)
    if shown:
        with st.expander(visit.say("facilitating.as_table"), icon=":material/table:"):
            table(visit, [_row(visit, entry) for entry in shown], name="organisations")


def _line(visit: Visit, entry: Entry) -> None:
    one = entry.organisation
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        link(visit, "organisations", visit.name(one), icon=":material/apartment:", id=one.id)
        color, icon = LOOK[one.standing]
        st.badge(visit.speech.word(one.standing), icon=icon, color=color)  # type: ignore[arg-type]  # named colours
        active = sum(person.is_active for person in entry.people)
        st.caption(visit.say("facilitating.organisations.people_of", kind=one.kind, count=active))


def _row(visit: Visit, entry: Entry) -> dict[str, object]:
    one = entry.organisation
    return {
        visit.say("words.field.organisation_name"): visit.speech.name(one),
        visit.say("words.field.kind"): visit.speech.word(one.kind),
        visit.say("words.field.standing"): visit.speech.word(one.standing),
        visit.say("facilitating.organisations.people"): len(entry.people),
        visit.say("words.field.needs_approval"): visit.say(
            "words.yes" if one.needs_approval else "words.no"
        ),
        visit.say("words.field.registration_number"): one.registration_number or "",
    }


def _add(visit: Visit, known: Sequence[Organisation]) -> None:
    with (
        st.expander(visit.say("facilitating.organisations.add"), icon=":material/add_business:"),
        st.form("add organisation", border=False),
    ):
        kind = st.radio(
            visit.say("words.field.kind"),
            COMING_IN,
            format_func=visit.speech.word,
            horizontal=True,
            key="new kind",
        )
        new = organisation_fields.ask(visit, "add organisation", kind, known)
        if forms.submit(visit.say("facilitating.organisations.add"), "add organisation"):
            forms.do(
                visit,
                "add organisation",
                lambda request_id: add_organisation(
                    visit.context, visit.actor, new, request_id=request_id
                ),
                lambda added: visit.say(
                    "facilitating.organisations.added", name=visit.speech.name(added)
                ),
            )
