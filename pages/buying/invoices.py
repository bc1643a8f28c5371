"""My organisation's invoices, as a list and as papers."""

from __future__ import annotations

import streamlit as st

from club.documents import write_invoice
from club.domain.invoices import Invoice
from club.operations.viewing.books import invoice_paper, my_invoices
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
    state = "paid" if invoice.paid_at else "unpaid"
    facts = {"number": invoice.number, "total_jpy": invoice.total_jpy}
    words.markdown(visit.say("buying.invoices.line", **facts))
    words.caption(
        visit.say(
            f"buying.invoices.{state}",
            quantity_kg=invoice.quantity_kg,
            due_on=invoice.due_on,
            paid_at=invoice.paid_at or "",
        )
    )
    button.download_button(
        visit.say("words.download_pdf"),
        data=lambda: write_invoice(invoice_paper(visit.context, visit.actor, invoice.id)),
        file_name=f"{invoice.number}.pdf",
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        key=f"pdf {invoice.id}",
        on_click="ignore",
        width="stretch",
    )


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
    }
