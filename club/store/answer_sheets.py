"""Finished tries at a module and their raw answers, many at once: rows → values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    cast,
    func,
    select,
    type_coerce,
)

from club.store.columns import looked_into
from club.store.tables import answers, attempts, people
from curriculum.scores import Try

AT_ONCE = 500
"""So many ids go into one statement."""


BETWEEN_ANSWERS = "\x1e"
"""ASCII's separator of records, which JSON never holds as it is."""


class WrittenSheet(NamedTuple):
    """All first answers of a try, each as one text, so that equal ones are read once."""

    attempt_id: str
    answers: tuple[str, ...]


class WrittenAnswer(NamedTuple):
    """An answer as it is stored; `raw` is the JSON text."""

    question_id: str
    question_version: int
    confidence: int | None
    raw: str


def answer_written(text: str) -> WrittenAnswer:
    """Read what stands for an answer in a written sheet."""
    return WrittenAnswer._make(json.loads(text))


class DatedAnswer(NamedTuple):
    """A first answer, whose and when; `raw` is the JSON text."""

    person_id: str
    module_id: str
    attempt_id: str
    question_id: str
    question_version: int
    raw: str
    answered_at: datetime


def answers_of_active(tx: Connection) -> Iterator[DatedAnswer]:
    """The first answers of every active person, in no order."""
    return _dated_answers(tx, people.c.is_active)


def answers_of_person(tx: Connection, person_id: str) -> Iterator[DatedAnswer]:
    """A person's first answers in all tries, in no order."""
    return _dated_answers(tx, people.c.id == person_id)


def _dated_answers(tx: Connection, whose: ColumnElement[bool]) -> Iterator[DatedAnswer]:
    a = answers.c
    stated = (
        select(
            attempts.c.person_id,
            attempts.c.module_id,
            a.attempt_id,
            a.question_id,
            a.question_version,
            type_coerce(a.raw, Text),
            a.answered_at,
        )
        .join(attempts, attempts.c.id == a.attempt_id)
        .join(people, people.c.id == attempts.c.person_id)
        .where(whose)
    )
    for part in tx.execute(stated).partitions(AT_ONCE):
        yield from map(DatedAnswer._make, part)


def finished_tries(tx: Connection, module_id: str, module_version: int) -> list[Try]:
    """All finished tries at a version of a module, in no order; what is withdrawn is left out."""
    a = attempts.c
    found = tx.execute(
        select(a.id, a.person_id, people.c.organisation_id, a.finished_at)  # in the order of Try
        .join(people, people.c.id == a.person_id)
        .where(a.module_id == module_id)
        .where(a.module_version == module_version)
        .where(a.finished_at.is_not(None))
        .where(a.withdrawn_at.is_(None) | a.reinstated_at.is_not(None))
    )
    return list(map(Try._make, found.all()))


def written_sheets(tx: Connection, attempt_ids: Sequence[str]) -> Iterator[WrittenSheet]:
    """The answers of the tries, in no order; a try without any has no sheet.

    The database puts a try's answers together: to hand out a row for each takes four times as long.
    """
    together = func.aggregate_strings(_as_text(tx), BETWEEN_ANSWERS)
    stated = select(answers.c.attempt_id, together).group_by(answers.c.attempt_id)
    for ids in _batches(attempt_ids):
        for id, text in tx.execute(stated.where(answers.c.attempt_id.in_(ids))).all():
            yield WrittenSheet(id, tuple(text.split(BETWEEN_ANSWERS)))


def _as_text(tx: Connection) -> ColumnElement[str]:
    """A JSON array, in the order of WrittenAnswer."""
    array = func.json_array if tx.dialect.name == "sqlite" else func.json_build_array
    a = answers.c
    written = array(a.question_id, a.question_version, a.confidence, type_coerce(a.raw, Text))
    return cast(written, Text)


def carried_over(tx: Connection, attempt_ids: Sequence[str]) -> set[str]:
    """Those of the tries that were delta quizzes, which carry an earlier pass over."""
    carries = looked_into(tx, attempts.c.questions)["carries"].as_string()
    stated = select(attempts.c.id).where(carries.is_not(None))
    found: set[str] = set()
    for ids in _batches(attempt_ids):
        found.update(tx.scalars(stated.where(attempts.c.id.in_(ids))))
    return found


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
