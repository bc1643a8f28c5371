"""Awards that fell away, what is bought instead, and who was asked about it: rows ↔ values."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from club.domain.falling import Fall, Question, Stage
from club.store import rows
from club.store.tables import falls, next_bests, questions


@dataclass(frozen=True, slots=True, kw_only=True)
class NextBestRow:
    """What the next best is computed from and, once it is, what came out."""

    round_id: str
    number: int
    stage: Stage
    inputs_hash: str
    inputs: Any
    result_hash: str | None = None
    result: Any = None
    frozen_at: datetime
    computed_at: datetime | None = None


def add_fall(tx: Connection, fall: Fall) -> None:
    rows.add(tx, falls, fall)


def fall(tx: Connection, id: str) -> Fall:
    return rows.get(tx, falls, Fall, id)


def falls_of_round(tx: Connection, round_id: str) -> list[Fall]:
    """In the order in which they were recorded."""
    return rows.listed(
        tx,
        select(falls)
        .where(falls.c.round_id == round_id)
        .order_by(falls.c.recorded_at, falls.c.lot_id),
        Fall,
    )


def falls_of_supplier(tx: Connection, supplier_id: str) -> list[Fall]:
    return rows.listed(
        tx,
        select(falls)
        .where(falls.c.supplier_id == supplier_id)
        .order_by(falls.c.recorded_at, falls.c.lot_id),
        Fall,
    )


def take_up(tx: Connection, fall_ids: Collection[str], number: int) -> None:
    """From now on a clearing looks for the next best of these."""
    tx.execute(falls.update().where(falls.c.id.in_(sorted(fall_ids))).values(number=number))


def freeze(tx: Connection, row: NextBestRow) -> None:
    rows.add(tx, next_bests, row)


def finish(tx: Connection, row: NextBestRow) -> None:
    rows.change(tx, next_bests, row)


def row(tx: Connection, round_id: str, number: int, stage: Stage) -> NextBestRow | None:
    return rows.found(
        tx,
        select(next_bests).where(
            next_bests.c.round_id == round_id,
            next_bests.c.number == number,
            next_bests.c.stage == stage,
        ),
        NextBestRow,
    )


def last_number(tx: Connection, round_id: str) -> int:
    """The number of the round's last clearing; 1 before any award has fallen."""
    statement = select(func.max(next_bests.c.number)).where(next_bests.c.round_id == round_id)
    return tx.execute(statement).scalar_one() or 1


def under_way(tx: Connection, round_id: str) -> int | None:
    """The number of the clearing that is frozen and not computed; None where none is."""
    waiting = (next_bests.c.round_id == round_id) & next_bests.c.computed_at.is_(None)
    return tx.execute(select(next_bests.c.number).where(waiting)).scalar_one_or_none()


def settled_of_round(tx: Connection, round_id: str) -> list[NextBestRow]:
    """What was bought instead, in its order."""
    return rows.listed(
        tx,
        select(next_bests)
        .where(
            next_bests.c.round_id == round_id,
            next_bests.c.stage == Stage.SETTLED,
            next_bests.c.computed_at.is_not(None),
        )
        .order_by(next_bests.c.number),
        NextBestRow,
    )


def is_any_falling(tx: Connection, round_id: str) -> bool:
    """Whether an award of the round has fallen and what is bought instead is not settled."""
    settled = {row.number for row in settled_of_round(tx, round_id)}
    return any(fall.number not in settled for fall in falls_of_round(tx, round_id))


def rounds_falling(tx: Connection) -> list[str]:
    """Ids of the rounds in which the clock may have to look for the next best."""
    settled = select(next_bests.c.round_id).where(
        next_bests.c.round_id == falls.c.round_id,
        next_bests.c.number == falls.c.number,
        next_bests.c.stage == Stage.SETTLED,
        next_bests.c.computed_at.is_not(None),
    )
    open_ = select(falls.c.round_id).where(~settled.exists()).distinct()
    return list(tx.execute(open_.order_by(falls.c.round_id)).scalars())


def ask(tx: Connection, asked: Iterable[Question]) -> None:
    for question in asked:
        rows.add(tx, questions, question)


def change_question(tx: Connection, question: Question) -> None:
    rows.change(tx, questions, question)


def questions_of(tx: Connection, round_id: str, number: int) -> list[Question]:
    return rows.listed(
        tx,
        select(questions)
        .where(questions.c.round_id == round_id, questions.c.number == number)
        .order_by(questions.c.organisation_id),
        Question,
    )


def was_asked(tx: Connection, round_id: str, organisation_id: str) -> bool:
    """Whether a member was ever asked about a change in a round."""
    return any(asked.round_id == round_id for asked in questions_to(tx, organisation_id))


def questions_to(tx: Connection, organisation_id: str) -> list[Question]:
    """What a member was ever asked, the newest first."""
    return rows.listed(
        tx,
        select(questions)
        .where(questions.c.organisation_id == organisation_id)
        .order_by(questions.c.asked_at.desc(), questions.c.round_id),
        Question,
    )
