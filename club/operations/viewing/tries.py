"""One's own tries at a quiz, question by question, and what came of them.

A question that is still open shows its words and choices; what each choice is worth, why, and
the explanation come only with the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from club.domain.errors import NotFound
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.learning import asked_questions, is_whole, own_try
from club.operations.qualifying import attempt_of
from club.operations.viewing.answers import Marked, Option, Worth, marked, worth_of
from club.operations.viewing.learning import (
    LessonName,
    ModuleCard,
    ModuleHead,
    card_of,
    module_head,
)
from club.store import learning
from club.store.learning import Given
from curriculum.confidence import Points, points
from curriculum.marking import TRUE_FALSE, Answer, mark, reduced, tries_at
from curriculum.questions import (
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from curriculum.quizzes import Asked, Quiz
from curriculum.texts import Text


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTI = "multi"
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"
    SHORT = "short"
    MATCH = "match"
    ORDER = "order"


KINDS: dict[type[Question], QuestionKind] = {
    SingleChoice: QuestionKind.SINGLE,
    MultiChoice: QuestionKind.MULTI,
    TrueFalse: QuestionKind.TRUE_FALSE,
    Numeric: QuestionKind.NUMERIC,
    ShortAnswer: QuestionKind.SHORT,
    Matching: QuestionKind.MATCH,
    Ordering: QuestionKind.ORDER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """An answer that is not wholly right, while the question may be answered again."""

    worth: Worth
    left: int
    """How many answers may still be given."""
    at_most: Fraction
    """What a right answer would earn now."""
    given: Answer
    """The last answer, as it was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question of a try; `marked` only once it is settled."""

    number: int
    id: str
    kind: QuestionKind
    stem: Text
    options: tuple[Option, ...]
    """What may be chosen: choices, the rights of a matching, the steps of an ordering."""
    lefts: tuple[Option, ...]
    """What the rights are to be given to, in a matching."""
    unit: Text | None
    asks_confidence: bool
    lesson: LessonName
    again: Again | None
    marked: Marked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TryView:
    """A try with one of its questions; no question where all are answered."""

    id: str
    module: ModuleHead
    of: int
    answered: int
    next_open: int | None
    """The number of the first question that is still open."""
    question: QuestionView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """A finished try; a question that has been rewritten since is left out of `questions`."""

    try_id: str
    card: ModuleCard
    of: int
    finished_at: datetime
    score: Fraction
    pass_mark: Fraction
    has_passed: bool
    questions: tuple[QuestionView, ...]
    read_again: tuple[LessonName, ...]
    """Lessons behind the answers that did not earn their whole mark, in the module's order."""
    certainty: Points
    """Certainty-based points of the first answers, beside the score."""


def my_try(context: Context, actor: Actor, try_id: str, number: int | None = None) -> TryView:
    """Show a try with the question of that number, else with the first one still open.

    Of a finished one, questions rewritten since are left out. Raises NotFound for another's try
    and for an unfinished one that a new version left behind.
    """
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        attempt = own_try(learning.attempt(tx, try_id), fresh.person_id)
        head = module_head(context, attempt.module_id)
        given = learning.given_by_question(tx, try_id)
    module = context.modules[attempt.module_id]
    if attempt.finished_at is None and not is_whole(module, attempt):
        raise NotFound
    quiz = learning.quiz_of(attempt)
    settled = {id for id, each in given.items() if each.is_closed}
    still_open = (n for n, a in enumerate(quiz.asked, 1) if a.question_id not in settled)
    next_open = next(still_open, None)
    if number is None or not 1 <= number <= len(quiz.asked):
        number = next_open
    numbers = () if number is None else (number,)
    views = _views(head, asked_questions(module, quiz), quiz, given, numbers=numbers)
    return TryView(
        id=attempt.id,
        module=head,
        of=len(quiz.asked),
        answered=len(settled),
        next_open=next_open,
        question=next(iter(views), None),
    )


def my_result(context: Context, actor: Actor, try_id: str) -> ResultView:
    """Show a finished try of one's own. Raises NotFound for another's, and for one still open."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        row = own_try(learning.attempt(tx, try_id), fresh.person_id)
        if row.finished_at is None:
            raise NotFound
        card = card_of(context, tx, fresh, row.module_id)
        given = learning.given_by_question(tx, try_id)
    quiz = learning.quiz_of(row)
    attempt = attempt_of(row, quiz)
    known = asked_questions(context.modules[row.module_id], quiz)
    views = _views(card, known, quiz, given, numbers=range(1, len(quiz.asked) + 1))
    weak = {view.lesson.id for view in views if view.marked and view.marked.earned < 1}
    return ResultView(
        try_id=row.id,
        card=card,
        of=len(quiz.asked),
        finished_at=attempt.finished_at,
        score=attempt.score,
        pass_mark=attempt.pass_mark,
        has_passed=attempt.has_passed,
        questions=views,
        read_again=tuple(lesson for lesson in card.lessons if lesson.id in weak),
        certainty=points(view.marked.first for view in views if view.marked),
    )


def _views(
    module: ModuleHead,
    questions: Mapping[str, Question],
    quiz: Quiz,
    given: Mapping[str, Given],
    *,
    numbers: Iterable[int],
) -> tuple[QuestionView, ...]:
    """The asked questions of those numbers, without what has been rewritten since."""
    asked = [(number, quiz.asked[number - 1]) for number in numbers]
    return tuple(
        question_view(
            module, number, ask, question=questions[ask.question_id], quiz=quiz, given=given
        )
        for number, ask in asked
        if ask.question_id in questions
    )


def question_view(
    module: ModuleHead,
    number: int,
    asked: Asked,
    *,
    question: Question,
    quiz: Quiz,
    given: Mapping[str, Given],
) -> QuestionView:
    """Show a question as it was asked, and what its answer came to once it is settled."""
    options = _options(question, asked)
    answers = given.get(question.id)
    is_settled = answers is not None and answers.is_closed
    return QuestionView(
        number=number,
        id=question.id,
        kind=KINDS[type(question)],
        stem=question.stem,
        options=options,
        lefts=_lefts(question),
        unit=question.unit if isinstance(question, Numeric) else None,
        asks_confidence=question.asks_confidence,
        lesson=next(lesson for lesson in module.lessons if lesson.id == question.lesson_id),
        again=None if answers is None or is_settled else _again(question, answers, quiz),
        marked=marked(question, options, answers, quiz.reduction)
        if answers and is_settled
        else None,
    )


def _again(question: Question, answers: Given, quiz: Quiz) -> Again:
    return Again(
        worth=worth_of(mark(question, answers.last)),
        left=tries_at(question, quiz.tries) - answers.tries,
        at_most=reduced(Fraction(1), tries=answers.tries + 1, reduction=quiz.reduction),
        given=answers.last,
    )


def _options(question: Question, asked: Asked) -> tuple[Option, ...]:
    match question:
        case SingleChoice() | MultiChoice():
            text_by_id = {choice.id: choice.text for choice in question.choices}
        case Matching():
            text_by_id = dict(question.right_by_id)
        case Ordering():
            text_by_id = {item.id: item.text for item in question.items}
        case TrueFalse():
            return tuple(Option(id=id, text=None) for id in TRUE_FALSE)
        case _:
            return ()
    return tuple(Option(id=id, text=text_by_id[id]) for id in asked.choice_ids)


def _lefts(question: Question) -> tuple[Option, ...]:
    pairs = question.pairs if isinstance(question, Matching) else ()
    return tuple(Option(id=pair.id, text=pair.left) for pair in pairs)
