"""A club whose 1,000 members have each taken all ten quizzes once, as they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.school import PEOPLE, enter_office, learner, wrong_answers
from club import settings
from club.demo.learning import right_answer
from club.domain.organisations import ROLES, Actor, Kind
from club.operations.context import Context, open_context
from club.store import learning, people, rows
from club.store.database import now
from club.store.learning import AnswerRow, AttemptRow
from club.store.migrating import migrate
from club.store.tables import answers, attempts
from curriculum.deltas import draw_whole
from curriculum.marking import Answer
from curriculum.modules import Module
from curriculum.quizzes import Quiz, score

Choices = dict[str, list[Answer]]
"""By question the right answer and some others."""


@dataclass(frozen=True)
class Learned:
    """The club, who looks at everybody, and who looks at one company."""

    context: Context
    facilitator: Actor
    member: Actor


def build(folder: Path) -> Learned:
    context = open_context(settings.read({"TOMOE_VAR": str(folder)}, folder / "no-secrets"))
    migrate(context.database)
    facilitator = enter_office(context)
    chance = np.random.default_rng(1)
    choices = {
        question.id: [right_answer(question), *wrong_answers(question)]
        for module in context.modules.values()
        for question in module.questions
    }
    with context.database.write() as tx:
        at = now(tx) - timedelta(days=1)
        for number in range(PEOPLE):
            people.add_person(tx, learner(number, at))
            tries = [
                _try(context, module, number, choices, at=at, chance=chance)
                for module in context.modules.values()
            ]
            tx.execute(attempts.insert(), [rows.values(attempt) for attempt, _ in tries])
            tx.execute(answers.insert(), [rows.values(a) for _, said in tries for a in said])
        people.add_person(tx, replace(learner(PEOPLE, at), roles=ROLES[Kind.MEMBER]))
        member = people.actor(tx, f"person{PEOPLE:04}")
    if member is None:
        raise LookupError("nobody looks")
    return Learned(context, facilitator, member)


def _try(
    context: Context,
    module: Module,
    number: int,
    choices: Choices,
    *,
    at: datetime,
    chance: np.random.Generator,
) -> tuple[AttemptRow, list[AnswerRow]]:
    """A finished try in which four answers of five are right, for some more and for some fewer."""
    on = at.astimezone(ZoneInfo(context.settings.time_zone)).date()
    quiz = draw_whole(module, f"seed {number}", on=on)
    ability = 0.5 + (number % 6) / 10
    given = {
        ask.question_id: _given(choices[ask.question_id], ability, chance) for ask in quiz.asked
    }
    attempt = AttemptRow(
        id=f"{module.id} {number:04}",
        person_id=f"person{number:04}",
        module_id=module.id,
        module_version=module.version,
        seed=f"seed {number}",
        questions=learning.freeze(quiz),
        started_at=at - timedelta(minutes=15),
    )
    earned = score(quiz, module.questions, given)
    return learning.finish(attempt, at=at, score=earned), list(_said(attempt, quiz, given, at))


def _given(choices: list[Answer], ability: float, chance: np.random.Generator) -> Answer:
    wrong = int(chance.integers(1, len(choices)))
    return choices[0 if chance.random() < ability else wrong]


def _said(
    attempt: AttemptRow, quiz: Quiz, given: dict[str, Answer], at: datetime
) -> Iterator[AnswerRow]:
    for place, asked in enumerate(quiz.asked):
        yield AnswerRow(
            attempt_id=attempt.id,
            question_id=asked.question_id,
            question_version=asked.question_version,
            raw=list(given[asked.question_id]),
            confidence=1 + place % 3,
            answered_at=at - timedelta(minutes=14) + timedelta(seconds=place),
            closed_at=at,
        )
