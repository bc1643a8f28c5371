"""Invoices, paid, owed or late, with their papers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.documents import write_invoice
from club.domain.invoices import Invoice
from club.domain.organisations import Role
from club.operations.settling import local_day
from club.operations.viewing.books import InvoiceRow, invoice_paper
from pages.facilitating import paying
from pages.parts.invoice_rows import exact
from pages.parts.tables import table
from pages.parts.visit import Visit


def show(visit: Visit, rows: Sequence[InvoiceRow]) -> None:
    if not rows:
        st.info(visit.say("facilitating.payments.none"))
        return
    open_ = sorted(
        (row for row in rows if row.invoice.is_owed),
        key=lambda row: (row.invoice.due_on, row.invoice.number),
    )
    st.subheader(visit.say("facilitating.payments.open", count=len(open_)))
    if not open_:
        st.success(visit.say("facilitating.payments.all_paid"), icon=":material/check:")
    for row in open_:
        _open(visit, row)
    st.subheader(visit.say("facilitating.payments.all"))
    table(
        visit,
        [_shown(visit, row) for row in rows],
        name="invoices",
        csv_rows=[_exact(row) for row in rows],
    )
    if visit.has(Role.TREASURER):
        paying.undo(visit, [r for r in rows if r.invoice.is_standing and r.invoice.paid_at])


def is_late(visit: Visit, row: InvoiceRow) -> bool:
    """Whether an invoice is unpaid after the last day on which it could be paid."""
    invoice, today = row.invoice, local_day(visit.context, visit.context.now())
    return invoice.is_owed and invoice.due_jpy > 0 and invoice.due_on < today


def state(visit: Visit, row: InvoiceRow) -> str:
    """Cancelled, paid, owed, late, or to be paid back, in a word."""
    number = row.invoice.credit_number
    if number is not None:
        return visit.say("facilitating.payments.credited", credit_number=number)
    if row.invoice.is_owed and row.invoice.due_jpy < 0:
        return visit.say("facilitating.payments.to_pay_back")
    if row.invoice.paid_at is not None:
        return visit.say("facilitating.payments.paid")
    late = is_late(visit, row)
    return visit.say("facilitating.payments.late" if late else "facilitating.payments.owed")


def _open(visit: Visit, row: InvoiceRow) -> None:
    invoice = row.invoice
    with st.container(border=True):
        late = is_late(visit, row)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{visit.name(row.organisation)}**")
            st.badge(
                state(visit, row),
                icon=":material/warning:" if late else ":material/schedule:",
                color="red" if late else "gray",
            )
        is_back = invoice.due_jpy < 0
        st.markdown(
            visit.say(
                "facilitating.payments.line_back" if is_back else "facilitating.payments.line",
                number=invoice.number,
                total_jpy=abs(invoice.due_jpy),
                due_on=invoice.due_on,
                round=visit.speech.name(row.round_),
            )
        )
        if invoice.paid_before_jpy:
            carried = {
                "total_jpy": invoice.total_jpy,
                "paid_before_jpy": invoice.paid_before_jpy,
            }
            st.caption(visit.say("facilitating.payments.line_carried", **carried))
        with st.container(horizontal=True, vertical_alignment="center"):
            if visit.has(Role.TREASURER) and st.button(
                visit.say(
                    "facilitating.payments.record_back"
                    if is_back
                    else "facilitating.payments.record"
                ),
                key=f"ask pay {invoice.id}",
                icon=":material/payments:",
            ):
                paying.record(visit, row)
            _paper(visit, invoice)


def _paper(visit: Visit, invoice: Invoice) -> None:
    st.download_button(
        visit.say("words.download_pdf"),
        data=lambda: write_invoice(invoice_paper(visit.context, visit.actor, invoice.id)),
        file_name=f"{invoice.number}.pdf",
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        key=f"pdf {invoice.id}",
        on_click="ignore",
        type="tertiary",
    )


def _shown(visit: Visit, row: InvoiceRow) -> dict[str, object]:
    invoice, speech = row.invoice, visit.speech
    return {
        visit.say("facilitating.payments.number"): invoice.number,
        visit.say("words.field.organisation_name"): speech.name(row.organisation),
        visit.say("facilitating.round"): speech.name(row.round_),
        visit.say("words.field.quantity_kg"): speech.kg(invoice.quantity_kg),
        visit.say("facilitating.payments.total"): speech.jpy(invoice.total_jpy),
        visit.say("facilitating.payments.due"): speech.on(invoice.due_on),
        visit.say("facilitating.state"): state(visit, row),
        visit.say("facilitating.payments.paid_at"): (
            speech.at(invoice.paid_at) if invoice.paid_at else ""
        ),
    }


def _exact(row: InvoiceRow) -> dict[str, object]:
    names = {
        "organisation_ja": row.organisation.name_ja,
        "organisation_en": row.organisation.name_en,
    }
    return exact(row.invoice) | names
