"""How the questions of a module did over people's first tries, for those who teach it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from club.domain.errors import NotFound
from club.domain.organisations import Actor, Organisation, Role
from club.operations.answer_books import AnswerBook, book_of
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.viewing.learning import LessonName, lesson_names
from club.store import people
from club.store.answer_sheets import finished_tries
from club.store.database import Connection
from curriculum.attention import (
    Attention,
    Change,
    changes,
    worth_the_time,
)
from curriculum.choices import Chosen, choices_made
from curriculum.confidence import Calibration, Judgement, calibration
from curriculum.figures import Figure
from curriculum.groups import GroupMean, group_means
from curriculum.marking import Answer, random_guess_score
from curriculum.modules import Module
from curriculum.questions import Numeric, Question
from curriculum.scores import Scores, Try, first_tries
from curriculum.sheets import Counted, Sheet
from curriculum.statistics import QuestionFigures, QuizFigures, Statistics, statistics_of
from curriculum.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleName:
    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """A question that somebody was asked: its figures and what people chose."""

    id: str
    stem: Text
    unit: Text | None
    """Of a number that was asked for."""
    lesson: LessonName
    figures: QuestionFigures
    chosen: tuple[Chosen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """First tries before a day held against those from that day on: other people, each once."""

    day: date
    before: QuizFigures
    since: QuizFigures
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyMean:
    """An organisation, or None for all those too small to be told apart."""

    organisation: Organisation | None
    people: int
    mean: Figure
    """A share of the points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleStatistics:
    """Everything is computed from each person's first finished try at the current version."""

    module: ModuleName
    version: int
    quiz_size: int
    bank_size: int
    left_out: int
    """First tries with a question that has been rewritten since."""
    quiz: QuizFigures
    questions: tuple[QuestionLine, ...]
    """Those that somebody was asked, in the order of the bank."""
    attention: tuple[Attention, ...]
    calibration: tuple[Calibration, ...]
    comparison: Comparison | None
    companies: tuple[CompanyMean, ...]


def taught_modules(context: Context, actor: Actor) -> tuple[ModuleName, ...]:
    """All modules, in the curriculum's order."""
    with looking(context, actor, Role.FACILITATOR):
        return tuple(_name(module) for module in context.modules.values())


def question_statistics(
    context: Context, actor: Actor, module_id: str, *, day: date | None = None
) -> ModuleStatistics:
    """Compute a module's figures; with a day, before and after it as well. Raises NotFound.

    A quiz draws other questions for each person, so a question's figures come from the tries that
    were asked it, and what is correlated is correlated with the rest of the same try. The day
    begins at midnight in the club's zone. Companies are told of the whole time only.
    """
    with looking(context, actor, Role.FACILITATOR) as (tx, _):
        module = context.modules.get(module_id)
        if module is None:
            raise NotFound
        read = _read(context, tx, module)
        organisations = {o.id: o for o in people.all_organisations(tx)}
    told, means = _told(context, module, read, day)
    return replace(
        told,
        left_out=read.left_out,
        companies=tuple(
            CompanyMean(
                organisation=None if mean.group is None else organisations[mean.group],
                people=mean.people,
                mean=mean.mean,
            )
            for mean in means
        ),
    )


def read_ahead(context: Context) -> None:
    """Read the answers of all finished tries and compute every module's figures, for whoever
    asks next. What is known is passed over."""
    for module in context.modules.values():
        with context.database.read() as tx:
            read = _read(context, tx, module)
        _told(context, module, read, None)


class _Read(NamedTuple):
    """The tries that count, with their answers."""

    book: AnswerBook
    tries: tuple[Try, ...]
    sheet: Sheet
    left_out: int


def _read(context: Context, tx: Connection, module: Module) -> _Read:
    first = first_tries(finished_tries(tx, module.id, module.version))
    book = book_of(context.answer_books, module.id, module.questions)
    return _Read(book, *book.sheet(tx, first))


