"""Low prices that have to be explained, as their supplier and the office see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from club.domain.flags import PriceFlag
from club.domain.lots import Lot, Project
from club.domain.organisations import Actor, Role
from club.domain.rounds import Round
from club.operations.context import Context
from club.operations.deed import looking
from club.store import catalogue, clearings, flags, people, rounds
from club.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class LowPrice:
    """A flag with what it is about."""

    flag: PriceFlag
    round_: Round
    lot: Lot
    project: Project
    supplier_ja: str
    supplier_en: str
    quantity_kg: int
    """What was awarded of the lot, at all its prices."""
    value_jpy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LowPrices:
    now: datetime
    rows: tuple[LowPrice, ...]
    """The open ones first, the next deadline first of all; then the settled, the last one first."""


def my_low_prices(context: Context, actor: Actor) -> LowPrices:
    """What the actor's organisation is or was asked to explain."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        return _told(context, tx, flags.of_supplier(tx, fresh.organisation_id))


def low_prices(context: Context, actor: Actor) -> LowPrices:
    """What any supplier is or was asked to explain."""
    with looking(context, actor, Role.FACILITATOR, Role.AUDITOR) as (tx, _):
        return _told(context, tx, flags.all_flags(tx))


def _told(context: Context, tx: Connection, found: Iterable[PriceFlag]) -> LowPrices:
    listed = sorted(found, key=lambda flag: (flag.explain_by_at, flag.award_id))
    open_ = [flag for flag in listed if flag.is_open]
    settled = [flag for flag in reversed(listed) if not flag.is_open]
    rows = tuple(_row(tx, flag) for flag in (*open_, *settled))
    return LowPrices(now=context.clock(tx), rows=rows)


def _row(tx: Connection, flag: PriceFlag) -> LowPrice:
    number = clearings.award(tx, flag.award_id).clearing_number
    won = [
        award
        for award in clearings.all_awards_of_round(tx, flag.round_id)
        if award.lot_id == flag.lot_id and award.clearing_number == number
    ]
    lot = catalogue.lot(tx, flag.lot_id)
    supplier = people.organisation(tx, flag.supplier_id)
    return LowPrice(
        flag=flag,
        round_=rounds.get(tx, flag.round_id),
        lot=lot,
        project=catalogue.project(tx, lot.project_id),
        supplier_ja=supplier.name_ja,
        supplier_en=supplier.name_en,
        quantity_kg=sum(award.quantity_kg for award in won),
        value_jpy=sum(award.value_jpy for award in won),
    )
