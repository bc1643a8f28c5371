"""The club's signed word that an event stands in the record of a live auction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auctions import sealing
from club.domain.errors import NotFound
from club.domain.live import LiveEvent
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.offering import RECEIPTS_KEY
from club.store import live


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """The club's signed word that an event stands in the record under its number."""

    event: LiveEvent
    facts: Mapping[str, Any]
    """Exactly what was signed."""
    signature: str
    verify_key: str


def acknowledgement_of(context: Context, actor: Actor, event_id: str) -> Acknowledgement:
    """The acknowledgement of one of the supplier's own events, once more."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        event = live.event(tx, event_id)
        if event.supplier_id != fresh.organisation_id:
            raise NotFound
    return acknowledge(context, event)


def acknowledge(context: Context, event: LiveEvent) -> Acknowledgement:
    """Sign what the record holds; call it once the deed has been committed."""
    facts = {
        "event": event.id,
        "kind": event.kind.value,
        "round": event.round_id,
        "lot": event.lot_id,
        "supplier": event.supplier_id,
        "sequence": event.sequence,
        "quantity_kg": event.quantity_kg,
        "minimum_kg": event.minimum_kg,
        "price_per_t": event.price_per_t,
        "commitment": event.commitment,
        "nonce": event.nonce,
        "received_at": event.made_at.isoformat(timespec="microseconds"),
    }
    signed = sealing.sign(context.keys.secret(RECEIPTS_KEY), facts)
    return Acknowledgement(
        event=event,
        facts=facts,
        signature=signed.signature.hex(),
        verify_key=signed.verify_key.hex(),
    )
