"""My organisation's invoices, as a list and as papers."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from club.documents import InvoicePaper, write_invoice
from club.domain.invoices import Invoice
from club.domain.organisations import Actor
from club.operations.context import Context
from club.operations.viewing.books import credit_note_paper, invoice_paper, my_invoices
from pages.parts.invoice_rows import exact
from pages.parts.tables import table
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    st.title(visit.say("buying.invoices.title"))
    invoices = my_invoices(visit.context, visit.actor)
    if not invoices:
        st.info(visit.say("buying.invoices.empty"), icon=":material/receipt_long:")
        return
    for invoice in invoices:
        with st.container(border=True):
            _invoice(visit, invoice)
    st.subheader(visit.say("buying.invoices.all"))
    table(
        visit,
        [_shown(visit, invoice) for invoice in invoices],
        name="invoices",
        csv_rows=[exact(invoice) for invoice in invoices],
    )


def _invoice(visit: Visit, invoice: Invoice) -> None:
    words, button = st.columns([3, 1], vertical_alignment="center")
    facts = {"number": invoice.number, "total_jpy": invoice.total_jpy}
    words.markdown(visit.say("buying.invoices.line", **facts))
    words.caption(_state(visit, invoice))
    if invoice.credit_number is not None:
        _download(
            visit,
            button,
            invoice,
            paper=credit_note_paper,
            name=invoice.credit_number,
            label=visit.say("buying.invoices.credit_note"),
        )
    _download(
        visit,
        button,
        invoice,
        paper=invoice_paper,
        name=invoice.number,
        label=visit.say("words.download_pdf"),
    )


def _state(visit: Visit, invoice: Invoice) -> str:
    """What is to be done about it, in a line."""
    kg = invoice.quantity_kg
    if invoice.credit_number is not None:
        return visit.say(
            "buying.invoices.credited", quantity_kg=kg, credit_number=invoice.credit_number
        )
    if invoice.paid_at is None and invoice.due_jpy < 0:
        back = -invoice.due_jpy
        return visit.say("buying.invoices.to_be_paid_back", quantity_kg=kg, back_jpy=back)
    facts = {"quantity_kg": kg, "due_on": invoice.due_on, "paid_at": invoice.paid_at or ""}
    if invoice.paid_at is None and invoice.paid_before_jpy:
        facts |= {"paid_before_jpy": invoice.paid_before_jpy, "due_jpy": invoice.due_jpy}
        return visit.say("buying.invoices.still_due", **facts)
    return visit.say(f"buying.invoices.{'paid' if invoice.paid_at else 'unpaid'}", **facts)


def _download(
    visit: Visit,
    place: DeltaGenerator,
    invoice: Invoice,
    *,
    paper: Callable[[Context, Actor, str], InvoicePaper],
    name: str,
    label: str,
) -> None:
    place.download_button(
        label,
        data=lambda: write_invoice(paper(visit.context, visit.actor, invoice.id)),
        file_name=f"{name}.pdf",
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        key=f"pdf {name}",
        on_click="ignore",
        width="stretch",
    )


def _word(visit: Visit, invoice: Invoice) -> str:
    if not invoice.is_standing:
        return visit.say("buying.invoices.state_credited")
    if not invoice.is_owed:
        return visit.say("buying.invoices.state_paid")
    return visit.say(f"buying.invoices.state_{'owed' if invoice.due_jpy >= 0 else 'back'}")


def _shown(visit: Visit, invoice: Invoice) -> dict[str, object]:
    say, speech = visit.speech.say, visit.speech
    return {
        say("buying.invoices.number"): invoice.number,
        say("words.field.quantity_kg"): speech.kg(invoice.quantity_kg),
        say("buying.invoices.value"): speech.jpy(invoice.value_jpy),
        say("words.field.fee_per_t"): speech.jpy(invoice.fee_jpy),
        say("buying.invoices.tax"): speech.jpy(invoice.tax_jpy),
        say("buying.invoices.total"): speech.jpy(invoice.total_jpy),
        say("buying.invoices.due_on"): speech.on(invoice.due_on),
        say("buying.invoices.state"): _word(visit, invoice),
    }
