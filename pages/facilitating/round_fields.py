"""The terms of a round, field by field, as the facilitator types them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from club.domain.organisations import Duty
from club.domain.rounds import Round, WhenShort
from pages.facilitating import round_inputs as inputs
from pages.facilitating.round_reading import DATES
from pages.parts.instants import instant
from pages.parts.visit import Visit

Typed = dict[str, Any]
MOST_OF_A_DUTY = 9
PAIRS = (
    ("goal_kg", "minimum_kg"),
    ("member_minimum_kg", "member_maximum_kg"),
    ("maximum_kg", "step_kg"),
)


def ask(visit: Visit, form: str, draft: Round | None) -> Typed:
    """Every field, filled from the draft; for a new round with what is usual, or empty."""
    typed = _names(visit, form, draft)
    typed |= _quantities(visit, form, draft)
    typed |= _money(visit, form, draft)
    typed |= _dates(visit, form, draft)
    return typed | _requirements(visit, form, draft)


def _names(visit: Visit, form: str, draft: Round | None) -> Typed:
    st.subheader(visit.say("facilitating.form.names"))
    typed: Typed = {}
    left, right = st.columns(2)
    for column, language in ((left, "ja"), (right, "en")):
        with column:
            for stem, ask_for in (("name", inputs.line), ("purpose", inputs.text)):
                field = f"{stem}_{language}"
                typed[field] = ask_for(visit, form, field, getattr(draft, field, ""))
    typed["is_invented"] = st.checkbox(
        visit.say("words.field.is_invented"),
        value=draft.is_invented if draft else False,
        key=f"{form} is_invented",
        help=visit.say("facilitating.form.is_invented"),
    )
    return typed


def _quantities(visit: Visit, form: str, draft: Round | None) -> Typed:
    st.subheader(visit.say("facilitating.form.quantities"))
    st.caption(visit.say("facilitating.form.how_to_type"))
    typed: Typed = {}
    for pair in PAIRS:
        for column, field in zip(st.columns(2), pair, strict=True):
            usual = "100" if field == "step_kg" else ""
            with column:
                typed[field] = inputs.line(
                    visit, form, field, inputs.figure(draft, field, usual), example="placeholder_kg"
                )
    return typed


def _money(visit: Visit, form: str, draft: Round | None) -> Typed:
    st.subheader(visit.say("facilitating.form.money"))
    typed: Typed = {}
    left, right = st.columns(2)
    with left:
        ceiling = inputs.figure(draft, "ceiling_per_t", "")
        typed["ceiling_per_t"] = inputs.line(
            visit, form, "ceiling_per_t", ceiling, example="placeholder_per_t"
        )
        typed["tax_percent"] = inputs.count(
            visit, form, "tax_percent", draft, usual=10, least=0, most=100
        )
    with right:
        fee = inputs.figure(draft, "fee_per_t", "0")
        typed["fee_per_t"] = inputs.line(visit, form, "fee_per_t", fee)
        typed["payment_days"] = inputs.count(visit, form, "payment_days", draft, usual=30)
    return typed


def _dates(visit: Visit, form: str, draft: Round | None) -> Typed:
    st.subheader(visit.say("facilitating.form.dates"))
    st.caption(visit.say("facilitating.form.zone", zone=visit.speech.time_zone))
    typed: Typed = {}
    for column, field in zip(st.columns(3), DATES, strict=True):
        with column:
            typed[field] = instant(
                visit,
                visit.say(f"words.field.{field}"),
                key=f"{form} {field}",
                value=getattr(draft, field) if draft else inputs.usual(visit, field),
                help=visit.say(f"facilitating.form.{field}"),
            )
    left, right = st.columns(2)
    with left:
        typed["when_short"] = st.radio(
            visit.say("words.field.when_short"),
            list(WhenShort),
            index=list(WhenShort).index(draft.when_short) if draft else 0,
            format_func=visit.speech.word,
            key=f"{form} when_short",
            help=visit.say("facilitating.form.when_short"),
        )
    with right:
        typed["prolong_days"] = inputs.count(visit, form, "prolong_days", draft, usual=7)
    return typed


def _requirements(visit: Visit, form: str, draft: Round | None) -> Typed:
    st.subheader(visit.say("facilitating.form.requirements"))
    modules = visit.context.modules
    known = sorted(draft.required_modules & modules.keys()) if draft else []
    required = st.multiselect(
        visit.say("words.field.required_modules"),
        list(modules),
        default=known,
        format_func=lambda module_id: modules[module_id].title.in_language(visit.speech.language),
        placeholder=visit.say("facilitating.form.no_modules"),
        key=f"{form} required_modules",
        help=visit.say("facilitating.form.required_modules"),
    )
    quorum = inputs.count(visit, form, "quorum", draft, usual=1)
    return {
        "required_modules": required,
        "quorum": quorum,
        "people_by_duty": _duties(visit, form, draft),
        "grants_grace": st.checkbox(
            visit.say("words.field.grants_grace"),
            value=draft.grants_grace if draft else False,
            key=f"{form} grants_grace",
            help=visit.say("facilitating.form.grants_grace"),
        ),
    }


def _duties(visit: Visit, form: str, draft: Round | None) -> dict[Duty, int]:
    """How many of those people must answer for what; 0 asks for nobody."""
    wanted = dict(draft.people_by_duty) if draft else {}
    st.markdown(visit.say("words.field.people_by_duty"))
    with st.container(horizontal=True):
        return {
            duty: st.number_input(
                visit.speech.word(duty),
                min_value=0,
                max_value=MOST_OF_A_DUTY,
                value=wanted.get(duty, 0),
                step=1,
                key=f"{form} {duty}",
                help=visit.say("facilitating.form.people_by_duty"),
                width=150,
            )
            for duty in Duty
        }
