"""Envelopes and opened offers: rows ↔ values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    Select,
    bindparam,
    cast,
    func,
    select,
    union_all,
)

from club.domain.offers import Envelope, EnvelopeState, Offer
from club.domain.rounds import OFFERABLE
from club.store import live, rows
from club.store.tables import awards, envelopes, lots, offers, rounds


def add_envelope(tx: Connection, envelope: Envelope) -> None:
    rows.add(tx, envelopes, envelope)


def change_envelope(tx: Connection, envelope: Envelope) -> None:
    rows.change(tx, envelopes, envelope)


def envelope(tx: Connection, id: str) -> Envelope:
    return rows.get(tx, envelopes, Envelope, id)


def standing(tx: Connection, round_id: str) -> list[Envelope]:
    """The envelopes that count in the round, in the order of their acknowledgement."""
    return rows.listed(
        tx,
        select(envelopes)
        .where(envelopes.c.round_id == round_id, envelopes.c.state == EnvelopeState.STANDING)
        .order_by(envelopes.c.sequence),
        Envelope,
    )


def received(tx: Connection, round_id: str) -> list[Envelope]:
    """Every envelope of the round, whatever became of it, in the order of acknowledgement."""
    return rows.listed(
        tx,
        select(envelopes).where(envelopes.c.round_id == round_id).order_by(envelopes.c.sequence),
        Envelope,
    )


def standing_of_lot(tx: Connection, round_id: str, lot_id: str) -> Envelope | None:
    return rows.found(
        tx,
        select(envelopes).where(
            envelopes.c.round_id == round_id,
            envelopes.c.lot_id == lot_id,
            envelopes.c.state == EnvelopeState.STANDING,
        ),
        Envelope,
    )


def counted(tx: Connection, round_id: str) -> dict[str, int]:
    """How many envelopes count in the round, sealed or opened, by supplier."""
    found = tx.execute(
        select(envelopes.c.supplier_id, func.count())
        .where(
            envelopes.c.round_id == round_id,
            envelopes.c.state.in_([EnvelopeState.STANDING, EnvelopeState.OPENED]),
        )
        .group_by(envelopes.c.supplier_id)
    )
    return {supplier_id: int(count) for supplier_id, count in found}


def next_sequence(tx: Connection, round_id: str) -> int:
    """The next number in the order of acknowledgement; the caller holds the round's lock."""
    last = tx.execute(
        select(func.max(envelopes.c.sequence)).where(envelopes.c.round_id == round_id)
    ).scalar_one()
    return (last or 0) + 1


def bound_kg(tx: Connection, lot_id: str, *, but_round_id: str | None = None) -> int:
    """Kilograms of the lot bound in open rounds, by an envelope or live bids, or awarded, in whole
    units.

    The caller holds the lot's lock. `but_round_id` leaves out what is bound in one round.
    """
    return bound_by_lot(tx, [lot_id], but_round_id=but_round_id).get(lot_id, 0)


def bound_by_lot(
    tx: Connection, lot_ids: Collection[str], *, but_round_id: str | None = None
) -> dict[str, int]:
    """The same for several lots; one statement, so that a round which clears is counted once."""
    asked: dict[str, Any] = {"lot_ids": sorted(lot_ids)}
    if but_round_id is not None:
        asked["but_round_id"] = but_round_id
    found = tx.execute(_bound(is_one_left_out=but_round_id is not None), asked)
    return {lot_id: int(kg) for lot_id, kg in found}


@cache
def _bound(*, is_one_left_out: bool) -> Select[Any]:
    """What `bound_by_lot` asks; made once, as every page of a live auction asks it at each tick."""
    asked: BindParameter[Any] = bindparam("lot_ids", expanding=True)
    sealed = (
        select(envelopes.c.lot_id, envelopes.c.quantity_bound_kg.label("kg"))
        .join(rounds, rounds.c.id == envelopes.c.round_id)
        .where(
            envelopes.c.lot_id.in_(asked),
            envelopes.c.state == EnvelopeState.STANDING,
            rounds.c.phase.in_(sorted(OFFERABLE)),
        )
    )
    bids = live.bound().subquery()
    bidden = select(bids.c.lot_id, bids.c.kg).where(bids.c.lot_id.in_(asked))
    if is_one_left_out:
        sealed = sealed.where(envelopes.c.round_id != bindparam("but_round_id"))
        bidden = bidden.where(bids.c.round_id != bindparam("but_round_id"))
    bought_kg = cast(func.sum(awards.c.quantity_kg), BigInteger)  # PostgreSQL's sums are numeric
    units = (bought_kg + lots.c.unit_kg - 1) // lots.c.unit_kg
    awarded = (
        select(awards.c.lot_id, (units * lots.c.unit_kg).label("kg"))
        .join(lots, lots.c.id == awards.c.lot_id)
        .where(awards.c.lot_id.in_(asked), awards.c.fell_at.is_(None))
        .group_by(awards.c.lot_id, awards.c.round_id, lots.c.unit_kg)
    )
    bound = union_all(sealed, bidden, awarded).subquery()
    return select(bound.c.lot_id, func.sum(bound.c.kg)).group_by(bound.c.lot_id)


def envelopes_of_supplier(
    tx: Connection, supplier_id: str, round_id: str | None = None
) -> list[Envelope]:
    """A supplier's envelopes, the newest first."""
    statement = (
        select(envelopes)
        .where(envelopes.c.supplier_id == supplier_id)
        .order_by(envelopes.c.received_at.desc(), envelopes.c.sequence.desc(), envelopes.c.id)
    )
    if round_id is not None:
        statement = statement.where(envelopes.c.round_id == round_id)
    return rows.listed(tx, statement, Envelope)


def mark_opened(tx: Connection, round_id: str) -> None:
    """After the opening no envelope of the round stands sealed any more."""
    tx.execute(
        envelopes.update()
        .where(envelopes.c.round_id == round_id, envelopes.c.state == EnvelopeState.STANDING)
        .values(state=EnvelopeState.OPENED)
    )


def add_offers(tx: Connection, opened: Sequence[Offer]) -> None:
    if opened:
        tx.execute(offers.insert(), [rows.values(offer) for offer in opened])


def of_round(tx: Connection, round_id: str) -> list[Offer]:
    """The opened offers of a round, in the order of their acknowledgement."""
    return rows.listed(
        tx, select(offers).where(offers.c.round_id == round_id).order_by(offers.c.sequence), Offer
    )


def of_supplier(tx: Connection, supplier_id: str) -> list[Offer]:
    return rows.listed(
        tx,
        select(offers).where(offers.c.supplier_id == supplier_id).order_by(offers.c.id),
        Offer,
    )
