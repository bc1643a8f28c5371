"""The catalogue: search it, narrow it down, look at it as cards or as a table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.operations.viewing.market import CatalogueRow, LotRow, catalogue
from pages.market import filters
from pages.market.facts import exact_row, place, shorten, table_row
from pages.market.picking import narrow, put_in_order
from pages.parts import forms, links
from pages.parts.tables import table
from pages.parts.top import start_at_top
from pages.parts.visit import Visit

IN_A_ROW = 3
ON_A_PAGE = 12
LONGEST_SOURCE = 36
"""Letters of the source on a card; the project's own page has all of it."""
CARDS, TABLE = "cards", "table"


def render(visit: Visit) -> None:
    st.title(visit.say("menu.catalogue"))
    words = filters.words(visit)
    every = forms.read(visit, lambda: catalogue(visit.context, visit.actor))
    if every is None:
        return
    if not every:
        st.info(visit.say("market.empty"), icon=":material/forest:")
        return
    wanted, order = filters.ask(visit, every)
    found = catalogue(visit.context, visit.actor, words) if words.strip() else every
    form = _form(visit)
    language = visit.speech.language
    rows = put_in_order(narrow(found, wanted, language), order, language)
    if not rows:
        st.info(visit.say("market.nothing_found"), icon=":material/search_off:")
        return
    st.caption(visit.say("market.found", count=len(rows)))
    if form == TABLE:
        _table(visit, rows)
    else:
        _cards(visit, rows)


def _form(visit: Visit) -> str:
    chosen = st.segmented_control(
        visit.say("market.form"),
        [CARDS, TABLE],
        default=CARDS,
        format_func=lambda form: visit.say(f"market.form.{form}"),
        key="catalogue form",
        label_visibility="collapsed",
    )
    return chosen or CARDS


def _cards(visit: Visit, rows: Sequence[CatalogueRow]) -> None:
    pages = -(-len(rows) // ON_A_PAGE)
    page = min(st.session_state.get("catalogue page", 1), pages)
    shown = rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    for start in range(0, len(shown), IN_A_ROW):
        columns = st.columns(IN_A_ROW)
        for column, row in zip(columns, shown[start : start + IN_A_ROW], strict=False):
            with column.container(border=True, height="stretch"):
                _card(visit, row)
    start_at_top(page)
    if pages > 1:
        st.pagination(pages, key="catalogue page")


def _card(visit: Visit, row: CatalogueRow) -> None:
    project = row.project
    st.markdown(f"**{visit.name(project)}**")
    with st.container(horizontal=True, gap="small"):
        st.badge(visit.speech.word(project.category), color="blue")
        st.badge(visit.say("market.mechanism", mechanism=project.mechanism), color="gray")
    st.markdown(visit.say("market.card", programme=project.programme, place=place(visit, project)))
    for each in row.lots:
        st.markdown(_lot(visit, each))
    if not row.lots:
        st.caption(visit.say("market.card_no_lot"))
    source = shorten(project.source, LONGEST_SOURCE)
    st.caption(visit.say("market.source", source=source, read_on=project.source_read_on))
    links.link(
        visit,
        "project",
        visit.say("market.to_project"),
        icon=":material/arrow_forward:",
        id=project.id,
    )


def _lot(visit: Visit, each: LotRow) -> str:
    facts: dict[str, object] = {
        "quantity_kg": each.lot.quantity_kg,
        "unit_kg": each.lot.unit_kg,
        "supplier": visit.speech.name(each.supplier),
    }
    if each.lot.vintage is None:
        return visit.say("market.card_lot_unstated", **facts)
    return visit.say("market.card_lot", vintage=str(each.lot.vintage), **facts)


def _table(visit: Visit, rows: Sequence[CatalogueRow]) -> None:
    lines = [(row, each) for row in rows for each in (row.lots or (None,))]
    table(
        visit,
        [table_row(visit, row, each) for row, each in lines],
        name="catalogue",
        csv_rows=[exact_row(row, each) for row, each in lines],
    )
