"""Finished tries at a module and their raw answers, many at once: rows → values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Text, select, type_coerce

from club.store.tables import answers, attempts, people
from curriculum.scores import Try

AT_ONCE = 500
"""So many ids go into one statement."""


class RawAnswer(NamedTuple):
    """An answer as it is stored; `raw` is the JSON text, so that equal ones are read once."""

    attempt_id: str
    question_id: str
    question_version: int
    raw: str
    confidence: int | None


def finished_tries(tx: Connection, module_id: str, module_version: int) -> list[Try]:
    """All finished tries at a version of a module, in no order; what is withdrawn is left out."""
    found = tx.execute(
        select(
            attempts.c.id, attempts.c.person_id, people.c.organisation_id, attempts.c.finished_at
        )
        .join(people, people.c.id == attempts.c.person_id)
        .where(attempts.c.module_id == module_id)
        .where(attempts.c.module_version == module_version)
        .where(attempts.c.finished_at.is_not(None))
        .where(attempts.c.withdrawn_at.is_(None) | attempts.c.reinstated_at.is_not(None))
    )
    return [
        Try(id=id, person_id=person_id, organisation_id=organisation_id, finished_at=finished_at)
        for id, person_id, organisation_id, finished_at in found.all()
    ]


def raw_answers(tx: Connection, attempt_ids: Sequence[str]) -> Iterator[RawAnswer]:
    """The answers of the tries, in no order."""
    stated = select(
        answers.c.attempt_id,
        answers.c.question_id,
        answers.c.question_version,
        type_coerce(answers.c.raw, Text),
        answers.c.confidence,
    )
    for ids in _batches(attempt_ids):
        yield from map(
            RawAnswer._make, tx.execute(stated.where(answers.c.attempt_id.in_(ids))).all()
        )


def carried_over(tx: Connection, attempt_ids: Sequence[str]) -> set[str]:
    """Those of the tries that were delta quizzes, which carry an earlier pass over."""
    stated = select(attempts.c.id, attempts.c.questions)
    found: set[str] = set()
    for ids in _batches(attempt_ids):
        rows = tx.execute(stated.where(attempts.c.id.in_(ids)))
        found.update(id for id, frozen in rows if frozen.get("carries") is not None)
    return found


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
