"""The club's signed word for what a supplier did in a live auction: the last, and all before it."""

from __future__ import annotations

import json

import streamlit as st

from club.domain.live import LiveEvent
from club.operations.acknowledging import Acknowledgement, acknowledgement_of
from club.operations.viewing.live import LiveView
from pages.parts.tables import table
from pages.parts.visit import Visit
from pages.selling.words import lot_label


def show(visit: Visit, view: LiveView) -> None:
    """The last receipt at once, the others folded up; nothing where there are none."""
    if not view.acknowledged:
        return
    last = view.acknowledged[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        facts = {"sequence": last.sequence, "received_instant": last.made_at}
        st.markdown(visit.say("live.receipt", **facts), width="content")
        _download(visit, last)
    with st.expander(visit.say("live.receipts"), icon=":material/history:"):
        st.caption(visit.say("live.receipts_help"))
        rows = [_row(visit, view, event) for event in view.acknowledged]
        exact = [_exact(event) for event in view.acknowledged]
        table(visit, rows, name=f"bids-{view.round_.id}", csv_rows=exact)


def _download(visit: Visit, event: LiveEvent) -> None:
    st.download_button(
        visit.say("live.receipt_file"),
        data=lambda: as_json(acknowledgement_of(visit.context, visit.actor, event.id)),
        file_name=f"receipt-{event.id}.json",
        mime="application/json",
        icon=":material/download:",
        key=f"receipt {event.id}",
        on_click="ignore",
        type="tertiary",
    )


def as_json(said: Acknowledgement) -> str:
    """Exactly the facts that were signed, the signature, and the key that verifies it."""
    signed = {"signature": said.signature, "verify_key": said.verify_key}
    return json.dumps({"tag": "tomoe/receipt/1", "facts": dict(said.facts)} | signed, indent=2)


def _row(visit: Visit, view: LiveView, event: LiveEvent) -> dict[str, object]:
    mine = {each.lot.id: each for each in view.lots}[event.lot_id or ""]
    price, quantity = event.price_per_t, event.quantity_kg
    return {
        visit.say("live.head.sequence"): event.sequence,
        visit.say("live.head.received"): visit.speech.exactly(event.made_at),
        visit.say("live.head.kind"): visit.speech.say(f"live.kind.{event.kind.value}"),
        visit.say("live.head.lot"): lot_label(visit, mine.project, mine.lot),
        visit.say("live.head.price"): "" if price is None else visit.speech.per_t(price),
        visit.say("live.head.quantity"): "" if quantity is None else visit.speech.kg(quantity),
    }


def _exact(event: LiveEvent) -> dict[str, object]:
    return {
        "sequence": event.sequence,
        "received_at": event.made_at.isoformat(timespec="microseconds"),
        "kind": event.kind.value,
        "lot": event.lot_id,
        "price_per_t": event.price_per_t,
        "quantity_kg": event.quantity_kg,
        "minimum_kg": event.minimum_kg,
        "commitment": event.commitment,
    }
