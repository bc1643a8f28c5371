"""A lesson as it is read: its steps, what it links to, and the lessons around it."""

from __future__ import annotations

from dataclasses import dataclass

from club.domain.errors import NotFound
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.viewing.learning import ModuleHead, module_head
from curriculum.cases import Case
from curriculum.lessons import Lesson
from curriculum.linking import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonView:
    """A lesson in the reader's language, and its place in its module."""

    module: ModuleHead
    lesson: Lesson
    number: int
    of: int
    previous_id: str | None
    next_id: str | None
    link: Link
    """Links the terms in a step of it."""
    cases: tuple[Case, ...]
    """Case studies that it speaks of."""

    def minutes_left(self, number: int) -> int:
        """From the beginning of a step, counted from 1, to the end, in whole minutes."""
        steps = len(self.lesson.steps)
        return -(-self.lesson.minutes * (steps - number + 1) // steps)


def my_lesson(
    context: Context, actor: Actor, *, module_id: str, lesson_id: str | None, language: str
) -> LessonView:
    """Open a lesson, the first where none is named. Raises NotFound, also for other languages."""
    with looking(context, actor, Role.LEARNER):
        module = module_head(context, module_id)
    lessons = context.modules[module_id].lessons_in(language)
    ids = [lesson.id for lesson in lessons]
    wanted = lesson_id or next(iter(ids), None)
    if wanted is None or wanted not in ids:
        raise NotFound
    place = ids.index(wanted)
    return LessonView(
        module=module,
        lesson=lessons[place],
        number=place + 1,
        of=len(ids),
        previous_id=ids[place - 1] if place else None,
        next_id=ids[place + 1] if place + 1 < len(ids) else None,
        link=context.glossary.links[language],
        cases=tuple(c for c in context.cases.values() if (module_id, wanted) in c.lessons),
    )
