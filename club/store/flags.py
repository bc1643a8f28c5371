"""Low prices and what became of them: rows ↔ values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from club.domain.flags import OPEN, FlagState, PriceFlag
from club.store import rows
from club.store.tables import price_flags

_IN_ORDER = select(price_flags).order_by(price_flags.c.explain_by_at, price_flags.c.award_id)


def add(tx: Connection, flags: Iterable[PriceFlag]) -> None:
    for flag in flags:
        rows.add(tx, price_flags, flag)


def change(tx: Connection, flag: PriceFlag) -> None:
    rows.change(tx, price_flags, flag)


def get(tx: Connection, award_id: str) -> PriceFlag:
    """The flag about a lot, by the award that it is known by; NotFound where there is none."""
    wanted = price_flags.c.award_id == rows.searchable(award_id)
    return rows.needed(tx, _IN_ORDER.where(wanted), PriceFlag)


def of_round(tx: Connection, round_id: str) -> list[PriceFlag]:
    """The next deadline first."""
    return _listed(tx, _IN_ORDER.where(price_flags.c.round_id == round_id))


def of_supplier(tx: Connection, supplier_id: str) -> list[PriceFlag]:
    return _listed(tx, _IN_ORDER.where(price_flags.c.supplier_id == supplier_id))


def all_flags(tx: Connection) -> list[PriceFlag]:
    """Of all rounds, open or not."""
    return _listed(tx, _IN_ORDER)


def all_open(tx: Connection) -> list[PriceFlag]:
    """Flags on which somebody has something to do."""
    return _listed(tx, _IN_ORDER.where(price_flags.c.state.in_(sorted(OPEN))))


def unexplained(tx: Connection, at: datetime) -> list[PriceFlag]:
    """Flags whose supplier let the last instant go by."""
    late = (price_flags.c.state == FlagState.ASKED) & (price_flags.c.explain_by_at < at)
    return _listed(tx, _IN_ORDER.where(late))


def is_any_open(tx: Connection, round_id: str) -> bool:
    return any(flag.is_open for flag in of_round(tx, round_id))


def _listed(tx: Connection, statement: Select[Any]) -> list[PriceFlag]:
    return rows.listed(tx, statement, PriceFlag)
