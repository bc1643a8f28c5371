"""Why offers won or lost, as worked out after a clearing: rows ↔ values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select

from auctions.record import plain
from auctions.reviving import revive
from club.domain.explaining import Explained
from club.store.clearings import is_older
from club.store.tables import clearings, explanations, offers


def lacking(tx: Connection) -> list[str]:
    """Rounds with a result whose offers are not explained yet, the first cleared first; not those
    of an older version."""
    of_round = offers.c.round_id == clearings.c.round_id
    explained = explanations.c.round_id == clearings.c.round_id
    statement = (
        select(clearings.c.round_id)
        .where(clearings.c.result_hash.is_not(None))
        .where(exists().where(of_round), ~exists().where(explained))
        .order_by(clearings.c.cleared_at, clearings.c.round_id)
    )
    # A result is long: it is opened only where an explanation is lacking, not at every tick.
    return [id for id in tx.execute(statement).scalars() if not is_older(tx, id)]


def keep(tx: Connection, round_id: str, found: Sequence[Explained]) -> None:
    """Keep explanations in place of those that there were of the same offers; the caller holds
    the round's lock."""
    if not found:
        return
    same = explanations.c.offer_id == bindparam("of")
    tx.execute(explanations.delete().where(same), [{"of": each.offer} for each in found])
    rows = [
        {"offer_id": each.offer, "round_id": round_id, "explained": plain(each)} for each in found
    ]
    tx.execute(explanations.insert(), rows)


def of_round(tx: Connection, round_id: str) -> dict[str, Explained]:
    """The explanations of a round, by offer."""
    return _read(tx, explanations.c.round_id == round_id)


def of_offers(tx: Connection, offer_ids: Collection[str]) -> dict[str, Explained]:
    return _read(tx, explanations.c.offer_id.in_(sorted(offer_ids)))


def _read(tx: Connection, condition: Any) -> dict[str, Explained]:
    found = tx.execute(select(explanations.c.explained).where(condition)).scalars()
    read = [revive(Explained, cell, "explained") for cell in found]
    return {each.offer: each for each in read}
