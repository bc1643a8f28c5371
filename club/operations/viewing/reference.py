"""What a learner may look up beside the modules: terms and case studies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from club.domain.errors import NotFound
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.viewing.learning import LessonName, lesson_names
from curriculum.cases import Case
from curriculum.glossary import Term
from curriculum.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleName:
    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A term, the terms it points to, the modules that teach it."""

    term: Term
    see: tuple[Term, ...]
    modules: tuple[ModuleName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonPlace:
    """A lesson by where it stands."""

    module: ModuleName
    lesson: LessonName


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case, and the lessons that speak of it."""

    case: Case
    lessons: tuple[LessonPlace, ...]


def glossary(context: Context, actor: Actor) -> tuple[Term, ...]:
    """Every term, in the order of the file."""
    with looking(context, actor, Role.LEARNER):
        return tuple(context.glossary.terms.values())


def term(context: Context, actor: Actor, term_id: str) -> TermView:
    """One term. Raises NotFound."""
    with looking(context, actor, Role.LEARNER):
        terms = context.glossary.terms
        if term_id not in terms:
            raise NotFound
        found = terms[term_id]
        return TermView(
            term=found,
            see=tuple(terms[id] for id in found.see),
            modules=_names(context, found.modules),
        )


def cases(context: Context, actor: Actor) -> tuple[Case, ...]:
    """Every case study, in the order of the files."""
    with looking(context, actor, Role.LEARNER):
        return tuple(context.cases.values())


def case(context: Context, actor: Actor, case_id: str) -> CaseView:
    """One case study. Raises NotFound."""
    with looking(context, actor, Role.LEARNER):
        if case_id not in context.cases:
            raise NotFound
        found = context.cases[case_id]
        return CaseView(case=found, lessons=_places(context, found))


def _names(context: Context, ids: Iterable[str]) -> tuple[ModuleName, ...]:
    """The modules that the club has, of those named."""
    return tuple(
        ModuleName(id=id, title=context.modules[id].title) for id in ids if id in context.modules
    )


def _places(context: Context, found: Case) -> tuple[LessonPlace, ...]:
    return tuple(
        LessonPlace(module=module, lesson=lesson)
        for module_id, lesson_id in found.lessons
        for module in _names(context, [module_id])
        for lesson in lesson_names(context.modules[module_id])
        if lesson.id == lesson_id
    )
