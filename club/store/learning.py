"""Tries at quizzes and raw answers: rows ↔ values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, bindparam, select

from club.store import rows
from club.store.tables import answers, attempts, later_answers
from curriculum.quizzes import Asked, Quiz

FIRST_OF_TRY = (
    select(answers)
    .where(answers.c.attempt_id == bindparam("try"))
    .order_by(answers.c.answered_at, answers.c.question_id)
)
LATER_OF_TRY = (
    select(later_answers)
    .where(later_answers.c.attempt_id == bindparam("try"))
    .order_by(later_answers.c.question_id, later_answers.c.number)
)
"""Asked for every question that is shown, so they are put together once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    """A try with the rules it was frozen under; unfinished on an older version, it is abandoned."""

    id: str
    person_id: str
    module_id: str
    module_version: int
    seed: str
    questions: Any
    started_at: datetime
    finished_at: datetime | None = None
    score: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawal_reason: str | None = None
    reinstated_at: datetime | None = None
    reinstated_by: str | None = None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None and self.reinstated_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    attempt_id: str
    question_id: str
    question_version: int
    raw: Any
    confidence: int | None = None
    answered_at: datetime
    closed_at: datetime | None = None
    """When the question was settled: wholly right, out of tries, or left as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterAnswerRow:
    """A second answer to a question, or a third."""

    attempt_id: str
    question_id: str
    number: int
    raw: Any
    confidence: int | None = None
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """All that was answered to one question; statistics look at the first."""

    first: AnswerRow
    later: tuple[LaterAnswerRow, ...] = ()

    @property
    def tries(self) -> int:
        return 1 + len(self.later)

    @property
    def answers(self) -> tuple[AnswerRow | LaterAnswerRow, ...]:
        return (self.first, *self.later)

    @property
    def last(self) -> tuple[str, ...]:
        """The last answer, which is the one that counts."""
        return tuple(self.answers[-1].raw)

    @property
    def is_closed(self) -> bool:
        return self.first.closed_at is not None


def add_attempt(tx: Connection, attempt: AttemptRow) -> None:
    rows.add(tx, attempts, attempt)


def change_attempt(tx: Connection, attempt: AttemptRow) -> None:
    rows.change(tx, attempts, attempt)


def attempt(tx: Connection, id: str, *, lock: bool = False) -> AttemptRow:
    return rows.get(tx, attempts, AttemptRow, id, lock=lock)


def finish(attempt: AttemptRow, *, at: datetime, score: Fraction) -> AttemptRow:
    """Give the try its end; the score is kept as the exact ratio."""
    return replace(attempt, finished_at=at, score=str(score))


def attempts_of_person(
    tx: Connection, person_id: str, *, module_id: str | None = None
) -> list[AttemptRow]:
    """A person's tries, at one module if it is named."""
    statement = (
        select(attempts)
        .where(attempts.c.person_id == person_id)
        .order_by(attempts.c.started_at, attempts.c.id)
    )
    if module_id is not None:
        statement = statement.where(attempts.c.module_id == module_id)
    return rows.listed(tx, statement, AttemptRow)


def all_attempts(tx: Connection) -> list[AttemptRow]:
    """Everybody's tries, each person's in the order in which they began."""
    by_person = (attempts.c.person_id, attempts.c.started_at, attempts.c.id)
    return rows.listed(tx, select(attempts).order_by(*by_person), AttemptRow)


def add_answer(tx: Connection, answer: AnswerRow) -> None:
    rows.add(tx, answers, answer)


def add_later_answer(tx: Connection, answer: LaterAnswerRow) -> None:
    rows.add(tx, later_answers, answer)


def close(tx: Connection, answer: AnswerRow, *, at: datetime) -> None:
    rows.change(tx, answers, replace(answer, closed_at=at))


def answers_of(tx: Connection, attempt_id: str) -> list[AnswerRow]:
    """First answers only."""
    return rows.listed(tx, FIRST_OF_TRY, AnswerRow, {"try": attempt_id})


def first_answers_of_person(tx: Connection, person_id: str) -> list[AnswerRow]:
    """First answers of the person's finished tries."""
    return rows.listed(
        tx,
        select(answers)
        .join(attempts, attempts.c.id == answers.c.attempt_id)
        .where(attempts.c.person_id == person_id, attempts.c.finished_at.is_not(None))
        .order_by(answers.c.answered_at, answers.c.attempt_id, answers.c.question_id),
        AnswerRow,
    )


def given_by_question(tx: Connection, attempt_id: str) -> dict[str, Given]:
    """All answers of a try, by question in the order of the first answers."""
    later = rows.listed(tx, LATER_OF_TRY, LaterAnswerRow, {"try": attempt_id})
    return {
        first.question_id: Given(
            first=first, later=tuple(a for a in later if a.question_id == first.question_id)
        )
        for first in answers_of(tx, attempt_id)
    }


def all_given(tx: Connection) -> dict[str, list[Given]]:
    """Everybody's answers, by try and in the order of the first answers."""
    by_place = (later_answers.c.attempt_id, later_answers.c.question_id, later_answers.c.number)
    later: dict[tuple[str, str], list[LaterAnswerRow]] = defaultdict(list)
    for again in rows.listed(tx, select(later_answers).order_by(*by_place), LaterAnswerRow):
        later[again.attempt_id, again.question_id].append(again)
    by_try = (answers.c.attempt_id, answers.c.answered_at, answers.c.question_id)
    given: dict[str, list[Given]] = defaultdict(list)
    for first in rows.listed(tx, select(answers).order_by(*by_try), AnswerRow):
        others = tuple(later.get((first.attempt_id, first.question_id), ()))
        given[first.attempt_id].append(Given(first=first, later=others))
    return given


def quiz_of(attempt: AttemptRow) -> Quiz:
    """Read the questions, versions, bank and pass mark that the try was frozen under."""
    frozen = attempt.questions
    bank = frozen.get("bank")  # tries begun before the bank was kept have none
    return Quiz(
        module_id=attempt.module_id,
        module_version=attempt.module_version,
        pass_mark=Fraction(frozen["pass_mark"]),
        asked=tuple(
            Asked(
                question_id=a["id"], question_version=a["version"], choice_ids=tuple(a["choices"])
            )
            for a in frozen["asked"]
        ),
        tries=frozen.get("tries", 1),
        reduction=Fraction(frozen.get("reduction", 0)),
        bank=None if bank is None else frozenset((id, version) for id, version in bank),
        carries=frozen.get("carries"),
    )


def freeze(quiz: Quiz) -> dict[str, Any]:
    """Write down what `quiz_of` reads back."""
    return {
        "pass_mark": str(quiz.pass_mark),
        "tries": quiz.tries,
        "reduction": str(quiz.reduction),
        "asked": [
            {"id": a.question_id, "version": a.question_version, "choices": list(a.choice_ids)}
            for a in quiz.asked
        ],
        "bank": None if quiz.bank is None else [list(key) for key in sorted(quiz.bank)],
        "carries": quiz.carries,
    }
