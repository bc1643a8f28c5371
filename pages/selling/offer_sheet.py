"""Offering several lots at once by a sheet: download it filled with one's lots, upload it again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from auctions.envelopes import OfferTerms
from auctions.scoring import Criterion
from club.documents.sheets import read_sheet, write_excel
from club.domain import offer_sheet as rules
from club.domain.offer_sheet import LotOffer, Sheet
from club.domain.offers import require_terms
from club.i18n.speech import LANGUAGES, Speech
from club.operations.offering import Receipt, place_offers
from club.operations.viewing.market import MyLot
from club.operations.viewing.rounds import RoundPage
from pages.parts import forms
from pages.parts.tables import as_csv, table
from pages.parts.visit import Visit, plain
from pages.selling import offer_terms, quality, ways
from pages.selling.words import lot_label

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(visit: Visit, page: RoundPage, mine: Sequence[MyLot]) -> None:
    with st.expander(visit.say("selling.sheet.title"), icon=":material/table_view:"):
        st.markdown(visit.say("selling.sheet.explained"))
        _templates(visit, page, mine)
        form = f"sheet {page.row.round_.id}"
        upload = st.file_uploader(
            visit.say("selling.sheet.upload"),
            type=["xlsx", "csv"],
            key=f"{form} file {forms.request_id(form)}",
            help=visit.say("selling.sheet.upload_help"),
        )
        if upload is None:
            return
        sheet = forms.read(visit, lambda: _read(page, mine, upload.getvalue()))
        if sheet is None:
            return
        if sheet.errors:
            _wrong(visit, sheet)
        else:
            _offered(visit, page, mine, sheet)


def heads(criteria: Sequence[Criterion], language: str) -> list[str]:
    speech = Speech(language)
    fixed = [speech.say(f"selling.sheet.column.{column}") for column in rules.FIXED]
    return [*fixed, *(speech.name(criterion) for criterion in criteria)]


def _templates(visit: Visit, page: RoundPage, mine: Sequence[MyLot]) -> None:
    """The sheet with one's lots that have something left, one row each."""
    round_ = page.row.round_
    columns = heads(round_.auction.criteria, visit.speech.language)
    rows = [
        [
            each.lot.id,
            visit.speech.name(each.project),
            each.lot.vintage,
            each.left_kg,
            *[None] * (len(columns) - rules.QUANTITY),
        ]
        for each in mine
        if each.left_kg
    ]
    with st.container(horizontal=True):
        st.download_button(
            visit.say("selling.sheet.excel"),
            data=lambda: write_excel(columns, rows),
            file_name=f"offers-{round_.id}.xlsx",
            mime=EXCEL,
            icon=":material/download:",
            key=f"template excel {round_.id}",
            on_click="ignore",
        )
        st.download_button(
            visit.say("selling.sheet.csv"),
            data=lambda: as_csv([dict(zip(columns, row, strict=True)) for row in rows]),
            file_name=f"offers-{round_.id}.csv",
            mime="text/csv",
            icon=":material/download:",
            key=f"template csv {round_.id}",
            on_click="ignore",
            type="tertiary",
        )


def _read(page: RoundPage, mine: Sequence[MyLot], content: bytes) -> Sheet:
    round_ = page.row.round_
    criteria = round_.auction.criteria
    known = [heads(criteria, language) for language in LANGUAGES]
    by_id = {each.lot.id: each for each in mine}

    def require(lot_id: str, terms: OfferTerms) -> None:
        each = by_id[lot_id]
        elsewhere_kg = each.lot.quantity_kg - each.left_kg
        require_terms(round_, each.lot, terms, elsewhere_kg=elsewhere_kg, at=page.now)

    return rules.read(
        read_sheet(content, most_rows=1 + rules.MOST_ROWS, most_columns=len(known[0])),
        heads=known,
        lot_ids=list(by_id),
        criteria=criteria,
        require=require,
    )


def _wrong(visit: Visit, sheet: Sheet) -> None:
    """Everything that is wrong at once, by cell."""
    count = len(sheet.errors)
    st.error(visit.say("selling.sheet.wrong", count=count), icon=":material/block:")
    head, problem = (visit.say(f"selling.sheet.{word}") for word in ("cell", "problem"))
    rows = [{head: each.cell, problem: _told(visit, each)} for each in sheet.errors]
    table(visit, rows, name="errors")


def _told(visit: Visit, each: rules.CellError) -> str:
    """The refusal without its field: the cell says where."""
    facts = {name: fact for name, fact in each.error.facts.items() if name != "field"}
    return visit.speech.say(f"errors.{each.error.code}", **facts)


def _offered(visit: Visit, page: RoundPage, mine: Sequence[MyLot], sheet: Sheet) -> None:
    by_id = {each.lot.id: each for each in mine}
    lines = [line for each in sheet.offers for line in _restated(visit, page, by_id, each)]
    with st.container(border=True, gap="small"):
        for line in lines:
            st.markdown(line)
    label = visit.say("selling.sheet.review", count=len(sheet.offers))
    if st.button(label, key="review sheet", type="primary", icon=":material/lock:"):
        _confirm(visit, page, lines, sheet.offers)


def _restated(visit: Visit, page: RoundPage, by_id: dict[str, MyLot], each: LotOffer) -> list[str]:
    """One lot's offer said back, as the form says it."""
    mine = by_id[each.lot_id]
    criteria = page.row.round_.auction.criteria
    lines = [f"**{plain(lot_label(visit, mine.project, mine.lot))}**"]
    lines += offer_terms.value(visit, each.terms)
    if criteria:
        lines.append(quality.worth(visit, criteria, each.terms))
    lines.append(offer_terms.minimum(visit, each.terms))
    if mine.standing is not None:
        lines.append(visit.say("selling.seal_replaces", sequence=mine.standing.sequence))
    return lines


def _confirm(
    visit: Visit, page: RoundPage, lines: Sequence[str], offers: Sequence[LotOffer]
) -> None:
    """The last look: every offer once more, then all are sealed in one act."""
    round_ = page.row.round_
    form = f"sheet {round_.id}"
    count = len(offers)

    def told(receipts: list[Receipt]) -> str:
        numbers = sorted(receipt.sequence for receipt in receipts)
        facts = {"first": numbers[0], "last": numbers[-1]}
        return visit.say("selling.sheet.sealed", count=count, **facts)

    @st.dialog(visit.say("selling.seal_title"))
    def dialog() -> None:
        for line in lines:
            st.markdown(line)
        st.caption(visit.say("selling.binding", closes_at=round_.bidding_closes_at))
        if forms.button(visit.say("selling.sheet.seal", count=count), form, primary=True):
            ways.do(
                visit,
                form,
                lambda request_id: place_offers(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    round_id=round_.id,
                    offered=offers,
                ),
                told,
            )

    dialog()
