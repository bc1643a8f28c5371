"""Frozen inputs, results, awards and allocations: rows ↔ values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, cast, func, select

from auctions.record import FORMAT
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


def _piece(tx: Connection, *path: str) -> ColumnElement[str]:
    if tx.dialect.name == "sqlite":
        return func.json_extract(clearings.c.result, "$" + "".join(f'."{step}"' for step in path))
    return func.json_extract_path_text(cast(clearings.c.result, JSON), *path)


def is_older(tx: Connection, round_id: str) -> bool:
    """Whether a round was cleared by a version whose results cannot be read back any more: only
    its page is shown."""
    of_round = clearings.c.round_id == round_id
    written = select(clearings.c.round_id).where(of_round, clearings.c.result_hash.is_not(None))
    return tx.execute(written.where(_piece(tx, "document", "format") != FORMAT)).first() is not None


def part(tx: Connection, round_id: str, *path: str) -> Any:
    """One part of a round's result, cut out by the database; None where there is none."""
    piece = _piece(tx, *path)
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
    if not won:
        return
    tx.execute(awards.insert(), [rows.values(award) for award in won])


def add_allocations(tx: Connection, shared: Sequence[Allocation]) -> None:
    if not shared:
        return
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


STANDS = awards.c.fell_at.is_(None)


def awards_of_round(tx: Connection, round_id: str) -> list[Award]:
    """The awards that stand."""
    return _awards(tx, (awards.c.round_id == round_id) & STANDS)


def all_awards_of_round(tx: Connection, round_id: str) -> list[Award]:
    """The awards that stand and those that fell away."""
    return _awards(tx, awards.c.round_id == round_id)


def awards_of_supplier(tx: Connection, supplier_id: str) -> list[Award]:
    """The awards that stand, of all rounds."""
    return _awards(tx, (awards.c.supplier_id == supplier_id) & STANDS)


def _awards(tx: Connection, condition: ColumnElement[bool]) -> list[Award]:
    return rows.listed(tx, select(awards).where(condition).order_by(awards.c.id), Award)


def let_fall(tx: Connection, round_id: str, lot_ids: Collection[str], *, at: datetime) -> None:
    """The standing awards of some lots stand no more."""
    tx.execute(
        awards.update()
        .where(awards.c.round_id == round_id, awards.c.lot_id.in_(sorted(lot_ids)), STANDS)
        .values(fell_at=at)
    )


def allocations_of_round(tx: Connection, round_id: str) -> list[Allocation]:
    """Shares of all awards, of those that fell away, too."""
    return rows.listed(
        tx,
        select(allocations)
        .where(allocations.c.round_id == round_id)
        .order_by(allocations.c.organisation_id, allocations.c.award_id),
        Allocation,
    )


def allocations_of(tx: Connection, round_id: str, organisation_id: str) -> list[Allocation]:
    """One member's kilograms of each award of a round that stands."""
    return rows.listed(
        tx,
        select(allocations)
        .join(awards, awards.c.id == allocations.c.award_id)
        .where(
            allocations.c.round_id == round_id,
            allocations.c.organisation_id == organisation_id,
            STANDS,
        )
        .order_by(allocations.c.award_id),
        Allocation,
    )


def kept_and_fallen_of(tx: Connection, round_id: str, organisation_id: str) -> dict[str, int]:
    """One member's kilograms by award, of those that fell away, too."""
    found = tx.execute(
        select(allocations.c.award_id, allocations.c.quantity_kg).where(
            allocations.c.round_id == round_id, allocations.c.organisation_id == organisation_id
        )
    )
    return {award_id: int(quantity_kg) for award_id, quantity_kg in found}


def shares_by_lot(tx: Connection, round_id: str) -> dict[str, dict[str, int]]:
    """Members' kilograms of what a round bought of each lot: by lot, then by member."""
    found = tx.execute(
        select(
            awards.c.lot_id,
            allocations.c.organisation_id,
            func.sum(allocations.c.quantity_kg).label("kg"),
        )
        .join(awards, awards.c.id == allocations.c.award_id)
        .where(allocations.c.round_id == round_id, STANDS)
        .group_by(awards.c.lot_id, allocations.c.organisation_id)
    )
    shares: dict[str, dict[str, int]] = defaultdict(dict)
    for row in found:
        shares[row.lot_id][row.organisation_id] = int(row.kg)
    return dict(shares)


def awards_of_lots(tx: Connection, lot_ids: Sequence[str]) -> list[Award]:
    """The awards that stand, of all rounds."""
    return _awards(tx, awards.c.lot_id.in_(lot_ids) & STANDS)


def allocated_kg(tx: Connection, round_id: str) -> dict[str, int]:
    """Each member's kilograms of a round, added up by the database."""
    found = tx.execute(
        select(allocations.c.organisation_id, func.sum(allocations.c.quantity_kg))
        .join(awards, awards.c.id == allocations.c.award_id)
        .where(allocations.c.round_id == round_id, STANDS)
        .group_by(allocations.c.organisation_id)
    )
    return {organisation_id: int(quantity_kg) for organisation_id, quantity_kg in found}
