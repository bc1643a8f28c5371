"""Entering a project: the same form for suppliers and for those who help them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from club.domain.errors import InputRefused
from club.domain.lots import PREFECTURES, Basis, Category, Mechanism, ProjectTerms
from club.domain.units import read_text
from club.operations.cataloguing import add_project
from pages.parts import countries, forms
from pages.parts.countries import prefecture
from pages.parts.visit import Visit

LONGEST_STORY = 2_000


def project_form(visit: Visit, form: str) -> None:
    """Ask for a project, enter it, and tell; the form keeps what was typed when it is refused."""
    with st.form(form):
        typed = _project_fields(visit, form)
        if not forms.submit(visit.say("catalogue_forms.add_project"), form):
            return
        terms = forms.read(visit, lambda: _read_project(typed))
        if terms is not None:
            forms.do(
                visit,
                form,
                lambda request_id: add_project(
                    visit.context, visit.actor, request_id=request_id, terms=terms
                ),
                lambda project: visit.say(
                    "catalogue_forms.project_added", project=visit.speech.name(project)
                ),
            )


def _project_fields(visit: Visit, form: str) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for pair in (("name_ja", "name_en"), ("programme", "registry_number")):
        typed |= _pair(visit, form, pair)
    choices = (("category", Category), ("mechanism", Mechanism), ("basis", Basis))
    for column, (field, words) in zip(st.columns(3), choices, strict=True):
        members = list(words)
        typed[field] = column.selectbox(
            visit.say(f"words.field.{field}"),
            members,
            index=len(members) - 1,
            format_func=visit.speech.word,
            key=f"{form} {field}",
        )
    left, right = st.columns(2)
    typed["country"] = left.selectbox(
        visit.say("words.field.country"),
        countries.codes(visit),
        format_func=partial(countries.country, visit),
        key=f"{form} country",
    )
    typed["methodology"] = right.text_input(
        visit.say("words.field.methodology"), key=f"{form} methodology"
    )
    typed |= _pair(visit, form, ("region_ja", "region_en"))
    typed |= _prefecture_and_rating(visit, form)
    for column, field in zip(st.columns(2), ("story_ja", "story_en"), strict=True):
        typed[field] = column.text_area(
            visit.say(f"words.field.{field}"), key=f"{form} {field}", height=110
        )
    typed |= _pair(visit, form, ("source", "source_url"))
    typed["source_read_on"] = st.date_input(
        visit.say("words.field.source_read_on"),
        value=visit.context.now().date(),
        key=f"{form} source_read_on",
    )
    st.caption(visit.say("catalogue_forms.never_guess"))
    return typed


def _prefecture_and_rating(visit: Visit, form: str) -> dict[str, Any]:
    left, right = st.columns(2)
    return {
        "prefecture": left.selectbox(
            visit.say("words.field.prefecture"),
            PREFECTURES,
            index=None,
            format_func=partial(prefecture, visit),
            placeholder=visit.say("words.not_stated"),
            key=f"{form} prefecture",
            help=visit.say("catalogue_forms.prefecture"),
        ),
        "rating": right.text_input(
            visit.say("words.field.rating"),
            key=f"{form} rating",
            help=visit.say("catalogue_forms.rating"),
        ),
    }


def _pair(visit: Visit, form: str, pair: tuple[str, str]) -> dict[str, Any]:
    helped = {"programme", "registry_number", "source"}
    return {
        field: column.text_input(
            visit.say(f"words.field.{field}"),
            key=f"{form} {field}",
            help=visit.say(f"catalogue_forms.{field}") if field in helped else None,
        )
        for column, field in zip(st.columns(2), pair, strict=True)
    }


def _read_project(typed: dict[str, Any]) -> ProjectTerms:
    read_on = typed["source_read_on"]
    if not isinstance(read_on, date):
        raise InputRefused("missing", field="source_read_on")

    def maybe(field: str, longest: int = 200) -> str:
        return read_text(typed[field], field=field, longest=longest, optional=True)

    return ProjectTerms(
        name_ja=read_text(typed["name_ja"], field="name_ja"),
        name_en=read_text(typed["name_en"], field="name_en"),
        programme=read_text(typed["programme"], field="programme"),
        registry_number=maybe("registry_number") or None,
        country=typed["country"],
        region_ja=maybe("region_ja"),
        region_en=maybe("region_en"),
        prefecture=typed["prefecture"],
        category=typed["category"],
        mechanism=typed["mechanism"],
        basis=typed["basis"],
        methodology=maybe("methodology") or None,
        rating=maybe("rating", 100) or None,
        story_ja=maybe("story_ja", LONGEST_STORY),
        story_en=maybe("story_en", LONGEST_STORY),
        source=read_text(typed["source"], field="source", longest=300),
        source_url=maybe("source_url", 500) or None,
        source_read_on=read_on,
    )
