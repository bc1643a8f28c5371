"""The ledger, posting by posting, and whether the books hold."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.operations.viewing.books import Check, InvoiceRow, LedgerRow, ledger_rows, proof
from pages.facilitating.balances import side
from pages.parts import forms
from pages.parts.tables import table
from pages.parts.visit import Visit


def show_ledger(visit: Visit, rows: Sequence[InvoiceRow]) -> None:
    names = {row.round_.id: visit.speech.name(row.round_) for row in rows}
    chosen = st.selectbox(
        visit.say("facilitating.round"),
        [None, *names],
        format_func=lambda key: names[key] if key else visit.say("facilitating.ledger.whole"),
        key="round of the ledger",
    )
    found = forms.read(visit, lambda: ledger_rows(visit.context, visit.actor, round_id=chosen))
    if not found:
        st.info(visit.say("facilitating.ledger.none"))
        return
    st.caption(visit.say("facilitating.ledger.explained"))
    table(
        visit,
        [_posting(visit, row) for row in reversed(found)],
        name="ledger",
        csv_rows=[_exact_posting(row) for row in found],
    )


def _posting(visit: Visit, row: LedgerRow) -> dict[str, object]:
    holder = row.holder_ja if visit.speech.language == "ja" else row.holder_en
    return {
        visit.say("facilitating.ledger.when"): visit.speech.at(row.made_at),
        visit.say("facilitating.ledger.why"): visit.speech.word(row.code),
        visit.say("facilitating.ledger.account"): visit.speech.word(row.account),
        visit.say("facilitating.ledger.holder"): holder,
        visit.say("facilitating.ledger.debit"): side(visit, row.measure, row.amount),
        visit.say("facilitating.ledger.credit"): side(visit, row.measure, -row.amount),
        visit.say("facilitating.lot"): row.lot_id or "",
        visit.say("facilitating.ledger.entry"): row.entry_id,
    }


def _exact_posting(row: LedgerRow) -> dict[str, object]:
    return {
        "made_at": row.made_at.isoformat(),
        "entry_id": row.entry_id,
        "code": row.code.value,
        "reverses": row.reverses or "",
        "round_id": row.round_id or "",
        "subject_id": row.subject_id,
        "account": row.account.value,
        "holder_id": row.holder_id,
        "lot_id": row.lot_id or "",
        "measure": row.measure.value,
        "amount": row.amount,
    }


def show_proof(visit: Visit, _rows: Sequence[InvoiceRow]) -> None:
    found = forms.read(visit, lambda: proof(visit.context, visit.actor))
    if found is None:
        return
    st.caption(visit.say("facilitating.proof.explained"))
    if found.holds:
        st.success(
            visit.say("facilitating.proof.holds", count=len(found.checks)),
            icon=":material/verified:",
        )
    else:
        st.error(
            visit.say("facilitating.proof.differs", count=len(found.differing)),
            icon=":material/error:",
        )
    table(
        visit,
        [_check(visit, check) for check in (*found.differing, *_holding(found.checks))],
        name="proof",
    )


def _holding(checks: Sequence[Check]) -> list[Check]:
    return [check for check in checks if check.holds]


def _check(visit: Visit, check: Check) -> dict[str, object]:
    mark = "holds" if check.holds else "fails"
    return {
        visit.say("facilitating.state"): visit.say(f"facilitating.proof.mark_{mark}"),
        visit.say("facilitating.proof.law"): visit.speech.word(check.law),
        visit.say("facilitating.proof.subject"): check.subject_id or "",
        visit.say("facilitating.proof.found"): visit.speech.number(check.found),
        visit.say("facilitating.proof.expected"): visit.speech.number(check.expected),
    }
