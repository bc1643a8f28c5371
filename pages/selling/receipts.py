"""The club's signed word that it holds an envelope: shown, and as a file that proves it."""

from __future__ import annotations

import json

import streamlit as st

from club.operations.offering import Receipt
from pages.parts.visit import Visit


def show(visit: Visit, receipt: Receipt) -> None:
    st.markdown(
        visit.say("selling.receipt", sequence=receipt.sequence, received_at=receipt.received_at)
    )
    download(visit, receipt)
    with st.expander(visit.say("selling.verify"), icon=":material/verified_user:"):
        st.markdown(visit.say("selling.commitment"))
        st.code(receipt.commitment, language=None, wrap_lines=True)
        st.markdown(visit.say("selling.verify_how"))
        st.caption(visit.say("selling.verify_key"))
        st.code(receipt.verify_key, language=None, wrap_lines=True)


def download(visit: Visit, receipt: Receipt) -> None:
    st.download_button(
        visit.say("selling.receipt_file"),
        data=lambda: as_json(receipt),
        file_name=f"receipt-{receipt.round_id}-{receipt.sequence}.json",
        mime="application/json",
        icon=":material/download:",
        key=f"receipt {receipt.envelope_id}",
        on_click="ignore",
    )


def as_json(receipt: Receipt) -> str:
    """Exactly the facts that were signed, the signature, and the key that verifies it."""
    facts = {
        "envelope": receipt.envelope_id,
        "round": receipt.round_id,
        "lot": receipt.lot_id,
        "supplier": receipt.supplier_id,
        "sequence": receipt.sequence,
        "commitment": receipt.commitment,
        "received_at": receipt.received_at.isoformat(timespec="microseconds"),
    }
    signed = {"signature": receipt.signature, "verify_key": receipt.verify_key}
    return json.dumps({"tag": "tomoe/receipt/1", "facts": facts} | signed, indent=2)
