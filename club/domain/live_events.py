"""A live auction's rows as the events that the engine follows, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from auctions.formats import history
from auctions.formats.events import (
    Bid,
    Confirmed,
    Extended,
    Paused,
    ProxySet,
    ProxyWithdrawn,
    Reopened,
    Resumed,
    Stepped,
)
from auctions.formats.history import Event, Line
from auctions.record import plain
from club.domain.live import EventKind, LiveEvent


def line_of(row: LiveEvent) -> Line:
    """The row as the engine writes an event down; of a sealed floor, the hash."""
    return Line(
        sequence=row.sequence,
        kind=row.kind.value,
        made_at=row.made_at.isoformat(timespec="microseconds"),
        made_by=row.made_by,
        lot=row.lot_id,
        supplier=row.supplier_id,
        quantity_kg=row.quantity_kg,
        minimum_kg=row.minimum_kg,
        price_per_t=row.price_per_t,
        sealed_floor=sha256(row.sealed_floor).hexdigest() if row.sealed_floor else None,
        facts=plain(dict(row.facts)),
        commitment=row.commitment,
        nonce=row.nonce,
    )


def read_event(row: LiveEvent, floor_per_t: int | None = None) -> Event:
    """The engine's event in a row; a proxy's floor is handed in, opened."""
    return history.read_event(line_of(row), floor_per_t)


KINDS: Mapping[type, EventKind] = MappingProxyType(
    {
        Confirmed: EventKind.CONFIRMED,
        Extended: EventKind.EXTENDED,
        Paused: EventKind.PAUSED,
        ProxySet: EventKind.PROXY_SET,
        ProxyWithdrawn: EventKind.PROXY_WITHDRAWN,
        Reopened: EventKind.REOPENED,
        Resumed: EventKind.RESUMED,
        Stepped: EventKind.STEPPED,
    }
)


def row_of(
    event: Event,
    *,
    round_id: str,
    sequence: int,
    supplier_id: str | None,
    by: str,
    sealed_floor: bytes | None = None,
    facts: Mapping[str, Any] | None = None,
) -> LiveEvent:
    """The row for an event of the engine; a floor is kept sealed or not at all."""
    return LiveEvent(
        round_id=round_id,
        sequence=sequence,
        kind=_kind(event),
        lot_id=getattr(event, "lot", None),
        supplier_id=supplier_id,
        quantity_kg=getattr(event, "quantity_kg", None),
        minimum_kg=getattr(event, "minimum_kg", None),
        price_per_t=getattr(event, "price_per_t", None),
        sealed_floor=sealed_floor,
        facts=facts or _facts(event),
        made_at=event.at,
        made_by=by,
    )


def _kind(event: Event) -> EventKind:
    if isinstance(event, Bid):
        return EventKind.PROXY_BID if event.by_proxy else EventKind.BID
    return KINDS[type(event)]


def _facts(event: Event) -> dict[str, Any]:
    match event:
        case Paused():
            return {"reason": event.reason}
        case Extended():
            return {"reason": event.reason, "until": event.until.isoformat()}
        case Reopened():
            return {"down_from": event.down_from.isoformat()}
    return {}


def committed(rows: Sequence[LiveEvent]) -> dict[str, Any]:
    """What a commitment to some events is over, in JSON's own kinds."""
    return history.committed(rows[0].round_id, map(line_of, rows))
