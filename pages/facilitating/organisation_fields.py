"""What is asked of an organisation that comes in, and the roles of its people."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.organisations import ROLES, Kind, Organisation, Role
from club.operations.organising import NewOrganisation
from pages.parts.visit import Visit


def ask(
    visit: Visit,
    form: str,
    kind: Kind,
    known: Sequence[Organisation],
    *,
    name: str = "",
    of: Organisation | None = None,
) -> NewOrganisation:
    """Ask what the club writes down of an organisation; filled from `of` where it is known."""
    left, right = st.columns(2)
    name_ja = left.text_input(
        visit.say("words.field.name_ja"), value=of.name_ja if of else name, key=f"{form} name_ja"
    )
    name_en = right.text_input(
        visit.say("words.field.name_en"), value=of.name_en if of else name, key=f"{form} name_en"
    )
    names = {
        one.id: visit.speech.name(one)
        for one in known
        if one.kind is not Kind.OPERATOR and (of is None or one.id != of.id)
    }
    choices = [None, *names]
    affiliated = left.selectbox(
        visit.say("words.field.affiliated_with"),
        choices,
        index=choices.index(of.affiliated_with) if of and of.affiliated_with in names else 0,
        format_func=lambda key: names[key] if key else visit.say("words.none"),
        help=visit.say("facilitating.organisations.affiliated_help"),
        key=f"{form} affiliated",
    )
    registration = right.text_input(
        visit.say("words.field.registration_number"),
        value=(of.registration_number or "") if of else "",
        placeholder="T1234567890123",
        key=f"{form} registration",
    )
    needs_approval = st.checkbox(
        visit.say("words.field.needs_approval"),
        value=of.needs_approval if of else False,
        help=visit.say("facilitating.organisations.needs_approval_help"),
        key=f"{form} needs_approval",
    )
    return NewOrganisation(
        kind=kind,
        name_ja=name_ja,
        name_en=name_en,
        needs_approval=needs_approval and kind is Kind.MEMBER,
        affiliated_with=affiliated,
        registration_number=registration or None,
    )


def roles(visit: Visit, kind: Kind, held: frozenset[Role], key: str) -> list[Role]:
    return st.multiselect(
        visit.say("words.field.roles"),
        sorted(ROLES[kind]),
        default=sorted(held & ROLES[kind]),
        format_func=visit.speech.word,
        key=key,
    )
