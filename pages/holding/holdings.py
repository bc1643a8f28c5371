"""What my organisation has of each lot, in kilograms, and the retired units behind them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.organisations import Kind
from club.operations.viewing.holdings import Holding, my_certificates, my_holdings
from pages.holding.lines import exact, paper_of, row, vintage
from pages.parts import forms, links
from pages.parts.tables import table
from pages.parts.visit import Visit

MEMBERS_SHOW = ("due_kg", "held_kg", "retired_kg")
CUSTODY_SHOWS = ("held_kg", "unassigned_kg")
"""The club holds nothing for itself but what is left of last units."""


def render(visit: Visit) -> None:
    is_club = visit.actor.kind is Kind.OPERATOR
    st.title(visit.say("holding.custody" if is_club else "menu.holdings"))
    held = forms.read(visit, lambda: my_holdings(visit.context, visit.actor))
    if held is None:
        return
    st.caption(visit.say("holding.custody_explained" if is_club else "holding.explained"))
    if not held:
        empty = "holding.no_custody" if is_club else "holding.no_holdings"
        st.info(visit.say(empty), icon=":material/inventory_2:")
        return
    shown = CUSTODY_SHOWS if is_club else MEMBERS_SHOW
    _totals(visit, held, shown)
    _lots(visit, held, shown)
    if not is_club:
        _units(visit)


def _totals(visit: Visit, held: Sequence[Holding], shown: Sequence[str]) -> None:
    for column, amount in zip(st.columns(len(shown)), shown, strict=True):
        total_kg = sum(getattr(holding, amount) for holding in held)
        column.metric(
            visit.say(f"holding.{amount}"),
            visit.speech.kg(total_kg),
            border=True,
            help=visit.say(f"holding.{amount}_help"),
        )


def _lots(visit: Visit, held: Sequence[Holding], shown: Sequence[str]) -> None:
    """Amounts that no lot has are left out of what is read; the file has them all."""
    st.subheader(visit.say("holding.by_lot"))
    told = [amount for amount in shown if any(getattr(each, amount) for each in held)]
    rows = []
    for holding in held:
        cells: dict[str, object] = {
            visit.say("holding.project"): visit.speech.name(holding.project),
            visit.say("words.field.vintage"): vintage(visit, holding.lot.vintage),
        }
        for amount in told:
            cells[visit.say(f"holding.{amount}")] = visit.speech.kg(getattr(holding, amount))
        rows.append(cells)
    table(visit, rows, name="holdings", csv_rows=[_exact(holding, shown) for holding in held])


def _exact(holding: Holding, shown: Sequence[str]) -> dict[str, object]:
    return {
        "lot": holding.lot.id,
        "project_ja": holding.project.name_ja,
        "project_en": holding.project.name_en,
        "programme": holding.project.programme,
        "vintage": holding.lot.vintage,
    } | {amount: getattr(holding, amount) for amount in shown}


def _units(visit: Visit) -> None:
    """The registry's units by which my kilograms were retired, as the certificates list them."""
    st.subheader(visit.say("holding.units"))
    papers = [paper_of(visit, each) for each in my_certificates(visit.context, visit.actor)]
    lines = [(paper.number, batch) for paper in papers for batch in paper.batches]
    if not lines:
        st.info(visit.say("holding.no_units"), icon=":material/hourglass_empty:")
        return
    st.caption(visit.say("holding.units_explained"))
    table(
        visit,
        [row(visit, number, batch) for number, batch in lines],
        name="retired_units",
        csv_rows=[exact(number, batch) for number, batch in lines],
    )
    links.link(
        visit, "certificates", visit.say("holding.to_certificates"), icon=":material/verified:"
    )
