"""Taking a payment down to the yen, and undoing one by a reversing entry."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.units import read_jpy
from club.operations.settling import record_payment, reverse_payment
from club.operations.viewing.books import InvoiceRow
from pages.parts import forms
from pages.parts.visit import Visit


def record(visit: Visit, row: InvoiceRow) -> None:
    """Ask for the amount that came in, or that was paid back where too much had."""
    invoice = row.invoice
    form = f"pay {invoice.id}"
    sign, way = (-1, "_back") if invoice.due_jpy < 0 else (1, "")

    @st.dialog(visit.say(f"facilitating.payments.record{way}"))
    def dialog() -> None:
        st.markdown(
            visit.say(
                f"facilitating.payments.restated{way}",
                organisation=visit.speech.name(row.organisation),
                number=invoice.number,
                total_jpy=sign * invoice.due_jpy,
            )
        )
        typed = st.text_input(
            visit.say("words.field.amount_jpy"),
            key=f"amount {form}",
            help=visit.say("facilitating.payments.amount_help"),
        )
        if not forms.button(visit.say(f"facilitating.payments.act{way}"), form, primary=True):
            return
        amount_jpy = forms.read(visit, lambda: read_jpy(typed, field="amount_jpy"))
        if amount_jpy is not None:
            forms.do(
                visit,
                form,
                lambda request_id: record_payment(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    invoice_id=invoice.id,
                    amount_jpy=sign * amount_jpy,
                ),
                lambda paid: visit.say(
                    f"facilitating.payments.recorded{way}",
                    number=paid.number,
                    total_jpy=sign * paid.due_jpy,
                ),
            )

    dialog()


def undo(visit: Visit, paid: Sequence[InvoiceRow]) -> None:
    if not paid:
        return
    by_id = {row.invoice.id: row for row in paid}
    with st.expander(visit.say("facilitating.payments.undo"), icon=":material/undo:"):
        st.caption(visit.say("facilitating.payments.undo_explained"))
        chosen = st.selectbox(
            visit.say("facilitating.payments.which"),
            list(by_id),
            format_func=lambda key: (
                f"{by_id[key].invoice.number} {visit.speech.name(by_id[key].organisation)}"
            ),
            key="payment to reverse",
        )
        if chosen and st.button(visit.say("facilitating.payments.reverse"), key="ask reverse"):
            _confirm_reversal(visit, by_id[chosen])


def _confirm_reversal(visit: Visit, row: InvoiceRow) -> None:
    facts = {
        "number": row.invoice.number,
        "organisation": visit.speech.name(row.organisation),
        "total_jpy": row.invoice.total_jpy,
    }
    forms.confirm(
        visit,
        f"reverse {row.invoice.id}",
        title=visit.say("facilitating.payments.undo"),
        restated=[visit.say("facilitating.payments.reverses", **facts)],
        act=visit.say("facilitating.payments.reverse_named", number=row.invoice.number),
        deed=lambda request_id: reverse_payment(
            visit.context, visit.actor, request_id=request_id, invoice_id=row.invoice.id
        ),
        told=lambda owed: visit.say("facilitating.payments.reversed", number=owed.number),
    )
