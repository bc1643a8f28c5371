"""Tries as the gate reads them, many at once: of what they were frozen under only what it asks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, select

from club.store.columns import looked_into
from club.store.tables import attempts, people
from curriculum.gates import Attempt
from curriculum.quizzes import QuestionKey


@dataclass(frozen=True, slots=True)
class GateTry:
    """Whose try at which module; unfinished, it is nothing to the gate."""

    person_id: str
    module_id: str
    finished: Attempt | None


def tries_of_company(tx: Connection, organisation_id: str) -> list[GateTry]:
    """Every try of the organisation's active people, the oldest first."""
    return _tries(tx, people.c.is_active & (people.c.organisation_id == organisation_id))


def tries_of_active(tx: Connection) -> list[GateTry]:
    """Every try of every active person, the oldest first."""
    return _tries(tx, people.c.is_active)


def _tries(tx: Connection, whose: ColumnElement[bool]) -> list[GateTry]:
    """To read every question asked and every order of choices takes several times as long."""
    a, frozen = attempts.c, looked_into(tx, attempts.c.questions)
    stated = (
        select(
            a.person_id,
            a.id,
            a.module_id,
            a.module_version,
            a.finished_at,
            a.score,
            frozen["pass_mark"].as_string(),
            frozen["bank"].as_string(),
            frozen["carries"].as_string(),
            a.withdrawn_at.is_not(None) & a.reinstated_at.is_(None),
        )
        .join(people, people.c.id == a.person_id)
        .where(whose)
        .order_by(a.started_at, a.id)
    )
    return [_try(*row) for row in tx.execute(stated).all()]


def _try(  # noqa: PLR0913, PLR0917 - the cells of a row, in the order of the statement
    person_id: str,
    id: str,
    module_id: str,
    module_version: int,
    finished_at: datetime | None,
    score: str | None,
    pass_mark: str,
    bank: str | None,
    carries: str | None,
    is_withdrawn: bool,
) -> GateTry:
    if finished_at is None or score is None:
        return GateTry(person_id, module_id, None)
    finished = Attempt(
        id=id,
        module_id=module_id,
        module_version=module_version,
        finished_at=finished_at,
        score=_ratio(score),
        pass_mark=_ratio(pass_mark),
        bank=None if bank is None else _bank(bank),
        carries=carries,
        is_withdrawn=bool(is_withdrawn),
    )
    return GateTry(person_id, module_id, finished)


@lru_cache(maxsize=1024)
def _ratio(written: str) -> Fraction:
    return Fraction(written)


@lru_cache(maxsize=256)
def _bank(written: str) -> frozenset[QuestionKey]:
    """Of many tries, few began with another bank."""
    return frozenset((id, version) for id, version in json.loads(written))
