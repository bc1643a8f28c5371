"""Practice rounds: rows ↔ values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from club.store import rows
from club.store.tables import practice_rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeRow:
    """What a person typed, in which invented market; all else is played again from these."""

    id: str
    person_id: str
    market_version: int
    seed: str
    """32 bytes in hex."""
    quantity_kg: int
    limit_per_t: int | None
    minimum_kg: int
    started_at: datetime
    finished_at: datetime | None = None
    """When the person first looked at the result."""


def add(tx: Connection, practice: PracticeRow) -> None:
    rows.add(tx, practice_rounds, practice)


def change(tx: Connection, practice: PracticeRow) -> None:
    rows.change(tx, practice_rounds, practice)


def practice(tx: Connection, id: str, *, lock: bool = False) -> PracticeRow:
    return rows.get(tx, practice_rounds, PracticeRow, id, lock=lock)


def of_person(tx: Connection, person_id: str) -> list[PracticeRow]:
    """The newest first."""
    return rows.listed(
        tx,
        select(practice_rounds)
        .where(practice_rounds.c.person_id == person_id)
        .order_by(practice_rounds.c.started_at.desc(), practice_rounds.c.id),
        PracticeRow,
    )
