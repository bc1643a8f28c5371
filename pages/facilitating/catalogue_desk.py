"""Projects and lots, entered for suppliers who cannot do so themselves."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.organisations import Kind, Standing
from club.operations.organising import everybody
from club.operations.viewing.market import CatalogueRow, LotRow, catalogue
from pages.parts import forms
from pages.parts.catalogue_forms import lot_form, project_form
from pages.parts.programmes import programme
from pages.parts.tables import table
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    st.title(visit.say("menu.catalogue_desk"))
    st.caption(visit.say("facilitating.catalogue.explained"))
    rows = forms.read(visit, lambda: catalogue(visit.context, visit.actor))
    entries = forms.read(visit, lambda: everybody(visit.context, visit.actor))
    if rows is None or entries is None:
        return
    suppliers = [
        entry.organisation
        for entry in entries
        if entry.organisation.kind is Kind.SUPPLIER
        and entry.organisation.standing is Standing.APPROVED
    ]
    with st.expander(visit.say("catalogue_forms.add_project"), icon=":material/forest:"):
        project_form(visit, "new project")
    with st.expander(visit.say("catalogue_forms.add_lot"), icon=":material/inventory_2:"):
        if suppliers and rows:
            projects = [row.project for row in rows]
            lot_form(visit, "new lot", projects=projects, suppliers=suppliers)
        else:
            st.info(visit.say("facilitating.catalogue.needs_both"))
    _list(visit, rows)


def _list(visit: Visit, rows: Sequence[CatalogueRow]) -> None:
    st.subheader(visit.say("facilitating.catalogue.all"))
    if not rows:
        st.info(visit.say("facilitating.catalogue.none"))
        return
    table(
        visit,
        [line for row in rows for line in _lines(visit, row)],
        name="catalogue",
    )


def _lines(visit: Visit, row: CatalogueRow) -> list[dict[str, object]]:
    """A line for each lot, or one for a project that has none yet."""
    lots: list[LotRow | None] = list(row.lots) or [None]
    return [_line(visit, row, lot) for lot in lots]


def _line(visit: Visit, row: CatalogueRow, lot: LotRow | None) -> dict[str, object]:
    speech, project = visit.speech, row.project
    vintage = str(lot.lot.vintage) if lot and lot.lot.vintage else visit.say("words.not_stated")
    return {
        visit.say("facilitating.catalogue.project"): speech.name(project),
        visit.say("words.field.programme"): programme(visit, project.programme),
        visit.say("words.field.registry_number"): project.registry_number or "",
        visit.say("words.field.category"): speech.word(project.category),
        visit.say("words.kind.supplier"): speech.name(lot.supplier) if lot else "",
        visit.say("words.field.vintage"): vintage if lot else "",
        visit.say("words.field.quantity_kg"): speech.kg(lot.lot.quantity_kg) if lot else "",
    }
