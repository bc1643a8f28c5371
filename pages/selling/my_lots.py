"""My lots: how much of each is free, offered and awarded; adding projects and lots."""

from __future__ import annotations

from collections import defaultdict

import streamlit as st

from club.domain.units import read_kg
from club.operations.cataloguing import change_lot_quantity
from club.operations.viewing.market import MyLot, catalogue, my_awards, my_lots
from pages.parts import forms
from pages.parts.catalogue_forms import lot_form, project_form
from pages.parts.tables import table
from pages.parts.visit import Visit
from pages.selling import ways
from pages.selling.words import lot_name


def render(visit: Visit) -> None:
    st.title(visit.say("menu.my_lots"))
    mine = forms.read(visit, lambda: my_lots(visit.context, visit.actor))
    if mine is None:
        return
    awarded_kg: dict[str, int] = defaultdict(int)
    for _, row in my_awards(visit.context, visit.actor):
        awarded_kg[row.lot.id] += row.award.quantity_kg
    if not mine:
        st.info(visit.say("selling.no_lots"), icon=":material/forest:")
    for lot in mine:
        with st.container(border=True):
            _lot(visit, lot, awarded_kg[lot.lot.id])
    if mine:
        _list(visit, mine, awarded_kg)
    _additions(visit, is_first=not mine)


def _lot(visit: Visit, mine: MyLot, awarded_kg: int) -> None:
    lot = mine.lot
    st.markdown(f"**{lot_name(visit, mine.project, lot)}**")
    amounts = {
        "free": mine.left_kg,
        "bound": _bound_kg(mine, awarded_kg),
        "awarded": awarded_kg,
    }
    with st.container(horizontal=True, gap="small"):
        for name, quantity_kg in amounts.items():
            shown = visit.say(f"selling.{name}", quantity_kg=quantity_kg)
            st.markdown(shown, width="content")
    facts = visit.say("selling.lot_facts", quantity_kg=lot.quantity_kg, unit_kg=lot.unit_kg)
    if lot.deliver_by_on is not None:
        facts += visit.say("selling.deliver_by", deliver_by_on=lot.deliver_by_on)
    st.caption(facts)
    with st.expander(visit.say("selling.change_quantity"), icon=":material/edit:"):
        _change(visit, mine)


def _bound_kg(mine: MyLot, awarded_kg: int) -> int:
    """What stands in sealed offers of open rounds."""
    return max(mine.lot.quantity_kg - mine.left_kg - awarded_kg, 0)


def _change(visit: Visit, mine: MyLot) -> None:
    form = f"change {mine.lot.id}"
    with st.form(f"form {form}", border=False):
        typed = st.text_input(
            visit.say("selling.new_quantity"),
            value=f"{mine.lot.quantity_kg:,} kg",
            key=f"{form} quantity_kg {forms.request_id(form)}",
            help=visit.say("selling.change_help"),
        )
        if not forms.submit(visit.say("selling.change"), form):
            return
    quantity_kg = forms.read(visit, lambda: read_kg(typed, field="quantity_kg"))
    if quantity_kg is None:
        return
    ways.do(
        visit,
        form,
        lambda request_id: change_lot_quantity(
            visit.context,
            visit.actor,
            request_id=request_id,
            lot_id=mine.lot.id,
            quantity_kg=quantity_kg,
        ),
        lambda lot: visit.say("selling.changed", quantity_kg=lot.quantity_kg),
    )


def _list(visit: Visit, mine: tuple[MyLot, ...], awarded_kg: dict[str, int]) -> None:
    rows: list[dict[str, object]] = []
    exact: list[dict[str, object]] = []
    for each in mine:
        lot, won_kg = each.lot, awarded_kg[each.lot.id]
        amounts = {
            "quantity_kg": lot.quantity_kg,
            "free_kg": each.left_kg,
            "bound_kg": _bound_kg(each, won_kg),
            "awarded_kg": won_kg,
        }
        cells: dict[str, object] = {visit.say("selling.lot"): visit.speech.name(each.project)}
        for name, quantity_kg in amounts.items():
            cells[visit.say(f"selling.head.{name}")] = visit.speech.kg(quantity_kg)
        rows.append(cells)
        facts: dict[str, object] = {"lot": lot.id, "vintage": lot.vintage, "unit_kg": lot.unit_kg}
        exact.append(facts | amounts)
    with st.expander(visit.say("selling.as_table"), icon=":material/table:"):
        table(visit, rows, name="my_lots", csv_rows=exact)


def _additions(visit: Visit, *, is_first: bool) -> None:
    st.subheader(visit.say("selling.additions"))
    projects = [row.project for row in catalogue(visit.context, visit.actor)]
    if projects:
        with st.expander(visit.say("selling.add_lot"), icon=":material/add:", expanded=is_first):
            lot_form(visit, "lot", projects=projects, suppliers=[visit.organisation])
    with st.expander(
        visit.say("selling.add_project"),
        icon=":material/add:",
        expanded=is_first and not projects,
    ):
        st.caption(visit.say("selling.add_project_first"))
        project_form(visit, "project")
