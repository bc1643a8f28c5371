"""What is asked of an organisation that comes in, and the roles of its people."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.organisations import ROLES, Kind, Organisation, Role
from club.operations.organising import NewOrganisation
from pages.parts.visit import Visit


def ask(
    visit: Visit, form: str, kind: Kind, known: Sequence[Organisation], *, name: str = ""
) -> NewOrganisation:
    """Ask what the club writes down of an organisation that comes in."""
    left, right = st.columns(2)
    name_ja = left.text_input(visit.say("words.field.name_ja"), value=name, key=f"{form} name_ja")
    name_en = right.text_input(visit.say("words.field.name_en"), value=name, key=f"{form} name_en")
    names = {one.id: visit.speech.name(one) for one in known if one.kind is not Kind.OPERATOR}
    affiliated = left.selectbox(
        visit.say("words.field.affiliated_with"),
        [None, *names],
        format_func=lambda key: names[key] if key else visit.say("words.none"),
        help=visit.say("facilitating.organisations.affiliated_help"),
        key=f"{form} affiliated",
    )
    registration = right.text_input(
        visit.say("words.field.registration_number"),
        placeholder="T1234567890123",
        key=f"{form} registration",
    )
    needs_approval = st.checkbox(
        visit.say("words.field.needs_approval"),
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
