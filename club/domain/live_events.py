"""A live auction's rows as the events that the engine follows, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any

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
from auctions.record import plain
from club.domain.live import Event, EventKind, LiveEvent


def read_event(row: LiveEvent, floor_per_t: int | None = None) -> Event:
    """The engine's event in a row; a proxy's floor is handed in, opened."""
    return _READERS[row.kind](row, floor_per_t)


def _bid(row: LiveEvent, _floor: int | None) -> Event:
    return Bid(
        at=row.made_at,
        lot=row.lot_id or "",
        quantity_kg=row.quantity_kg or 0,
        minimum_kg=row.minimum_kg or 0,
        price_per_t=row.price_per_t or 0,
        by_proxy=row.kind is EventKind.PROXY_BID,
    )


def _confirmed(row: LiveEvent, _floor: int | None) -> Event:
    return Confirmed(
        at=row.made_at,
        lot=row.lot_id or "",
        quantity_kg=row.quantity_kg or 0,
        price_per_t=row.price_per_t or 0,
    )


def _extended(row: LiveEvent, _floor: int | None) -> Event:
    until = datetime.fromisoformat(row.facts["until"])
    return Extended(at=row.made_at, until=until, reason=row.facts["reason"])


_READERS: Mapping[EventKind, Callable[[LiveEvent, int | None], Event]] = MappingProxyType(
    {
        EventKind.BID: _bid,
        EventKind.PROXY_BID: _bid,
        EventKind.CONFIRMED: _confirmed,
        EventKind.EXTENDED: _extended,
        EventKind.PROXY_SET: lambda row, floor: ProxySet(
            at=row.made_at, lot=row.lot_id or "", floor_per_t=floor or 0
        ),
        EventKind.PROXY_WITHDRAWN: lambda row, _: ProxyWithdrawn(
            at=row.made_at, lot=row.lot_id or ""
        ),
        EventKind.STEPPED: lambda row, _: Stepped(at=row.made_at),
        EventKind.PAUSED: lambda row, _: Paused(at=row.made_at, reason=row.facts["reason"]),
        EventKind.RESUMED: lambda row, _: Resumed(at=row.made_at),
        EventKind.REOPENED: lambda row, _: Reopened(
            at=row.made_at, down_from=datetime.fromisoformat(row.facts["down_from"])
        ),
    }
)


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
    return {
        "round": rows[0].round_id,
        "events": [
            {
                "sequence": row.sequence,
                "kind": row.kind.value,
                "lot": row.lot_id,
                "supplier": row.supplier_id,
                "quantity_kg": row.quantity_kg,
                "minimum_kg": row.minimum_kg,
                "price_per_t": row.price_per_t,
                "sealed_floor": sha256(row.sealed_floor).hexdigest() if row.sealed_floor else None,
                "facts": plain(dict(row.facts)),
                "at": row.made_at.isoformat(timespec="microseconds"),
                "by": row.made_by,
            }
            for row in rows
        ],
    }
