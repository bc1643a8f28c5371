"""Pledges and their history: rows ↔ values."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from club.domain.pledges import Pledge, PledgeState
from club.store import rows
from club.store.tables import pledge_history, pledges


def of_round(tx: Connection, round_id: str) -> list[Pledge]:
    return rows.listed(
        tx, select(pledges).where(pledges.c.round_id == round_id).order_by(pledges.c.id), Pledge
    )


def get(tx: Connection, id: str) -> Pledge:
    return rows.get(tx, pledges, Pledge, id)


def of_organisation(tx: Connection, round_id: str, organisation_id: str) -> Pledge | None:
    return rows.found(
        tx,
        select(pledges).where(
            pledges.c.round_id == round_id, pledges.c.organisation_id == organisation_id
        ),
        Pledge,
    )


def all_of_organisation(tx: Connection, organisation_id: str) -> list[Pledge]:
    return rows.listed(
        tx,
        select(pledges)
        .where(pledges.c.organisation_id == organisation_id)
        .order_by(pledges.c.placed_at.desc(), pledges.c.id),
        Pledge,
    )


def pooled(tx: Connection, round_id: str) -> tuple[int, int]:
    """Kilograms that count now, and of how many companies."""
    row = tx.execute(
        select(func.coalesce(func.sum(pledges.c.quantity_kg), 0), func.count()).where(
            pledges.c.round_id == round_id, pledges.c.state == PledgeState.PLACED
        )
    ).one()
    return int(row[0]), int(row[1])


def save(tx: Connection, pledge: Pledge) -> None:
    """Write the pledge over the one with its id, or add it; every state stays in the history."""
    known = tx.execute(select(pledges.c.id).where(pledges.c.id == pledge.id)).one_or_none()
    if known is None:
        rows.add(tx, pledges, pledge)
    else:
        rows.change(tx, pledges, pledge)
    number = tx.execute(select(func.count()).where(pledge_history.c.id == pledge.id)).scalar_one()
    cells = rows.values(pledge) | {"state_number": number + 1}
    tx.execute(pledge_history.insert().values(cells))


def history(tx: Connection, id: str) -> list[Pledge]:
    """Every state the pledge was in, oldest first."""
    return rows.listed(
        tx,
        select(pledge_history)
        .where(pledge_history.c.id == id)
        .order_by(pledge_history.c.state_number),
        Pledge,
    )


def buying(tx: Connection, round_id: str) -> frozenset[str]:
    """Ids of the organisations whose pledge counts in the round, or will once approved."""
    return frozenset(
        tx.execute(
            select(pledges.c.organisation_id).where(
                pledges.c.round_id == round_id,
                pledges.c.state.in_([PledgeState.PLACED, PledgeState.PROPOSED]),
            )
        ).scalars()
    )


def pooled_by_round(tx: Connection) -> dict[str, tuple[int, int]]:
    """Kilograms that count now, and of how many companies, of every round with a pledge."""
    found = tx.execute(
        select(pledges.c.round_id, func.sum(pledges.c.quantity_kg), func.count())
        .where(pledges.c.state == PledgeState.PLACED)
        .group_by(pledges.c.round_id)
    )
    return {round_id: (int(kg), int(companies)) for round_id, kg, companies in found}
