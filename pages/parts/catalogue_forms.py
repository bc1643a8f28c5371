"""Entering a lot: the same form for suppliers and for those who help them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from club.domain.errors import InputRefused
from club.domain.lots import Label, Lot, LotTerms, Project
from club.domain.organisations import Kind, Organisation
from club.domain.units import read_kg, read_text
from club.operations.cataloguing import add_lot
from pages.parts import forms
from pages.parts.project_forms import project_form
from pages.parts.visit import Visit

__all__ = ["lot_form", "project_form"]

OLDEST_VINTAGE = 1990
NEWEST_VINTAGE = 2100


def lot_form(
    visit: Visit, form: str, *, projects: Sequence[Project], suppliers: Sequence[Organisation]
) -> None:
    """Ask for a lot of one of the projects; one supplier needs no choice."""
    with st.form(form):
        typed = _lot_fields(visit, form, projects, suppliers)
        if not forms.submit(visit.say("catalogue_forms.add_lot"), form):
            return
        terms = forms.read(visit, lambda: _read_lot(typed))
        if terms is not None:

            def told(lot: Lot) -> str:
                return visit.say("catalogue_forms.lot_added", quantity_kg=lot.quantity_kg)

            forms.do(
                visit,
                form,
                lambda request_id: add_lot(
                    visit.context, visit.actor, request_id=request_id, terms=terms
                ),
                told,
            )


def _lot_fields(
    visit: Visit, form: str, projects: Sequence[Project], suppliers: Sequence[Organisation]
) -> dict[str, Any]:
    names = {one.id: visit.speech.name(one) for one in projects}
    names |= {one.id: visit.speech.name(one) for one in suppliers}
    typed: dict[str, Any] = {"supplier_id": suppliers[0].id if len(suppliers) == 1 else None}
    if len(suppliers) != 1:
        typed["supplier_id"] = _choice(visit, form, "supplier_id", options=suppliers, names=names)
    typed["project_id"] = _choice(visit, form, "project_id", options=projects, names=names)
    left, right = st.columns(2)
    typed["quantity_kg"] = left.text_input(
        visit.say("words.field.quantity_kg"),
        key=f"{form} quantity_kg",
        help=visit.say("catalogue_forms.quantity_kg"),
    )
    typed["unit_kg"] = right.text_input(
        visit.say("words.field.unit_kg"),
        value="1 t",
        key=f"{form} unit_kg",
        help=visit.say("catalogue_forms.unit_kg"),
    )
    typed["vintage"] = left.number_input(
        visit.say("words.field.vintage"),
        min_value=OLDEST_VINTAGE,
        max_value=NEWEST_VINTAGE,
        value=None,
        step=1,
        key=f"{form} vintage",
        help=visit.say("catalogue_forms.vintage"),
    )
    typed["deliver_by_on"] = right.date_input(
        visit.say("words.field.deliver_by_on"),
        value=None,
        key=f"{form} deliver_by_on",
        help=visit.say("catalogue_forms.deliver_by_on"),
    )
    typed["labels"] = st.multiselect(
        visit.say("words.field.labels"),
        list(Label),
        format_func=visit.speech.word,
        placeholder=visit.say("words.none"),
        key=f"{form} labels",
        help=visit.say("catalogue_forms.labels"),
    )
    typed["evidence"] = st.text_input(
        visit.say("words.field.evidence"),
        key=f"{form} evidence",
        help=visit.say("catalogue_forms.evidence"),
    )
    typed["is_invented"] = _is_invented(visit, form, suppliers)
    return typed


def _is_invented(visit: Visit, form: str, suppliers: Sequence[Organisation]) -> bool:
    """The office decides it lot by lot; a supplier's lot is as real as the supplier."""
    value = any(one.is_invented for one in suppliers)
    if visit.actor.kind is not Kind.OPERATOR:
        return value
    return st.checkbox(visit.say("words.field.is_invented"), value=value, key=f"{form} is_invented")


def _choice(
    visit: Visit,
    form: str,
    field: str,
    *,
    options: Sequence[Project] | Sequence[Organisation],
    names: dict[str, str],
) -> str | None:
    return st.selectbox(
        visit.say(f"words.field.{field}"),
        [one.id for one in options],
        index=None,
        format_func=names.__getitem__,
        placeholder=visit.say("catalogue_forms.choose"),
        key=f"{form} {field}",
    )


def _read_lot(typed: dict[str, Any]) -> LotTerms:
    for field in ("supplier_id", "project_id"):
        if typed[field] is None:
            raise InputRefused("missing", field=field)
    return LotTerms(
        project_id=typed["project_id"],
        supplier_id=typed["supplier_id"],
        vintage=typed["vintage"],
        quantity_kg=read_kg(typed["quantity_kg"], field="quantity_kg"),
        unit_kg=read_kg(typed["unit_kg"], field="unit_kg"),
        evidence=read_text(typed["evidence"], field="evidence", longest=500, optional=True) or None,
        deliver_by_on=typed["deliver_by_on"],
        labels=frozenset(typed["labels"]),
        is_invented=typed["is_invented"],
    )
