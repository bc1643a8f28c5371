"""What followed a clearing: awards in question, awards that fell away, what was bought instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from club.domain.falling import Answer, Cause, Fall, Stage
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.instead import awards_of
from club.operations.questioning import is_in_question
from club.operations.viewing.rounds import DESK, AwardRow, award_rows, visible_row
from club.store import clearings, falling, flags, people
from club.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen:
    row: AwardRow
    cause: Cause
    reason: str | None
    """The words in which it was recorded or refused; for the office and the supplier only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """One clearing after the first: what fell away, why, and what was bought instead."""

    number: int
    cleared_at: datetime
    fallen: tuple[Fallen, ...]
    bought: tuple[AwardRow, ...]
    inputs_hash: str
    result_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    organisation_ja: str
    organisation_en: str
    answer: Answer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What could be bought instead, on which the members are being asked; for the office only."""

    answer_by_at: datetime
    instead: tuple[AwardRow, ...]
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    now: datetime
    in_question: bool
    """Whether invoices and deliveries wait."""
    low_prices: int
    """How many lots have a price that waits to be explained or accepted."""
    falling: tuple[Fallen, ...]
    """Awards that have fallen away while what is bought instead is not settled."""
    asking: Asking | None
    was_asked: bool
    """Whether the actor's own organisation was asked about a change."""
    again: tuple[Again, ...]
    """In their order."""


def what_followed(context: Context, actor: Actor, round_id: str) -> Followed:
    """What became of a round's awards; NotFound as for the round's page."""
    with looking(context, actor) as (tx, fresh):
        visible_row(tx, fresh, round_id)
        is_desk = fresh.has(*DESK)
        falls = falling.falls_of_round(tx, round_id)
        # Most rounds stand as they were cleared, and many awards are much to read.
        awards = clearings.all_awards_of_round(tx, round_id) if falls else []
        rows = award_rows(tx, awards)
        fallen = _by_number(falls, rows, tells_reason=is_desk)
        again = _again(tx, round_id, fallen, rows)
        done = {each.number for each in again}
        return Followed(
            now=context.clock(tx),
            in_question=is_in_question(tx, round_id),
            low_prices=sum(flag.is_open for flag in flags.of_round(tx, round_id)),
            falling=tuple(
                one for number, some in fallen.items() if number not in done for one in some
            ),
            asking=_asking(tx, round_id) if is_desk else None,
            was_asked=falling.was_asked(tx, round_id, fresh.organisation_id),
            again=again,
        )


def my_fallen(context: Context, actor: Actor) -> tuple[Fallen, ...]:
    """What a supplier won and lost again, in all rounds, the last first."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        found = []
        for fall in reversed(falling.falls_of_supplier(tx, fresh.organisation_id)):
            rows = award_rows(tx, clearings.all_awards_of_round(tx, fall.round_id))
            found += _of(fall, rows, fall.reason)
        return tuple(found)


def _of(fall: Fall, rows: Iterable[AwardRow], reason: str | None) -> list[Fallen]:
    return [
        Fallen(row=row, cause=fall.cause, reason=reason)
        for row in rows
        if row.award.lot_id == fall.lot_id
    ]


def _by_number(
    falls: Iterable[Fall], rows: Iterable[AwardRow], *, tells_reason: bool
) -> dict[int | None, tuple[Fallen, ...]]:
    """What fell away, by the number of the clearing that replaces it."""
    fallen: dict[int | None, tuple[Fallen, ...]] = {}
    for fall in falls:
        some = _of(fall, rows, fall.reason if tells_reason else None)
        fallen[fall.number] = (*fallen.get(fall.number, ()), *some)
    return fallen


def _again(
    tx: Connection,
    round_id: str,
    fallen: dict[int | None, tuple[Fallen, ...]],
    rows: Iterable[AwardRow],
) -> tuple[Again, ...]:
    return tuple(
        Again(
            number=row.number,
            cleared_at=row.computed_at,
            fallen=fallen.get(row.number, ()),
            bought=_of_number(rows, row.number),
            inputs_hash=row.inputs_hash,
            result_hash=row.result_hash,
        )
        for row in falling.settled_of_round(tx, round_id)
        if row.computed_at is not None and row.result_hash is not None
    )


def _of_number(rows: Iterable[AwardRow], number: int) -> tuple[AwardRow, ...]:
    return tuple(row for row in rows if row.award.clearing_number == number)


def _asking(tx: Connection, round_id: str) -> Asking | None:
    """The question under way; None where nobody is being asked."""
    number = falling.last_number(tx, round_id)
    row = falling.row(tx, round_id, number, Stage.ASKED)
    questions = falling.questions_of(tx, round_id, number)
    if row is None or not questions or falling.row(tx, round_id, number, Stage.SETTLED):
        return None
    named = [(people.organisation(tx, q.organisation_id), q.answer) for q in questions]
    return Asking(
        answer_by_at=questions[0].answer_by_at,
        instead=award_rows(tx, awards_of(row)),
        answers=tuple(
            Answered(organisation_ja=o.name_ja, organisation_en=o.name_en, answer=answer)
            for o, answer in named
        ),
    )
