"""One project: its story, its facts with their source, its lots, and who bought them when."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.lots import Project
from club.operations.viewing.market import LotRow, Sale, project_card
from pages.market.facts import labels, place, vintage, web_address
from pages.parts import forms, links
from pages.parts.programmes import programme
from pages.parts.tables import table
from pages.parts.visit import Visit, plain


def render(visit: Visit) -> None:
    links.link(visit, "catalogue", visit.say("market.to_catalogue"), icon=":material/arrow_back:")
    project_id = st.query_params.get("id", "")
    card = forms.read(visit, lambda: project_card(visit.context, visit.actor, project_id))
    if card is None:
        return
    project = card.row.project
    st.title(visit.name(project))
    with st.container(horizontal=True, gap="small"):
        st.badge(visit.speech.word(project.category), color="blue")
        st.badge(visit.say("market.mechanism", mechanism=project.mechanism), color="gray")
        st.badge(visit.say("market.basis", basis=project.basis), color="gray")
    left, right = st.columns([3, 2], gap="large")
    with left:
        _story(visit, project)
    with right, st.container(border=True):
        _facts(visit, project)
    _lots(visit, card.row.lots)
    _sales(visit, card.sales)


def _story(visit: Visit, project: Project) -> None:
    story = visit.text(project, "story")
    if story:
        st.markdown(story)
    else:
        st.caption(visit.say("market.no_story"))
    address = web_address(project)
    facts = {"source": project.source, "read_on": project.source_read_on}
    st.caption(visit.say("market.source", **facts))
    if address is not None:
        st.link_button(visit.say("market.open_source"), address, icon=":material/open_in_new:")


def _facts(visit: Visit, project: Project) -> None:
    unstated = visit.say("words.not_stated")
    facts = {
        "programme": plain(programme(visit, project.programme)),
        "registry_number": plain(project.registry_number or "") or unstated,
        "country": plain(place(visit, project)),
        "methodology": plain(project.methodology or "") or unstated,
        "rating": plain(project.rating or "") or unstated,
    }
    for field, fact in facts.items():
        label = visit.say(f"words.field.{field}")
        st.markdown(visit.speech.say("market.fact", label=label, fact=fact))


def _lots(visit: Visit, lots: Sequence[LotRow]) -> None:
    st.subheader(visit.say("market.lots"))
    if not lots:
        st.info(visit.say("market.no_lots"), icon=":material/inventory_2:")
        return
    say = visit.speech.say
    has_labels = any(each.lot.labels for each in lots)
    has_evidence = any(each.lot.evidence for each in lots)
    rows = []
    for each in lots:
        row: dict[str, object] = {
            say("words.field.vintage"): vintage(visit, each.lot),
            say("words.field.quantity_kg"): visit.speech.kg(each.lot.quantity_kg),
            say("words.field.unit_kg"): visit.speech.kg(each.lot.unit_kg),
            say("words.field.supplier_id"): visit.speech.name(each.supplier),
        }
        if has_labels:
            row[say("words.field.labels")] = labels(visit, each.lot)
        if has_evidence:
            row[say("words.field.evidence")] = each.lot.evidence or ""
        rows.append(row)
    table(visit, rows, name="lots", csv_rows=[_exact_lot(each) for each in lots])
    if any(each.lot.is_invented for each in lots):
        st.caption(visit.say("words.invented"))


def _exact_lot(each: LotRow) -> dict[str, object]:
    return {
        "lot": each.lot.id,
        "vintage": each.lot.vintage,
        "quantity_kg": each.lot.quantity_kg,
        "unit_kg": each.lot.unit_kg,
        "supplier_ja": each.supplier.name_ja,
        "supplier_en": each.supplier.name_en,
        "labels": " ".join(sorted(each.lot.labels)),
        "evidence": each.lot.evidence,
        "is_invented": each.lot.is_invented,
    }


def _sales(visit: Visit, sales: Sequence[Sale]) -> None:
    """What anybody may read in the record of each round."""
    st.subheader(visit.say("market.sales"))
    if not sales:
        st.info(visit.say("market.no_sales"), icon=":material/receipt_long:")
        return
    say = visit.speech.say
    rows: list[dict[str, object]] = []
    exact: list[dict[str, object]] = []
    for sale in sales:
        award = sale.row.award
        rows.append(
            {
                say("market.round"): visit.speech.name(sale.round_),
                say("words.field.vintage"): vintage(visit, sale.row.lot),
                say("market.bought"): visit.speech.kg(award.quantity_kg),
                say("words.field.price_per_t"): visit.speech.per_t(award.price_per_t),
                say("words.field.supplier_id"): visit.speech.text(sale.row, "supplier"),
            }
        )
        exact.append(
            {
                "round": sale.round_.id,
                "vintage": sale.row.lot.vintage,
                "quantity_kg": award.quantity_kg,
                "price_per_t": award.price_per_t,
            }
        )
    table(visit, rows, name="bought", csv_rows=exact)
