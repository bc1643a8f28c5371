"""Frozen inputs, results, awards and allocations: rows ↔ values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, cast, func, select

from club.domain.offers import Allocation, Award
from club.store import rows
from club.store.tables import allocations, awards, clearings


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearingRow:
    """What a round is cleared from, and once it is, what came out."""

    round_id: str
    inputs_hash: str
    inputs: Any
    result_hash: str | None = None
    result: Any = None
    frozen_at: datetime
    cleared_at: datetime | None = None


def freeze(tx: Connection, clearing: ClearingRow) -> None:
    rows.add(tx, clearings, clearing)


def get(tx: Connection, round_id: str) -> ClearingRow | None:
    return rows.found(tx, select(clearings).where(clearings.c.round_id == round_id), ClearingRow)


def finish(tx: Connection, round_id: str, *, result: Any, result_hash: str, at: datetime) -> None:
    tx.execute(
        clearings.update()
        .where(clearings.c.round_id == round_id)
        .values(result=result, result_hash=result_hash, cleared_at=at)
    )


def part(tx: Connection, round_id: str, *path: str) -> Any:
    """One part of a round's result, cut out by the database; None where there is none."""
    if tx.dialect.name == "sqlite":
        piece = func.json_extract(clearings.c.result, "$" + "".join(f'."{step}"' for step in path))
    else:
        piece = func.json_extract_path_text(cast(clearings.c.result, JSON), *path)
    found = tx.execute(select(piece).where(clearings.c.round_id == round_id)).scalar_one_or_none()
    return None if found is None else json.loads(found)


def hashes(tx: Connection, round_id: str) -> tuple[str, str | None] | None:
    """The hash of the inputs, and of the result once there is one."""
    row = tx.execute(
        select(clearings.c.inputs_hash, clearings.c.result_hash).where(
            clearings.c.round_id == round_id
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def add_awards(tx: Connection, won: Sequence[Award]) -> None:
    tx.execute(awards.insert(), [rows.values(award) for award in won])


def add_allocations(tx: Connection, shared: Sequence[Allocation]) -> None:
    cells = [  # by hand, for there may be a hundred thousand
        {
            "round_id": allocation.round_id,
            "organisation_id": allocation.organisation_id,
            "award_id": allocation.award_id,
            "quantity_kg": allocation.quantity_kg,
        }
        for allocation in shared
    ]
    tx.execute(allocations.insert(), cells)


def award(tx: Connection, id: str) -> Award:
    return rows.get(tx, awards, Award, id)


def awards_of_round(tx: Connection, round_id: str) -> list[Award]:
    return rows.listed(
        tx, select(awards).where(awards.c.round_id == round_id).order_by(awards.c.id), Award
    )


def awards_of_supplier(tx: Connection, supplier_id: str) -> list[Award]:
    return rows.listed(
        tx, select(awards).where(awards.c.supplier_id == supplier_id).order_by(awards.c.id), Award
    )


def allocations_of_round(tx: Connection, round_id: str) -> list[Allocation]:
    return rows.listed(
        tx,
        select(allocations)
        .where(allocations.c.round_id == round_id)
        .order_by(allocations.c.organisation_id, allocations.c.award_id),
        Allocation,
    )


def allocations_of(tx: Connection, round_id: str, organisation_id: str) -> list[Allocation]:
    """One member's kilograms of each award of a round."""
    return rows.listed(
        tx,
        select(allocations)
        .where(allocations.c.round_id == round_id, allocations.c.organisation_id == organisation_id)
        .order_by(allocations.c.award_id),
        Allocation,
    )


def shares_by_lot(tx: Connection, round_id: str) -> dict[str, dict[str, int]]:
    """Members' kilograms of what a round bought of each lot: by lot, then by member."""
    found = tx.execute(
        select(
            awards.c.lot_id,
            allocations.c.organisation_id,
            func.sum(allocations.c.quantity_kg).label("kg"),
        )
        .join(awards, awards.c.id == allocations.c.award_id)
        .where(allocations.c.round_id == round_id)
        .group_by(awards.c.lot_id, allocations.c.organisation_id)
    )
    shares: dict[str, dict[str, int]] = defaultdict(dict)
    for row in found:
        shares[row.lot_id][row.organisation_id] = int(row.kg)
    return dict(shares)


def awards_of_lots(tx: Connection, lot_ids: Sequence[str]) -> list[Award]:
    statement = select(awards).where(awards.c.lot_id.in_(lot_ids))
    return rows.listed(tx, statement.order_by(awards.c.id), Award)


def allocated_kg(tx: Connection, round_id: str) -> dict[str, int]:
    """Each member's kilograms of a round, added up by the database."""
    found = tx.execute(
        select(allocations.c.organisation_id, func.sum(allocations.c.quantity_kg))
        .where(allocations.c.round_id == round_id)
        .group_by(allocations.c.organisation_id)
    )
    return {organisation_id: int(quantity_kg) for organisation_id, quantity_kg in found}
