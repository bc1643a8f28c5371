"""Gathering what progress is told from: tries, raw answers and the bank; read each time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import TypeVar

from club.operations.context import Context
from club.operations.learning import finished_tries
from club.store import gate_tries, learning
from club.store.answer_sheets import DatedAnswer, answers_of_active, answers_of_person
from club.store.database import Connection
from curriculum.gates import Attempt
from curriculum.marking import mark
from curriculum.modules import Module
from curriculum.progress import (
    Completion,
    FirstAnswer,
    ModuleProgress,
    completion,
    module_progress,
)

T = TypeVar("T")
ByModule = defaultdict[tuple[str, str], list[T]]
"""By person and module; where there is nothing, an empty list."""


def progress_of_person(
    context: Context, tx: Connection, person_id: str, *, at: datetime
) -> tuple[ModuleProgress, ...]:
    """Where the person stands with every module, in the curriculum's order."""
    tries = learning.attempts_of_person(tx, person_id)
    first: defaultdict[str, list[FirstAnswer]] = defaultdict(list)
    bank = Bank(context.modules)
    for answer in answers_of_person(tx, person_id):
        known = bank.first(answer)
        if known is not None:
            first[answer.module_id].append(known)
    attempts = finished_tries(tries)
    begun = {attempt.module_id for attempt in tries}
    return tuple(
        module_progress(module, attempts, first[id], has_begun=id in begun, now=at)
        for id, module in context.modules.items()
    )


def completions_of_active(
    context: Context, tx: Connection, *, at: datetime
) -> dict[str, tuple[Completion, ...]]:
    """The same without the outcomes, for every active person who has ever begun a try."""
    tries: ByModule[Attempt] = defaultdict(list)
    begun: dict[str, set[str]] = defaultdict(set)
    for each in gate_tries.tries_of_active(tx):
        begun[each.person_id].add(each.module_id)
        if each.finished is not None:
            tries[each.person_id, each.module_id].append(each.finished)
    wrong_at = _wrong_at(context.modules, answers_of_active(tx))
    return {
        person: tuple(
            completion(
                module,
                tries.get((person, id), ()),
                wrong_at.get((person, id), ()),
                has_begun=id in own,
                now=at,
            )
            for id, module in context.modules.items()
        )
        for person, own in begun.items()
    }


def _wrong_at(
    modules: Mapping[str, Module], answers: Iterable[DatedAnswer]
) -> Mapping[tuple[str, str], list[datetime]]:
    """When whoever answered wrongly at first, by person and module."""
    bank = Bank(modules)
    found: ByModule[datetime] = defaultdict(list)
    for answer in answers:
        earned = bank.mark(answer)
        if earned is not None and earned < 1:
            found[answer.person_id, answer.module_id].append(answer.answered_at)
    return found


class Bank:
    """All questions as they are now; the same answer to one is marked once."""

    def __init__(self, modules: Mapping[str, Module]) -> None:
        self._questions = {(q.id, q.version): q for m in modules.values() for q in m.questions}
        self._marks: dict[tuple[str, int, str], Fraction | None] = {}

    def mark(self, answer: DatedAnswer) -> Fraction | None:
        """What the answer earns; None where its question has been rewritten since."""
        key = (answer.question_id, answer.question_version, answer.raw)
        if key not in self._marks:
            question = self._questions.get(key[:2])
            given = tuple(json.loads(answer.raw))
            self._marks[key] = None if question is None else mark(question, given)
        return self._marks[key]

    def first(self, answer: DatedAnswer) -> FirstAnswer | None:
        question = self._questions.get((answer.question_id, answer.question_version))
        earned = self.mark(answer)
        if question is None or earned is None:
            return None
        return FirstAnswer(
            try_id=answer.attempt_id,
            question_id=question.id,
            outcomes=question.outcomes,
            answered_at=answer.answered_at,
            mark=earned,
        )