def _told(
    context: Context, module: Module, read: _Read, day: date | None
) -> tuple[ModuleStatistics, tuple[GroupMean, ...]]:
    def compute() -> tuple[ModuleStatistics, tuple[GroupMean, ...]]:
        return _computed(context, module, day, tries=read.tries, sheet=read.sheet)

    return read.book.told(day, read.tries, compute)


def _computed(
    context: Context, module: Module, day: date | None, *, tries: Sequence[Try], sheet: Sheet
) -> tuple[ModuleStatistics, tuple[GroupMean, ...]]:
    """Everything that follows from the tries alone; companies by their ids."""
    counted = sheet.counted()
    scores = sheet.scores()
    figures = _figures(module, scores)
    asked = [each for each in figures.questions if each.n]
    told = ModuleStatistics(
        module=_name(module),
        version=module.version,
        quiz_size=module.quiz_size,
        bank_size=len(module.questions),
        left_out=0,
        quiz=figures.quiz,
        questions=_lines(module, asked, counted),
        attention=worth_the_time(asked, counted),
        calibration=calibration(_judgements(counted)),
        comparison=_compared(context, module, day, tries=tries, sheet=sheet) if day else None,
        companies=(),
    )
    return told, _means(tries, scores)


def _name(module: Module) -> ModuleName:
    return ModuleName(id=module.id, title=module.title)


def _figures(module: Module, scores: Scores) -> Statistics:
    guesses = {question.id: random_guess_score(question) for question in module.questions}
    known = {id: guess for id, guess in guesses.items() if guess is not None}
    return statistics_of(scores, guess_by_question=known)


def _lines(
    module: Module, asked: Sequence[QuestionFigures], counted: Mapping[str, Counted]
) -> tuple[QuestionLine, ...]:
    lessons = {lesson.id: lesson for lesson in lesson_names(module)}
    question_by_id = {question.id: question for question in module.questions}
    return tuple(
        _line(question_by_id[each.question_id], each, counted[each.question_id], lessons)
        for each in asked
    )


def _line(
    question: Question,
    figures: QuestionFigures,
    counted: Counted,
    lessons: Mapping[str, LessonName],
) -> QuestionLine:
    answers: Counter[Answer] = Counter()
    for given, n in counted:
        answers[given.answer] += n
    return QuestionLine(
        id=question.id,
        stem=question.stem,
        unit=question.unit if isinstance(question, Numeric) else None,
        lesson=lessons[question.lesson_id],
        figures=figures,
        chosen=choices_made(question, answers),
    )


def _judgements(counted: Mapping[str, Counted]) -> Counter[Judgement]:
    pairs = [pair for answers in counted.values() for pair in answers]
    few = {id(given.judgement): given.judgement for given, _ in pairs}  # shared by the book
    times = Counter[int]()
    for given, n in pairs:
        times[id(given.judgement)] += n
    judgements: Counter[Judgement] = Counter()
    for key, n in times.items():
        judgements[few[key]] += n
    return judgements


def _compared(
    context: Context, module: Module, day: date, *, tries: Sequence[Try], sheet: Sheet
) -> Comparison:
    zone = ZoneInfo(context.settings.time_zone)
    midnight = datetime.combine(day, time.min, zone)
    since = [each.finished_at >= midnight for each in tries]
    earlier = _figures(module, sheet.of_tries([not is_since for is_since in since]).scores())
    later = _figures(module, sheet.of_tries(since).scores())
    told = changes(earlier.questions, later.questions)
    return Comparison(
        day=day,
        before=earlier.quiz,
        since=later.quiz,
        changes=tuple(each for each in told if each.n_before or each.n_since),
    )


def _means(tries: Sequence[Try], scores: Scores) -> tuple[GroupMean, ...]:
    parts, whole = scores.shares()
    by_company: defaultdict[str, list[int]] = defaultdict(list)
    for each, part in zip(tries, parts, strict=True):
        by_company[each.organisation_id].append(part)
    return group_means(by_company, whole=whole)
