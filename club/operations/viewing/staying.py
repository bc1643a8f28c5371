"""What a member is asked when an award fell away: whether it stays with the next best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from club.domain.falling import Question, Stage
from club.domain.organisations import Actor, Kind
from club.domain.pledges import Pledge
from club.domain.rounds import Round
from club.domain.tranches import blend
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.instead import awards_of
from club.operations.viewing.rounds import AwardRow, award_rows
from club.store import clearings, falling, pledges, rounds
from club.store.database import Connection
from club.store.falling import NextBestRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A member's kilograms of an award."""

    row: AwardRow
    quantity_kg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Staying:
    """One question to the actor's organisation, with all that is needed to answer it."""

    round_: Round
    pledge: Pledge
    question: Question
    is_over: bool
    """Whether the answer can no longer be changed."""
    kept_kg: int
    """What stands for it whatever it answers."""
    lost: tuple[Part, ...]
    """Its kilograms of what fell away."""
    instead: tuple[Part, ...]
    """Its kilograms of what would be bought, if everybody stays."""
    value_jpy: int
    """What it would owe for them, before fee and tax."""
    price: Fraction | None
    """What everybody who stays would pay per tonne of it."""

    @property
    def lost_kg(self) -> int:
        return sum(part.quantity_kg for part in self.lost)

    @property
    def instead_kg(self) -> int:
        return sum(part.quantity_kg for part in self.instead)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    now: datetime
    asked: tuple[Staying, ...]
    """The newest first."""


def my_questions(context: Context, actor: Actor) -> Questions:
    """What the actor's organisation is or was asked; nobody sees another's."""
    with looking(context, actor) as (tx, fresh):
        now = context.clock(tx)
        own = fresh.organisation_id if fresh.kind is Kind.MEMBER else ""
        found = (_staying(tx, question, now) for question in falling.questions_to(tx, own))
        return Questions(now=now, asked=tuple(each for each in found if each is not None))


def _staying(tx: Connection, question: Question, now: datetime) -> Staying | None:
    round_id, own = question.round_id, question.organisation_id
    row = falling.row(tx, round_id, question.number, Stage.ASKED)
    pledge = pledges.of_organisation(tx, round_id, own)
    if row is None or row.result is None or pledge is None:
        return None
    would = awards_of(row)
    settled = falling.row(tx, round_id, question.number, Stage.SETTLED)
    return Staying(
        round_=rounds.get(tx, round_id),
        pledge=pledge,
        question=question,
        is_over=settled is not None or now > question.answer_by_at,
        kept_kg=row.inputs["kept_kg"].get(own, 0),
        lost=_lost(tx, question),
        instead=_instead(tx, row, own),
        value_jpy=row.result["amounts"].get(own, 0),
        price=blend(would),
    )


def _lost(tx: Connection, question: Question) -> tuple[Part, ...]:
    """The member's kilograms of the awards that this search is to replace."""
    round_id, number = question.round_id, question.number
    gone = {f.lot_id for f in falling.falls_of_round(tx, round_id) if f.number == number}
    rows = award_rows(
        tx,
        [
            award
            for award in clearings.all_awards_of_round(tx, round_id)
            if award.lot_id in gone and award.clearing_number < number
        ],
    )
    own = clearings.kept_and_fallen_of(tx, round_id, question.organisation_id)
    return tuple(
        Part(row=row, quantity_kg=own[row.award.id]) for row in rows if row.award.id in own
    )


def _instead(tx: Connection, row: NextBestRow, own: str) -> tuple[Part, ...]:
    cells = row.result["shares"].get(own, {})
    return tuple(
        Part(row=each, quantity_kg=cells[each.award.offer_id])
        for each in award_rows(tx, awards_of(row))
        if cells.get(each.award.offer_id)
    )
