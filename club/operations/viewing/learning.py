"""What a learner sees: modules, lessons, their own tries and passes, and nobody else's.

A question that is still open shows its words and choices; what each choice is worth, why, and
the explanation come only with the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from club.domain.errors import NotFound
from club.domain.organisations import Actor, Person, Role
from club.domain.rounds import Phase, Round
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.learning import (
    TRUE_FALSE,
    asked_questions,
    is_whole,
    may_try_at,
    open_try,
    own_try,
)
from club.operations.qualifying import attempt_of
from club.store import learning, people, rounds
from club.store.database import Connection
from club.store.learning import AnswerRow, AttemptRow
from curriculum.gates import current_pass
from curriculum.lessons import Lesson
from curriculum.marking import Answer, mark, typed_number
from curriculum.modules import Module
from curriculum.questions import MultiChoice, Numeric, Question, SingleChoice, TrueFalse
from curriculum.quizzes import Asked
from curriculum.texts import Source, Text


class ModuleState(StrEnum):
    PASSED = "passed"
    IN_PROGRESS = "in_progress"
    NOT_YET = "not_yet"


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTI = "multi"
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"


KINDS: dict[type[Question], QuestionKind] = {
    SingleChoice: QuestionKind.SINGLE,
    MultiChoice: QuestionKind.MULTI,
    TrueFalse: QuestionKind.TRUE_FALSE,
    Numeric: QuestionKind.NUMERIC,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonName:
    id: str
    title: Text
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleCard:
    """A module as one person stands to it."""

    id: str
    title: Text
    summary: Text
    outcomes: tuple[Text, ...]
    lessons: tuple[LessonName, ...]
    quiz_size: int
    pass_mark: Fraction
    valid_days: int
    has_quiz: bool
    """Whether enough of its questions are not past their review."""
    state: ModuleState
    expires_at: datetime | None
    """When the pass lapses, where there is one."""
    open_try_id: str | None
    may_try_at: datetime | None
    """The end of a wait that is still running."""
    required_by: tuple[Round, ...]
    """Rounds open for pledges that ask for a pass."""

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonView:
    """A lesson in the reader's language, and its place in its module."""

    card: ModuleCard
    lesson: Lesson
    number: int
    of: int
    previous_id: str | None
    next_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice as shown; true and false have no words of their own."""

    id: str
    text: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What a choice was worth, told afterwards."""

    option: Option
    is_chosen: bool
    is_right: bool
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An answer given, its share of the mark, and why."""

    given: Answer
    confidence: int | None
    mark: Fraction
    reasons: tuple[Reason, ...]
    right_value: Fraction | None
    slip: Text | None
    """How people come to the wrong number that was typed, where that is known."""
    explanation: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question of a try; `marked` only once it is answered."""

    try_id: str
    card: ModuleCard
    number: int
    of: int
    answered: int
    id: str
    kind: QuestionKind
    stem: Text
    options: tuple[Option, ...]
    unit: Text | None
    asks_confidence: bool
    lesson: LessonName
    marked: Marked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    """One question of a finished try; None where it has been rewritten since."""

    number: int
    stem: Text | None
    lesson: LessonName | None
    marked: Marked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    try_id: str
    card: ModuleCard
    module_version: int
    finished_at: datetime
    score: Fraction
    pass_mark: Fraction
    has_passed: bool
    lines: tuple[ResultLine, ...]
    read_again: tuple[LessonName, ...]
    """Lessons behind the answers that did not earn their whole mark, in the module's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TryLine:
    """A try as it stands in one's own list."""

    id: str
    module_id: str
    title: Text | None
    started_at: datetime
    finished_at: datetime | None
    score: Fraction | None
    has_passed: bool
    is_open: bool


def my_modules(context: Context, actor: Actor) -> tuple[ModuleCard, ...]:
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        return _cards(context, tx, fresh)


def lesson(
    context: Context, actor: Actor, *, module_id: str, lesson_id: str | None, language: str
) -> LessonView:
    """A lesson, the first where none is named. Raises NotFound."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        card = _card(context, tx, fresh, module_id)
    lessons = context.modules[module_id].lessons_in(language)
    ids = [lesson.id for lesson in lessons]
    wanted = lesson_id or ids[0]
    if wanted not in ids:
        raise NotFound
    place = ids.index(wanted)
    return LessonView(
        card=card,
        lesson=lessons[place],
        number=place + 1,
        of=len(ids),
        previous_id=ids[place - 1] if place else None,
        next_id=ids[place + 1] if place + 1 < len(ids) else None,
    )


def my_module(context: Context, actor: Actor, module_id: str) -> ModuleCard:
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        return _card(context, tx, fresh, module_id)


def my_question(
    context: Context, actor: Actor, try_id: str, number: int | None = None
) -> QuestionView | None:
    """The question of that number, else the first one still open; None where all are answered.

    Raises NotFound for another's try and for one that a new version left behind.
    """
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        attempt = own_try(learning.attempt(tx, try_id), fresh.person_id)
        card = _card(context, tx, fresh, attempt.module_id)
        answers = {answer.question_id: answer for answer in learning.answers_of(tx, try_id)}
    module = context.modules[attempt.module_id]
    if not is_whole(module, attempt):
        raise NotFound
    asked = learning.quiz_of(attempt).asked
    still_open = [n for n, a in enumerate(asked, 1) if a.question_id not in answers]
    if number is None or not 1 <= number <= len(asked):
        number = still_open[0] if still_open else None
    return None if number is None else _view(card, module, attempt, answers, number)


def my_result(context: Context, actor: Actor, try_id: str) -> ResultView:
    """A finished try of one's own. Raises NotFound for another's, and for one still open."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        row = own_try(learning.attempt(tx, try_id), fresh.person_id)
        if row.finished_at is None:
            raise NotFound
        card = _card(context, tx, fresh, row.module_id)
        answers = {answer.question_id: answer for answer in learning.answers_of(tx, try_id)}
    quiz = learning.quiz_of(row)
    attempt = attempt_of(row, quiz)
    questions = asked_questions(context.modules[row.module_id], quiz)
    lines = tuple(
        _line(card, number, asked, questions.get(asked.question_id), answers)
        for number, asked in enumerate(quiz.asked, 1)
    )
    weak = {line.lesson for line in lines if line.marked and line.marked.mark < 1}
    return ResultView(
        try_id=row.id,
        card=card,
        module_version=row.module_version,
        finished_at=attempt.finished_at,
        score=attempt.score,
        pass_mark=attempt.pass_mark,
        has_passed=attempt.has_passed,
        lines=lines,
        read_again=tuple(lesson for lesson in card.lessons if lesson in weak),
    )


def my_tries(context: Context, actor: Actor) -> tuple[TryLine, ...]:
    """One's own tries, the newest first."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        own = learning.attempts_of_person(tx, fresh.person_id)
    return tuple(_try_line(context.modules, row) for row in reversed(own))
