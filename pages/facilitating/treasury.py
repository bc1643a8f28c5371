"""The club's books: invoices and payments, suppliers, balances, the ledger, and their proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from club.operations.viewing.books import InvoiceRow, all_invoices
from pages.facilitating import balances, ledger, payments
from pages.parts import forms
from pages.parts.visit import Visit

PARTS: dict[str, Callable[[Visit, Sequence[InvoiceRow]], None]] = {
    "invoices": payments.show,
    "suppliers": balances.show_suppliers,
    "balances": balances.show_balances,
    "ledger": ledger.show_ledger,
    "proof": ledger.show_proof,
}


def render(visit: Visit) -> None:
    st.title(visit.say("menu.treasury"))
    rows = forms.read(visit, lambda: all_invoices(visit.context, visit.actor))
    if rows is None:
        return
    _sums(visit, rows)
    part = st.segmented_control(
        visit.say("facilitating.treasury.part"),
        list(PARTS),
        format_func=lambda name: visit.say(f"facilitating.treasury.{name}"),
        default="invoices",
        required=True,
        label_visibility="collapsed",
        key="part of the books",
    )
    PARTS[part or "invoices"](visit, rows)


def _sums(visit: Visit, rows: Sequence[InvoiceRow]) -> None:
    standing = [row.invoice for row in rows if row.invoice.is_standing]
    owed = sum(invoice.due_jpy for invoice in standing if invoice.is_owed)
    paid = sum(invoice.total_jpy for invoice in standing) - owed
    late = sum(payments.is_late(visit, row) for row in rows)
    left, middle, right = st.columns(3)
    left.metric(visit.say("facilitating.treasury.owed"), visit.speech.jpy(owed), border=True)
    middle.metric(visit.say("facilitating.treasury.paid"), visit.speech.jpy(paid), border=True)
    right.metric(visit.say("facilitating.treasury.late"), visit.speech.number(late), border=True)
