"""What was done at quizzes, as xAPI statements, one a line of JSON: one's own, or the club's."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from club.documents.bilingual import say
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.withdrawing import turns
from club.store import learning
from club.store.learning import AttemptRow, Given
from curriculum.marking import mark
from curriculum.questions import Question
from curriculum.statements import (
    INTERACTIONS,
    Answered,
    Records,
    Tried,
    Verb,
    response,
    statements,
)
from curriculum.texts import Text

Known = Mapping[tuple[str, int], Question]


def my_statements(context: Context, actor: Actor) -> str:
    """All about one's own tries, with what one answered."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        rows = learning.attempts_of_person(tx, fresh.person_id)
        given = {row.id: list(learning.given_by_question(tx, row.id).values()) for row in rows}
        turned = turns(tx)
    return _lines(context, rows, given, turned, tells_answers=True)


def club_statements(context: Context, actor: Actor) -> str:
    """Everybody's, by ids that say nothing; of an answer only what it earned. For facilitators."""
    with looking(context, actor, Role.FACILITATOR) as (tx, _):
        rows, given = learning.all_attempts(tx), learning.all_given(tx)
        turned = turns(tx)
    return _lines(context, rows, given, turned, tells_answers=False)


def _lines(
    context: Context,
    rows: Iterable[AttemptRow],
    given: Mapping[str, Sequence[Given]],
    turned: Mapping[str, Sequence[datetime]],
    *,
    tells_answers: bool,
) -> str:
    records = Records(home=context.settings.base_url, words={verb: _word(verb) for verb in Verb})
    known = {
        (question.id, question.version): question
        for module in context.modules.values()
        for question in module.questions
    }
    by_person: dict[str, list[Tried]] = defaultdict(list)
    for row in rows:
        told = [
            _answered(known, each, number, tells_answers)
            for each in given.get(row.id, ())
            for number in range(1, each.tries + 1)
        ]
        by_person[row.person_id].append(_tried(context, row, told, turned.get(row.id, ())))
    made = (s for person, tries in by_person.items() for s in statements(records, person, tries))
    return "".join(
        json.dumps(statement, ensure_ascii=False, sort_keys=True, default=float) + "\n"
        for statement in made
    )


def _word(verb: Verb) -> Text:
    words = say(f"passes.verb.{verb.value}")
    return Text(ja=words.ja, en=words.en)


def _tried(
    context: Context, row: AttemptRow, answers: Iterable[Answered], turned: Iterable[datetime]
) -> Tried:
    module = context.modules.get(row.module_id)
    return Tried(
        id=row.id,
        module_id=row.module_id,
        module_version=row.module_version,
        title=module.title if module else Text(ja=row.module_id, en=row.module_id),
        pass_mark=learning.quiz_of(row).pass_mark,
        started_at=row.started_at,
        answers=tuple(answers),
        finished_at=row.finished_at,
        score=Fraction(row.score) if row.score is not None else None,
        turns=tuple(turned),
    )


def _answered(known: Known, given: Given, number: int, tells_answer: bool) -> Answered:
    first, answer = given.first, given.answers[number - 1]
    question = known.get((first.question_id, first.question_version))
    interaction = INTERACTIONS[type(question)] if question else "other"
    return Answered(
        question_id=first.question_id,
        question_version=first.question_version,
        number=number,
        interaction=interaction,
        response=response(interaction, answer.raw) if tells_answer else None,
        mark=mark(question, tuple(answer.raw)) if question else None,
        confidence=answer.confidence,
        answered_at=answer.answered_at,
    )
