"""What the club owes each supplier, and what stands on every account."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.ledger import Account, Measure
from club.operations.viewing.books import BalanceRow, InvoiceRow, trial_balance
from pages.parts import forms
from pages.parts.tables import table
from pages.parts.visit import Visit


def show_suppliers(visit: Visit, _rows: Sequence[InvoiceRow]) -> None:
    balances = forms.read(visit, lambda: trial_balance(visit.context, visit.actor)) or []
    owed = [row for row in balances if row.balance.account is Account.PAYABLE]
    st.caption(visit.say("facilitating.suppliers.explained"))
    if not owed:
        st.info(visit.say("facilitating.suppliers.none"))
        return
    table(
        visit,
        [
            {
                visit.say("words.kind.supplier"): visit.speech.name(row.holder),
                visit.say("facilitating.suppliers.owed"): visit.speech.jpy(-row.balance.amount),
            }
            for row in owed
        ],
        name="payables",
        csv_rows=[
            {"supplier": row.holder.name_en, "payable_jpy": -row.balance.amount} for row in owed
        ],
    )


def show_balances(visit: Visit, _rows: Sequence[InvoiceRow]) -> None:
    balances = forms.read(visit, lambda: trial_balance(visit.context, visit.actor)) or []
    st.caption(visit.say("facilitating.balances.explained"))
    if not balances:
        st.info(visit.say("facilitating.ledger.none"))
        return
    for measure in Measure:
        own = [row for row in balances if row.balance.measure is measure]
        if own:
            st.subheader(visit.speech.word(measure))
            st.markdown(_totals(visit, measure, own))
            table(
                visit,
                [_balance(visit, row) for row in own if row.balance.amount],
                name=f"trial_balance_{measure}",
                csv_rows=[_exact_balance(row) for row in own],
            )


def _totals(visit: Visit, measure: Measure, rows: Sequence[BalanceRow]) -> str:
    """Both sides of the trial balance, added up."""
    amounts = [row.balance.amount for row in rows]
    return visit.say(
        "facilitating.balances.totals",
        debit=side(visit, measure, sum(amount for amount in amounts if amount > 0)) or "0",
        credit=side(visit, measure, -sum(amount for amount in amounts if amount < 0)) or "0",
    )


def _balance(visit: Visit, row: BalanceRow) -> dict[str, object]:
    balance = row.balance
    shown: dict[str, object] = {
        visit.say("facilitating.ledger.account"): visit.speech.word(balance.account),
        visit.say("facilitating.ledger.holder"): visit.speech.name(row.holder),
    }
    if balance.lot_id is not None:
        shown[visit.say("facilitating.lot")] = balance.lot_id
    return shown | {
        visit.say("facilitating.ledger.debit"): side(visit, balance.measure, balance.amount),
        visit.say("facilitating.ledger.credit"): side(visit, balance.measure, -balance.amount),
    }


def _exact_balance(row: BalanceRow) -> dict[str, object]:
    return {
        "account": row.balance.account.value,
        "holder_id": row.balance.holder_id,
        "holder": row.holder.name_en,
        "lot_id": row.balance.lot_id or "",
        "measure": row.balance.measure.value,
        "amount": row.balance.amount,
    }


def side(visit: Visit, measure: Measure, amount: int) -> str:
    """An amount on the side of the account where it stands; nothing on the other."""
    if amount <= 0:
        return ""
    return visit.speech.jpy(amount) if measure is Measure.JPY else visit.speech.kg(amount)
