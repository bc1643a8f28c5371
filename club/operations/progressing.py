"""Gathering what progress is told from: tries, raw answers and the bank; read each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from club.operations.context import Context
from club.operations.learning import finished_tries
from club.store import learning
from club.store.database import Connection
from club.store.learning import AnswerRow, AttemptRow
from curriculum.marking import mark
from curriculum.modules import Module
from curriculum.progress import FirstAnswer, ModuleProgress, module_progress
from curriculum.questions import Question


def progress_of_person(
    context: Context, tx: Connection, person_id: str, *, at: datetime
) -> tuple[ModuleProgress, ...]:
    """Where the person stands with every module, in the curriculum's order."""
    tries = learning.attempts_of_person(tx, person_id)
    answers = learning.answers_of_person(tx, person_id)
    return _progress(context.modules, tries, answers, at=at)


def progress_of_active(
    context: Context, tx: Connection, *, at: datetime
) -> dict[str, tuple[ModuleProgress, ...]]:
    """The same for every active person who has ever begun a try."""
    tries: dict[str, list[AttemptRow]] = defaultdict(list)
    answers: dict[str, list[AnswerRow]] = defaultdict(list)
    person_by_try = {}
    for attempt in learning.attempts_of_active(tx):
        tries[attempt.person_id].append(attempt)
        person_by_try[attempt.id] = attempt.person_id
    for answer in learning.answers_of_active(tx):
        answers[person_by_try[answer.attempt_id]].append(answer)
    return {
        person: _progress(context.modules, own, answers[person], at=at)
        for person, own in tries.items()
    }


def _progress(
    modules: Mapping[str, Module],
    tries: list[AttemptRow],
    answers: Iterable[AnswerRow],
    *,
    at: datetime,
) -> tuple[ModuleProgress, ...]:
    attempts = finished_tries(tries)
    first = _first_answers(modules, tries, answers)
    begun = {attempt.module_id for attempt in tries}
    return tuple(
        module_progress(module, attempts, first[id], has_begun=id in begun, now=at)
        for id, module in modules.items()
    )


def _first_answers(
    modules: Mapping[str, Module], tries: Iterable[AttemptRow], answers: Iterable[AnswerRow]
) -> dict[str, list[FirstAnswer]]:
    """Mark the first answers by module; of questions rewritten since nothing is known."""
    module_by_try = {attempt.id: attempt.module_id for attempt in tries}
    bank = {
        (question.id, question.version): question
        for module in modules.values()
        for question in module.questions
    }
    found: dict[str, list[FirstAnswer]] = defaultdict(list)
    for answer in answers:
        question = bank.get((answer.question_id, answer.question_version))
        if question is not None:
            found[module_by_try[answer.attempt_id]].append(_first(question, answer))
    return found


def _first(question: Question, answer: AnswerRow) -> FirstAnswer:
    return FirstAnswer(
        try_id=answer.attempt_id,
        question_id=question.id,
        outcomes=question.outcomes,
        answered_at=answer.answered_at,
        mark=mark(question, tuple(answer.raw)),
    )
