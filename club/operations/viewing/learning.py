"""What a learner sees of the modules: cards, their own passes and tries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from club.domain.errors import NotFound
from club.domain.organisations import Actor, Role
from club.domain.rounds import Phase, Round
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.learning import finished_tries, may_try_at, open_try
from club.operations.progressing import progress_of_person
from club.store import learning, rounds
from club.store.database import Connection
from club.store.learning import AttemptRow
from curriculum.deltas import due_delta
from curriculum.gates import current_pass, lapsed_at
from curriculum.modules import Module
from curriculum.progress import ModuleProgress
from curriculum.texts import Text


class ModuleState(StrEnum):
    PASSED = "passed"
    IN_PROGRESS = "in_progress"
    LAPSED = "lapsed"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonName:
    id: str
    title: Text
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaCard:
    """The short quiz on what is new since one passed."""

    quiz_size: int
    is_required: bool
    """Whether the pass counts again only with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleHead:
    """A module and what its lessons are called: the same to everybody."""

    id: str
    title: Text
    lessons: tuple[LessonName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleCard(ModuleHead):
    """A module as one person stands to it."""

    summary: Text
    outcomes: tuple[Text, ...]
    quiz_size: int
    pass_mark: Fraction
    tries: int
    """How often a question may be answered while the answer is not wholly right."""
    reduction: Fraction
    """What each answer before the last takes off its mark."""
    valid_days: int
    has_quiz: bool
    """Whether enough of its questions are not past their review."""
    state: ModuleState
    expires_at: datetime | None
    """When the pass lapses, where there is one."""
    lapsed_at: datetime | None
    """When the last pass lapsed, where none counts any more."""
    delta: DeltaCard | None
    open_try_id: str | None
    may_try_at: datetime | None
    """The end of a wait that is still running."""
    practices: tuple[str, ...]
    """What to practise on: the words of `curriculum.modules.PRACTICES`."""
    required_by: tuple[Round, ...]
    """Rounds open for pledges that ask for a pass."""

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, slots=True, kw_only=True)
class TryLine:
    """A try as it stands in one's own list."""

    id: str
    module_id: str
    title: Text | None
    """None where the club no longer has the module."""
    started_at: datetime
    finished_at: datetime | None
    score: Fraction | None
    has_passed: bool
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MyLearning:
    cards: tuple[ModuleCard, ...]
    tries: tuple[TryLine, ...]
    """The newest first."""
    progress: tuple[ModuleProgress, ...]
    """In the order of the cards."""


def my_modules(context: Context, actor: Actor) -> tuple[ModuleCard, ...]:
    """All modules, in the curriculum's order."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        return _cards(context, tx, fresh)


def my_module(context: Context, actor: Actor, module_id: str) -> ModuleCard:
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        return card_of(context, tx, fresh, module_id)


def my_learning(context: Context, actor: Actor) -> MyLearning:
    """One's own passes and tries."""
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        own = learning.attempts_of_person(tx, fresh.person_id)
        cards = _cards(context, tx, fresh)
        at = context.clock(tx)
        progress = progress_of_person(context, tx, fresh.person_id, at=at)
    return MyLearning(
        cards=cards,
        progress=progress,
        tries=tuple(_try_line(context.modules, row, own, at) for row in reversed(own)),
    )


def module_head(context: Context, module_id: str) -> ModuleHead:
    """What a lesson or a question tells of its module. Raises NotFound."""
    module = context.modules.get(module_id)
    if module is None:
        raise NotFound
    return ModuleHead(id=module.id, title=module.title, lessons=lesson_names(module))


def card_of(context: Context, tx: Connection, actor: Actor, module_id: str) -> ModuleCard:
    """One module's card. Raises NotFound."""
    module = context.modules.get(module_id)
    if module is None:
        raise NotFound
    own = learning.attempts_of_person(tx, actor.person_id, module_id=module_id)
    (card,) = _cards_of(context, tx, [module], own)
    return card


def _cards(context: Context, tx: Connection, actor: Actor) -> tuple[ModuleCard, ...]:
    own = learning.attempts_of_person(tx, actor.person_id)
    return _cards_of(context, tx, context.modules.values(), own)


def _cards_of(
    context: Context, tx: Connection, modules: Iterable[Module], own: Iterable[AttemptRow]
) -> tuple[ModuleCard, ...]:
    at = context.clock(tx)
    own_by_module: defaultdict[str, list[AttemptRow]] = defaultdict(list)
    for attempt in own:
        own_by_module[attempt.module_id].append(attempt)
    open_rounds = [round_ for round_ in rounds.listed(tx) if round_.phase is Phase.PLEDGING]
    return tuple(
        _card(context, module, own_by_module[module.id], open_rounds=open_rounds, at=at)
        for module in modules
    )


def _card(
    context: Context,
    module: Module,
    own: list[AttemptRow],
    *,
    open_rounds: list[Round],
    at: datetime,
) -> ModuleCard:
    finished = finished_tries(own)
    standing = current_pass(finished, module, at)
    has_lapsed_at = lapsed_at(finished, module, at)
    unfinished = open_try(module, own, at=at)
    waits_until = may_try_at(module, own)
    today = at.astimezone(ZoneInfo(context.settings.time_zone)).date()
    fresh = [question for question in module.questions if question.may_be_asked(today)]
    delta = due_delta(finished, module, at, on=today)
    return ModuleCard(
        id=module.id,
        title=module.title,
        summary=module.summary,
        outcomes=tuple(outcome.text for outcome in module.outcomes),
        lessons=lesson_names(module),
        quiz_size=module.quiz_size,
        pass_mark=module.pass_mark,
        tries=module.tries,
        reduction=module.reduction,
        valid_days=module.valid_days,
        has_quiz=len(fresh) >= module.quiz_size,
        state=_state(
            is_passed=standing is not None,
            is_begun=unfinished is not None,
            has_lapsed=has_lapsed_at is not None,
        ),
        expires_at=standing.expires_at if standing else None,
        lapsed_at=has_lapsed_at,
        delta=DeltaCard(quiz_size=delta.quiz_size, is_required=delta.is_required)
        if delta
        else None,
        open_try_id=unfinished.id if unfinished else None,
        may_try_at=waits_until if waits_until and at < waits_until else None,
        practices=module.practices,
        required_by=tuple(r for r in open_rounds if module.id in r.required_modules),
    )


def _state(*, is_passed: bool, is_begun: bool, has_lapsed: bool) -> ModuleState:
    if is_passed:
        return ModuleState.PASSED
    if is_begun:
        return ModuleState.IN_PROGRESS
    return ModuleState.LAPSED if has_lapsed else ModuleState.NOT_YET


def lesson_names(module: Module) -> tuple[LessonName, ...]:
    pairs = zip(module.lessons_in("ja"), module.lessons_in("en"), strict=True)
    return tuple(
        LessonName(id=ja.id, title=Text(ja=ja.title, en=en.title), minutes=ja.minutes)
        for ja, en in pairs
    )


def _try_line(
    modules: Mapping[str, Module], row: AttemptRow, own: list[AttemptRow], at: datetime
) -> TryLine:
    module = modules.get(row.module_id)
    score = Fraction(row.score) if row.score is not None else None
    return TryLine(
        id=row.id,
        module_id=row.module_id,
        title=module.title if module else None,
        started_at=row.started_at,
        finished_at=row.finished_at,
        score=score,
        has_passed=score is not None and score >= learning.quiz_of(row).pass_mark,
        is_open=module is not None and open_try(module, own, at=at) == row,
    )
