"""Rounds, their invited suppliers and their keys: rows ↔ values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from club.domain.auction_terms import AuctionTerms
from club.domain.errors import NotFound
from club.domain.rounds import Phase, Round
from club.store import rows
from club.store.tables import (
    audit_links,
    openings,
    round_auctions,
    round_keys,
    round_suppliers,
    rounds,
)

_WHOLE = select(rounds, round_auctions).join(round_auctions)


def add(tx: Connection, round_: Round) -> None:
    for table, cells in _cells(round_):
        tx.execute(table.insert().values(cells))


def change(tx: Connection, round_: Round) -> None:
    for table, cells in _cells(round_):
        rows.change_cells(tx, table, cells)


def _cells(round_: Round) -> list[tuple[Table, dict[str, Any]]]:
    """What each of a round's two tables holds of it."""
    cells = rows.values(round_)
    auction = rows.values(cells.pop("auction"))
    return [(rounds, cells), (round_auctions, auction | {"round_id": round_.id})]


def _listed(tx: Connection, statement: Select[Any]) -> list[Round]:
    return [
        replace(rows.read(row, Round), auction=rows.read(row, AuctionTerms))
        for row in tx.execute(statement)
    ]


def get(tx: Connection, id: str, *, lock: bool = False) -> Round:
    """The round; with `lock`, nobody else changes it until the transaction ends."""
    statement = _WHOLE.where(rounds.c.id == rows.searchable(id))
    found = _listed(tx, statement.with_for_update() if lock else statement)
    if not found:
        raise NotFound
    return found[0]


def lock(tx: Connection, id: str) -> Round:
    """The round, which nobody else changes or counts against until the transaction ends."""
    return get(tx, id, lock=True)


def listed(tx: Connection) -> list[Round]:
    """All rounds, the newest first."""
    return _listed(tx, _WHOLE.order_by(rounds.c.pledging_closes_at.desc(), rounds.c.id))


def due(tx: Connection, at: datetime) -> list[Round]:
    """Rounds for which the clock has something to do, the longest overdue first; those that wait
    for their openers are left alone until they have waited long enough."""
    pledging_over = (rounds.c.phase == Phase.PLEDGING) & (rounds.c.pledging_closes_at < at)
    bidding_over = (rounds.c.phase == Phase.BIDDING) & (rounds.c.bidding_closes_at < at)
    is_over = pledging_over | bidding_over | (rounds.c.phase == Phase.CLEARING)
    waits_no_more = openings.c.waits_until.is_(None) | (openings.c.waits_until < at)
    return _listed(
        tx,
        _WHOLE.outerjoin(openings, openings.c.round_id == rounds.c.id)
        .where(is_over & waits_no_more)
        .order_by(rounds.c.bidding_closes_at, rounds.c.id),
    )


def invite(tx: Connection, round_id: str, organisation_id: str, *, at: datetime, by: str) -> None:
    tx.execute(
        round_suppliers.insert().values(
            round_id=round_id, organisation_id=organisation_id, invited_at=at, invited_by=by
        )
    )


def invited(tx: Connection, round_id: str) -> list[str]:
    """Ids of the suppliers invited to the round."""
    return list(
        tx.execute(
            select(round_suppliers.c.organisation_id)
            .where(round_suppliers.c.round_id == round_id)
            .order_by(round_suppliers.c.organisation_id)
        ).scalars()
    )


def rounds_inviting(tx: Connection, organisation_id: str) -> frozenset[str]:
    return frozenset(
        tx.execute(
            select(round_suppliers.c.round_id).where(
                round_suppliers.c.organisation_id == organisation_id
            )
        ).scalars()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundKey:
    """What is public of a round's secrets: the key offers are sealed to, the secret's hash, and
    after the result the secret itself."""

    round_id: str
    public_key: bytes
    secret_hash: str
    revealed_secret: str | None = None
    made_at: datetime


def add_key(tx: Connection, key: RoundKey) -> None:
    rows.add(tx, round_keys, key)


def key(tx: Connection, round_id: str) -> RoundKey | None:
    return rows.found(tx, select(round_keys).where(round_keys.c.round_id == round_id), RoundKey)


def reveal_secret(tx: Connection, round_id: str, secret: str) -> None:
    tx.execute(
        round_keys.update().where(round_keys.c.round_id == round_id).values(revealed_secret=secret)
    )


def invitations(tx: Connection, round_id: str) -> list[tuple[str, datetime]]:
    """Ids of the invited suppliers with the instants of their invitation, the earliest first."""
    return [
        (row.organisation_id, row.invited_at)
        for row in tx.execute(
            select(round_suppliers)
            .where(round_suppliers.c.round_id == round_id)
            .order_by(round_suppliers.c.invited_at, round_suppliers.c.organisation_id)
        )
    ]


def ending_facts(tx: Connection, round_id: str) -> dict[str, Any]:
    """What the audit chain says of a round's cancelling or failing; empty if it did neither."""
    found = tx.execute(
        select(audit_links.c.facts)
        .where(
            audit_links.c.chain == round_id,
            audit_links.c.kind.in_(["round.cancelled", "round.failed"]),
        )
        .order_by(audit_links.c.number.desc())
        .limit(1)
    ).scalar_one_or_none()
    return found or {}


def by_id(tx: Connection, ids: Iterable[str]) -> dict[str, Round]:
    statement = _WHOLE.where(rounds.c.id.in_(sorted(ids)))
    return {round_.id: round_ for round_ in _listed(tx, statement)}
