"""Naming a round's openers, and who of them is ready."""

from __future__ import annotations

import streamlit as st

from club.domain.openers import NAMING, has_openers
from club.domain.organisations import Role
from club.domain.rounds import Phase, Round
from club.operations.naming import name_openers
from club.operations.viewing.openings import Candidate, Ceremony, candidates, ceremony
from pages.parts import forms, openers
from pages.parts.links import link
from pages.parts.visit import Visit


def show(visit: Visit, round_: Round) -> None:
    """The openers of a round that is sealed by some, and naming them until bidding opens."""
    if not has_openers(round_):
        return
    st.subheader(visit.say("words.field.openers"))
    found = forms.read(visit, lambda: ceremony(visit.context, visit.actor, round_.id))
    if found is None:
        return
    if found.openers:
        openers.rows(visit, found)
    else:
        st.info(visit.say("opening.none_named", needed=found.needed), icon=":material/group_off:")
    if round_.phase is not Phase.DRAFT:
        link(visit, "opening", visit.say("opening.to"), icon=":material/lock_open:", id=round_.id)
    if round_.phase in NAMING and visit.has(Role.FACILITATOR):
        _name(visit, found)


def _name(visit: Visit, found: Ceremony) -> None:
    round_ = found.round_
    people = {one.person.id: one for one in candidates(visit.context, visit.actor, round_.id)}
    named = [row.person.id for row in found.openers if row.person.id in people]
    form = f"openers {round_.id}"
    with st.form(form):
        chosen = st.multiselect(
            visit.say("opening.choose"),
            list(people),
            default=named,
            format_func=lambda id: _label(visit, people[id]),
            placeholder=visit.say("opening.choose_people"),
            help=visit.say("opening.who_may"),
            key=f"{form} {forms.request_id(form)}",
        )
        st.caption(visit.say("opening.choose_help", needed=found.needed))
        if forms.submit(visit.say("opening.act_name"), form):
            forms.do(
                visit,
                form,
                lambda request_id: name_openers(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    round_id=round_.id,
                    person_ids=chosen,
                ),
                lambda done: visit.say("opening.told_named", count=len(done)),
            )


def _label(visit: Visit, one: Candidate) -> str:
    organisation = visit.speech.name(one.organisation)
    return visit.speech.say("opening.person_of", person=one.person.name, organisation=organisation)
