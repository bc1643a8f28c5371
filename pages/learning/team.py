"""Team: who of my company holds which pass, until when, and what the open rounds still ask."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from club.operations.viewing.team import Team, TeamPass, TeamPerson, TeamRound, team
from pages.learning.way import long_link
from pages.parts import duties, forms, gate, links, quorum_words
from pages.parts.tables import table
from pages.parts.visit import Visit, plain


def render(visit: Visit) -> None:
    st.title(visit.say("progress.team.title"))
    own = visit.organisation.id
    found = forms.read(visit, lambda: team(visit.context, visit.actor, own))
    if found is None:
        return
    st.markdown(visit.say("progress.team.intro"))
    st.subheader(visit.say("progress.team.rounds"))
    if not found.rounds:
        st.info(visit.say("progress.team.no_rounds"), icon=":material/event_available:")
    for shown in found.rounds:
        with st.container(border=True):
            _round(visit, found, shown)
    _people(visit, found)
    _modules(visit, found)


def _round(visit: Visit, found: Team, shown: TeamRound) -> None:
    round_, standing = shown.round_, shown.standing
    st.markdown(f"**{visit.name(round_)}**")
    if shown.missing:
        st.badge(visit.say("progress.team.lacking"), icon=":material/lock:", color="red")
    elif standing.lacking:
        st.badge(visit.say("progress.team.grace"), icon=":material/handshake:", color="blue")
    else:
        st.badge(visit.say("progress.team.met"), icon=":material/check_circle:", color="green")
    st.caption(quorum_words.asked(visit, round_))
    gate.missing(visit, shown.missing, round_.id, is_on_team=True)
    if standing.indispensable and not standing.has_grace:
        people = visit.speech.say("progress.quorum.joint").join(
            found.name_of(id) for id in standing.indispensable
        )
        told = visit.say("progress.team.fragile", people=people)
        st.warning(told, icon=":material/directions_bus:")
    if standing.breaks_at is not None:
        st.caption(visit.say("progress.team.breaks", breaks_at=standing.breaks_at))
    label = visit.say("learning.to_round", round=visit.speech.name(round_))
    key = f"to round {round_.id}"
    long_link(label, "round", key=key, icon=":material/shopping_basket:", id=round_.id)


def _people(visit: Visit, found: Team) -> None:
    st.subheader(visit.say("progress.team.people"))
    has_duties = any(person.duties for person in found.people)
    rows = [_person_row(visit, person, has_duties=has_duties) for person in found.people]
    exact = [_pass_row(visit, person, one) for person in found.people for one in person.passes]
    table(visit, rows, name="team", csv_rows=exact)
    if not found.may_change_duties:
        st.caption(visit.say("progress.team.duties_by_approvers"))
        return
    with st.expander(visit.say("progress.team.change_duties"), icon=":material/badge:"):
        st.caption(visit.say("progress.team.duties_explained"))
        for person in found.people:
            st.markdown(f"**{plain(person.name)}**")
            duties.form(visit, person_id=person.id, held=person.duties)


def _person_row(visit: Visit, person: TeamPerson, *, has_duties: bool) -> dict[str, object]:
    """Duties have a column where anybody has one."""
    say = visit.speech.say
    held = [one.expires_at for one in person.passes if one.expires_at is not None]
    duties = {say("words.field.duties"): _duties(visit, person)} if has_duties else {}
    return {
        say("progress.name"): person.name,
        **duties,
        say("progress.team.held"): _held(visit, held, len(person.passes)),
    }


def _held(visit: Visit, held: list[datetime], total: int) -> str:
    if not held:
        return visit.speech.say("progress.team.held_of", held=0, total=total)
    until = visit.speech.day(min(held))
    return visit.speech.say("progress.team.held_until_next", held=len(held), total=total, on=until)


def _duties(visit: Visit, person: TeamPerson) -> str:
    joint = visit.speech.say("progress.quorum.joint")
    return joint.join(visit.speech.word(duty) for duty in sorted(person.duties))


def _pass_row(visit: Visit, person: TeamPerson, one: TeamPass) -> dict[str, object]:
    say = visit.speech.say
    return {
        say("progress.name"): person.name,
        say("words.field.duties"): _duties(visit, person),
        say("progress.module"): one.title.in_language(visit.speech.language),
        say("progress.pass_until"): visit.speech.at(one.expires_at) if one.expires_at else "",
        say("progress.lapsed"): visit.speech.at(one.lapsed_at) if one.lapsed_at else "",
    }


def _modules(visit: Visit, found: Team) -> None:
    st.subheader(visit.say("progress.team.modules"))
    rows = [_module_row(visit, found, place) for place in _held_places(found)]
    if rows:
        table(visit, rows, name="team-modules")
        return
    st.info(visit.say("progress.team.no_passes"), icon=":material/school:")
    links.link(visit, "modules", visit.say("learning.to_modules"), icon=":material/school:")


def _held_places(found: Team) -> list[int]:
    """The modules, by their place, on which somebody holds or has held a pass."""
    return [
        place
        for place in range(len(found.people[0].passes))
        if any(p.passes[place].expires_at or p.passes[place].lapsed_at for p in found.people)
    ]


def _module_row(visit: Visit, found: Team, place: int) -> dict[str, object]:
    say, lines = visit.speech.say, []
    for person in found.people:
        one = person.passes[place]
        if one.expires_at is not None:
            until = visit.speech.day(one.expires_at)
            lines.append(say("progress.team.holds", person=person.name, until=until))
        elif one.lapsed_at is not None:
            until = visit.speech.day(one.lapsed_at)
            lines.append(say("progress.team.held_until", person=person.name, until=until))
    title = found.people[0].passes[place].title
    return {
        say("progress.module"): title.in_language(visit.speech.language),
        say("progress.team.held_by"): say("progress.team.between").join(lines),
    }
