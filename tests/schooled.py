"""People who have taken a module's quiz, written straight through the store: many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count

from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.store import learning, people
from club.store.learning import AnswerRow, AttemptRow
from curriculum.marking import Answer
from curriculum.modules import Module
from curriculum.questions import Question
from curriculum.quizzes import draw, score
from tests.builders import NOON, a_person, actor_of

_numbers = count(1)
Choose = Callable[[int, Question], Answer]
"""What the person of that number answers."""


def take_all(
    context: Context,
    module: Module,
    company: Actor,
    n: int,
    choose: Choose,
    *,
    at: datetime = NOON,
    confidence: int | None = None,
) -> list[Actor]:
    """As many new people of a company, each with one finished try, a minute apart."""
    learners = []
    for number in range(n):
        with context.database.write() as tx:
            organisation = people.organisation(tx, company.organisation_id)
            person = a_person(organisation, Role.LEARNER)
            people.add_person(tx, person)
        learner = actor_of(person, organisation)
        take_one(
            context,
            module,
            learner,
            lambda question, number=number: choose(number, question),
            at=at + timedelta(minutes=number),
            confidence=confidence,
        )
        learners.append(learner)
    return learners


def take_one(
    context: Context,
    module: Module,
    learner: Actor,
    choose: Callable[[Question], Answer],
    *,
    at: datetime = NOON,
    confidence: int | None = None,
) -> AttemptRow:
    """A finished try of the learner."""
    seed = f"seed {next(_numbers)}"
    quiz = draw(module, seed, on=at.date())
    asked = {ask.question_id for ask in quiz.asked}
    given = {q.id: tuple(choose(q)) for q in module.questions if q.id in asked}
    attempt = AttemptRow(
        id=f"try{next(_numbers):06}",
        person_id=learner.person_id,
        module_id=module.id,
        module_version=module.version,
        seed=seed,
        questions=learning.freeze(quiz),
        started_at=at - timedelta(minutes=9),
    )
    rows = [_answer(attempt, question, given, at, confidence) for question in module.questions]
    with context.database.write() as tx:
        finished = learning.finish(attempt, at=at, score=score(quiz, module.questions, given))
        learning.add_attempt(tx, finished)
        for row in rows:
            if row is not None:
                learning.add_answer(tx, row)
    return finished


def _answer(
    attempt: AttemptRow,
    question: Question,
    given: dict[str, Answer],
    at: datetime,
    confidence: int | None,
) -> AnswerRow | None:
    if question.id not in given:
        return None
    return AnswerRow(
        attempt_id=attempt.id,
        question_id=question.id,
        question_version=question.version,
        raw=list(given[question.id]),
        confidence=confidence,
        answered_at=at,
        closed_at=at,
    )


def several(values: Sequence[Answer]) -> Choose:
    """One answer after another, over and over."""
    return lambda number, _question: values[number % len(values)]
