"""Answers in reviews, and what a person has answered in quizzes: rows ↔ values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from club.store import rows
from club.store.learning import AnswerRow
from club.store.tables import answers, attempts, review_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One answer in a review, as it was given."""

    id: str
    person_id: str
    question_id: str
    question_version: int
    raw: Any
    confidence: int | None = None
    answered_at: datetime


def add(tx: Connection, answer: ReviewRow) -> None:
    rows.add(tx, review_answers, answer)


def get(tx: Connection, id: str) -> ReviewRow:
    return rows.get(tx, review_answers, ReviewRow, id)


def of_person(tx: Connection, person_id: str) -> list[ReviewRow]:
    return rows.listed(
        tx,
        select(review_answers)
        .where(review_answers.c.person_id == person_id)
        .order_by(review_answers.c.answered_at, review_answers.c.id),
        ReviewRow,
    )


def settled_answers(tx: Connection, person_id: str) -> list[AnswerRow]:
    """First answers in the person's quizzes, to questions whose explanation they have seen."""
    return rows.listed(
        tx,
        select(answers)
        .join(attempts, attempts.c.id == answers.c.attempt_id)
        .where(attempts.c.person_id == person_id, answers.c.closed_at.is_not(None))
        .order_by(answers.c.answered_at, answers.c.attempt_id, answers.c.question_id),
        AnswerRow,
    )
