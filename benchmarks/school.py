"""A club whose 1,000 members have each answered the same 120 questions, written at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from club import settings
from club.demo.learning import right_answer
from club.domain.organisations import ROLES, Actor, Kind, Organisation, Person, Role, Standing
from club.operations.context import Context, open_context
from club.store import learning, people, rows
from club.store.database import now
from club.store.learning import AnswerRow, AttemptRow
from club.store.migrating import migrate
from club.store.tables import answers
from curriculum.marking import Answer, mark
from curriculum.modules import Module
from curriculum.questions import Matching, Numeric, Ordering, Question, ShortAnswer, TrueFalse
from curriculum.quizzes import Asked, Quiz

PEOPLE = 1_000
QUESTIONS = 120
COMPANIES = 40
CONFIDENCES = (None, 1, 2, 3)


@dataclass(frozen=True)
class School:
    """The club, who looks at it, and the same answers as NumPy would have them."""

    context: Context
    facilitator: Actor
    module: Module
    marks: np.ndarray
    """People by questions."""
    chosen: np.ndarray
    """The place of each answer among the different ones to its question."""
    confidence: np.ndarray
    """0 where nothing was said."""
    company: np.ndarray


def build(folder: Path) -> School:
    context = open_context(settings.read({"TOMOE_VAR": str(folder)}, folder / "no-secrets"))
    migrate(context.database)
    bank = tuple(q for module in context.modules.values() for q in module.questions)[:QUESTIONS]
    first = next(iter(context.modules.values()))
    lesson_id = first.lessons[0].id
    module = replace(
        first,
        questions=tuple(replace(question, lesson_id=lesson_id) for question in bank),
        quiz_size=QUESTIONS,
    )
    context = replace(context, modules={module.id: module})
    facilitator = enter_office(context)
    chance = np.random.default_rng(1)
    ability = chance.normal(size=(PEOPLE, 1)) - chance.normal(size=(1, QUESTIONS))
    is_right = chance.random((PEOPLE, QUESTIONS)) < 1 / (1 + np.exp(-ability))
    wrongs = [wrong_answers(question) for question in bank]
    which = chance.integers(0, 2**31, (PEOPLE, QUESTIONS)) % np.array([len(w) for w in wrongs])
    chosen = np.where(is_right, 0, 1 + which)
    confidence = chance.integers(0, 4, (PEOPLE, QUESTIONS))
    given = [[right_answer(q), *w] for q, w in zip(bank, wrongs, strict=True)]
    company = np.arange(PEOPLE) % COMPANIES
    _enter_tries(context, module, given, chosen=chosen, confidence=confidence)
    worth = [[float(mark(q, a)) for a in each] for q, each in zip(bank, given, strict=True)]
    marks = np.column_stack([np.array(w)[chosen[:, place]] for place, w in enumerate(worth)])
    return School(context, facilitator, module, marks, chosen, confidence, company)


def wrong_answers(question: Question) -> list[Answer]:
    """Some answers that are not wholly right."""
    match question:
        case TrueFalse():
            return [("false" if question.is_true else "true",)]
        case Numeric():
            return [(str(question.value + question.tolerance + n),) for n in (1, 10)]
        case ShortAnswer():
            return [("?",), ("nothing of the kind",)]
        case Matching():
            right, *_ = question.choice_ids
            return [tuple(f"{pair.id}={right}" for pair in question.pairs)]
        case Ordering():
            return [question.choice_ids[::-1], question.choice_ids[1:] + question.choice_ids[:1]]
        case _:
            singles: list[Answer] = [(id,) for id in question.choice_ids]
            return [answer for answer in singles if mark(question, answer) < 1]


def enter_office(context: Context) -> Actor:
    with context.database.write() as tx:
        at = now(tx)
        office = Organisation(
            id="office", kind=Kind.OPERATOR, name_ja="事務局", name_en="Office",
            standing=Standing.APPROVED, created_at=at,
        )  # fmt: skip
        person = Person(
            id="facilitator", organisation_id=office.id, name="試験", email="f@club.example",
            language="ja", roles=ROLES[Kind.OPERATOR], created_at=at,
        )  # fmt: skip
        people.add_organisation(tx, office)
        people.add_person(tx, person)
        for number in range(COMPANIES):
            company = replace(office, id=f"company{number}", kind=Kind.MEMBER)
            people.add_organisation(tx, company)
    return Actor(
        person_id=person.id, organisation_id=office.id, kind=office.kind, roles=person.roles
    )


def _enter_tries(
    context: Context,
    module: Module,
    given: list[list[Answer]],
    *,
    chosen: np.ndarray,
    confidence: np.ndarray,
) -> None:
    frozen = learning.freeze(_everything(module))
    with context.database.write() as tx:
        at = now(tx) - timedelta(days=1)
        for number in range(PEOPLE):
            people.add_person(tx, learner(number, at))
            attempt = AttemptRow(
                id=f"try{number:04}",
                person_id=f"person{number:04}",
                module_id=module.id,
                module_version=module.version,
                seed="seed",
                questions=frozen,
                started_at=at,
                finished_at=at + timedelta(seconds=number),
                score="1/2",
            )
            learning.add_attempt(tx, attempt)
            said = [
                AnswerRow(
                    attempt_id=attempt.id,
                    question_id=question.id,
                    question_version=question.version,
                    raw=list(given[place][chosen[number, place]]),
                    confidence=CONFIDENCES[confidence[number, place]],
                    answered_at=at,
                    closed_at=at,
                )
                for place, question in enumerate(module.questions)
            ]
            tx.execute(answers.insert(), [rows.values(each) for each in said])


def _everything(module: Module) -> Quiz:
    """A quiz that asks the whole bank."""
    return Quiz(
        module_id=module.id,
        module_version=module.version,
        pass_mark=module.pass_mark,
        asked=tuple(
            Asked(question_id=q.id, question_version=q.version, choice_ids=q.choice_ids)
            for q in module.questions
        ),
    )


def learner(number: int, at: datetime) -> Person:
    return Person(
        id=f"person{number:04}",
        organisation_id=f"company{number % COMPANIES}",
        name="試験",
        email=f"person{number}@club.example",
        language="ja",
        roles=frozenset({Role.LEARNER}),
        created_at=at,
    )
