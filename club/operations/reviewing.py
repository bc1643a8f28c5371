"""Reviewing: questions that one got wrong or guessed come back, a few a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from club.domain.errors import NotFound, PhaseRefused
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import begin
from club.operations.reading_answers import read_answer, read_confidence
from club.store import people, reviews
from club.store.database import Connection
from club.store.learning import AnswerRow
from club.store.reviews import ReviewRow
from curriculum.marking import Answer, mark
from curriculum.modules import Module
from curriculum.questions import Question
from curriculum.reviewing import Plan, Recall, plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """One person's reviews of today, and the questions that may come."""

    plan: Plan
    bank: dict[str, tuple[Module, Question]]
    """Every question that may be asked today, with its module."""


def answer_card(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    question_id: str,
    given: Answer,
    confidence: int | None = None,
) -> ReviewRow:
    """Keep the answer to a question of one's own queue of today, as it was given.

    Raises PhaseRefused where it was answered today already, NotFound for a question that is not
    in the queue, InputRefused for what cannot be an answer.
    """
    with begin(context, actor, Role.LEARNER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return reviews.get(deed.tx, deed.outcome_id)
        people.person(deed.tx, deed.by, lock=True)  # of two answers at once one is kept
        due = reviews_of(context, deed.tx, deed.by, deed.at)
        if question_id not in {each.question_id for each in due.plan.today}:
            begins_at, _ = day_of(context, deed.at)
            if _was_answered(deed.tx, deed.by, question_id, begins_at):
                raise PhaseRefused("already_done")
            raise NotFound
        _, question = due.bank[question_id]
        answer = ReviewRow(
            id=context.new_id(),
            person_id=deed.by,
            question_id=question.id,
            question_version=question.version,
            raw=list(read_answer(question, given)),
            confidence=read_confidence(question, confidence),
            answered_at=deed.at,
        )
        reviews.add(deed.tx, answer)
        deed.remember("card.answered", answer.id)
        return answer


def reviews_of(context: Context, tx: Connection, person_id: str, at: datetime) -> Reviews:
    """Plan a person's day from all their answers to questions that may be asked on it.

    Answers to an earlier version of a question tell nothing of the current one.
    """
    begins_at, ends_at = day_of(context, at)
    bank = {
        question.id: (module, question)
        for module in context.modules.values()
        for question in module.questions
        if question.may_be_asked(begins_at.date())
    }
    rows: list[AnswerRow | ReviewRow] = [
        *reviews.settled_answers(tx, person_id),
        *reviews.of_person(tx, person_id),
    ]
    recalls = [_recall(bank[row.question_id][1], row) for row in rows if row.question_id in bank]
    known = [recall for recall in recalls if recall is not None]
    return Reviews(plan=plan(known, begins_at=begins_at, ends_at=ends_at), bank=bank)


def day_of(context: Context, at: datetime) -> tuple[datetime, datetime]:
    """When the day of that instant begins and ends, in the club's zone."""
    zone = ZoneInfo(context.settings.time_zone)
    today = at.astimezone(zone).date()
    tomorrow = today + timedelta(days=1)
    return (
        datetime.combine(today, time.min, zone),
        datetime.combine(tomorrow, time.min, zone),
    )


def _recall(question: Question, row: AnswerRow | ReviewRow) -> Recall | None:
    if row.question_version != question.version:
        return None
    return Recall(
        question_id=question.id,
        at=row.answered_at,
        mark=mark(question, tuple(row.raw)),
        confidence=row.confidence,
        in_review=isinstance(row, ReviewRow),
    )


def _was_answered(tx: Connection, person_id: str, question_id: str, since: datetime) -> bool:
    own = reviews.of_person(tx, person_id)
    return any(row.question_id == question_id and row.answered_at >= since for row in own)
