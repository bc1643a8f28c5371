"""The record of live auctions, their pulse, and who is connected: rows ↔ values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.dialects import postgresql, sqlite

from club.domain.auction_terms import Format
from club.domain.errors import NotFound
from club.domain.live import BIDS, EventKind, LiveEvent
from club.domain.rounds import OFFERABLE, Phase
from club.store import rows
from club.store.tables import (
    live_events,
    live_presence,
    live_pulses,
    people,
    round_auctions,
    rounds,
)


def add(tx: Connection, events: Sequence[LiveEvent]) -> None:
    """Append events; the caller holds the round's lock."""
    tx.execute(live_events.insert(), [rows.values(event) for event in events])


def of_round(tx: Connection, round_id: str, *, after: int = -1) -> list[LiveEvent]:
    """The record of a round in its order, whole or after a number."""
    statement = select(live_events).where(
        live_events.c.round_id == round_id, live_events.c.sequence > after
    )
    return rows.listed(tx, statement.order_by(live_events.c.sequence), LiveEvent)


def newest(
    tx: Connection, round_id: str, kinds: Collection[EventKind], most: int
) -> list[LiveEvent]:
    """The last events of some kinds in a round's record, the newest first."""
    statement = select(live_events).where(
        live_events.c.round_id == round_id, live_events.c.kind.in_(sorted(kinds))
    )
    return rows.listed(tx, statement.order_by(live_events.c.sequence.desc()).limit(most), LiveEvent)


def has_begun(tx: Connection, round_id: str) -> bool:
    """Whether the round has a record at all."""
    start = select(live_events.c.sequence).where(
        live_events.c.round_id == round_id, live_events.c.sequence == 0
    )
    return tx.execute(start).one_or_none() is not None


def event(tx: Connection, id: str) -> LiveEvent:
    """The event under an id as `LiveEvent.id` gives it; NotFound where there is none."""
    round_id, _, sequence = rows.searchable(id).rpartition("-")
    if not sequence.isdecimal():
        raise NotFound
    statement = select(live_events).where(
        live_events.c.round_id == round_id, live_events.c.sequence == int(sequence)
    )
    found = rows.found(tx, statement, LiveEvent)
    if found is None:
        raise NotFound
    return found


def of_supplier(tx: Connection, round_id: str, supplier_id: str) -> list[LiveEvent]:
    """What a supplier, or a proxy for it, put into the record; the newest first."""
    statement = select(live_events).where(
        live_events.c.round_id == round_id, live_events.c.supplier_id == supplier_id
    )
    return rows.listed(tx, statement.order_by(live_events.c.sequence.desc()), LiveEvent)


def bound() -> Select[Any]:
    """What live bids set aside of each lot in each open round: the most that was ever bid."""
    return (
        select(
            live_events.c.round_id,
            live_events.c.lot_id,
            func.max(live_events.c.quantity_kg).label("kg"),
        )
        .join(rounds, rounds.c.id == live_events.c.round_id)
        .where(live_events.c.kind.in_(sorted(BIDS)), rounds.c.phase.in_(sorted(OFFERABLE)))
        .group_by(live_events.c.round_id, live_events.c.lot_id)
    )


def counted(tx: Connection, round_id: str) -> dict[str, tuple[int, datetime]]:
    """How many bids each supplier made itself, and when the last was."""
    found = tx.execute(
        select(live_events.c.supplier_id, func.count(), func.max(live_events.c.made_at))
        .where(
            live_events.c.round_id == round_id,
            live_events.c.kind.in_([EventKind.BID, EventKind.CONFIRMED]),
        )
        .group_by(live_events.c.supplier_id)
    )
    return {supplier_id: (int(count), last_at) for supplier_id, count, last_at in found}


def running(tx: Connection) -> list[str]:
    """Ids of the rounds whose live auction is under way."""
    statement = (
        select(rounds.c.id)
        .join(round_auctions)
        .where(rounds.c.phase == Phase.BIDDING, round_auctions.c.format != Format.SEALED)
        .order_by(rounds.c.id)
    )
    return list(tx.execute(statement).scalars())


def beat(tx: Connection, round_id: str, at: datetime) -> None:
    """Note that the clock saw the auction at an instant; the caller holds the round's lock."""
    _put(tx, live_pulses, {"round_id": round_id}, {"beat_at": at})


def last_beat(tx: Connection, round_id: str) -> datetime | None:
    return tx.execute(
        select(live_pulses.c.beat_at).where(live_pulses.c.round_id == round_id)
    ).scalar_one_or_none()


def attend(tx: Connection, round_id: str, person_id: str, at: datetime) -> None:
    """Note that a person's page of the auction was open at an instant."""
    _put(tx, live_presence, {"round_id": round_id, "person_id": person_id}, {"seen_at": at})


def seen_at(tx: Connection, round_id: str, person_id: str) -> datetime | None:
    return tx.execute(
        select(live_presence.c.seen_at).where(
            live_presence.c.round_id == round_id, live_presence.c.person_id == person_id
        )
    ).scalar_one_or_none()


def connected(tx: Connection, round_id: str, since: datetime) -> dict[str, int]:
    """How many people of each organisation have had the page open since an instant."""
    found = tx.execute(
        select(people.c.organisation_id, func.count())
        .select_from(live_presence)
        .join(people, people.c.id == live_presence.c.person_id)
        .where(live_presence.c.round_id == round_id, live_presence.c.seen_at >= since)
        .group_by(people.c.organisation_id)
    )
    return {organisation_id: int(count) for organisation_id, count in found}


def _put(tx: Connection, table: Any, keys: dict[str, Any], cells: dict[str, Any]) -> None:
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(keys | cells)
    tx.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=cells))
