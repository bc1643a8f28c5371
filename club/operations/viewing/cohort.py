"""How the whole club is getting on with the modules, for facilitators: who needs help first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from club.domain.organisations import Actor, Organisation, Person, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.progressing import completions_of_active
from club.store import people
from curriculum.modules import Module
from curriculum.progress import Completion, Progress
from curriculum.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortLine:
    """One person's standing on a module that they have begun."""

    organisation: Organisation
    person_id: str
    person: str
    module_id: str
    title: Text
    progress: Completion
    lapses_soon: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortCompany:
    """A company's learners, and how many of them have completed each module."""

    organisation: Organisation
    learners: int
    completed: Mapping[str, int]
    help_needed: int
    """People who need help with at least one module."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    now: datetime
    modules: Mapping[str, Text]
    companies: tuple[CohortCompany, ...]
    """Companies with learners, in the order in which they came."""
    lines: tuple[CohortLine, ...]
    """Help flags first, most failures first; then passes that lapse soon, the next one first;
    then by company, person and module."""


def cohort(context: Context, actor: Actor) -> Cohort:
    """Everybody active who may learn, for facilitators only; answers are told to nobody."""
    with looking(context, actor, Role.FACILITATOR) as (tx, _):
        at = context.clock(tx)
        progress = completions_of_active(context, tx, at=at)
        everyone = [
            (organisation, learners)
            for organisation in people.all_organisations(tx)
            if (learners := _learners(people.people_of(tx, organisation.id)))
        ]
    lines = [
        line
        for organisation, learners in everyone
        for person in learners
        for line in _lines(
            context.modules, organisation, person, progress.get(person.id, ()), at=at
        )
    ]
    order = {id: place for place, id in enumerate(context.modules)}
    return Cohort(
        now=at,
        modules={id: module.title for id, module in context.modules.items()},
        companies=tuple(_company(o, learners, lines) for o, learners in everyone),
        lines=tuple(sorted(lines, key=lambda line: _urgency(line, order))),
    )


def _learners(colleagues: Iterable[Person]) -> list[Person]:
    return [p for p in colleagues if p.is_active and Role.LEARNER in p.roles]


def _lines(
    modules: Mapping[str, Module],
    organisation: Organisation,
    person: Person,
    standings: Iterable[Completion],
    *,
    at: datetime,
) -> Iterator[CohortLine]:
    for standing in standings:
        if standing.state is not Progress.NOT_STARTED:
            yield CohortLine(
                organisation=organisation,
                person_id=person.id,
                person=person.name,
                module_id=standing.module_id,
                title=modules[standing.module_id].title,
                progress=standing,
                lapses_soon=standing.lapses_soon(at),
            )


def _urgency(line: CohortLine, order: Mapping[str, int]) -> tuple[object, ...]:
    needs_help = line.progress.state is Progress.HELP_NEEDED
    standing = line.progress.standing
    lapses_at = (standing.expires_at,) if standing and line.lapses_soon else ()
    return (
        not needs_help,
        -line.progress.failures if needs_help else 0,
        not line.lapses_soon,
        lapses_at,
        line.organisation.created_at,
        line.organisation.id,
        line.person,
        line.person_id,
        order[line.module_id],
    )


def _company(
    organisation: Organisation, learners: list[Person], lines: Iterable[CohortLine]
) -> CohortCompany:
    own = [line for line in lines if line.organisation.id == organisation.id]
    done = [line.module_id for line in own if line.progress.state is Progress.COMPLETED]
    stuck = {line.person_id for line in own if line.progress.state is Progress.HELP_NEEDED}
    return CohortCompany(
        organisation=organisation,
        learners=len(learners),
        completed={id: done.count(id) for id in set(done)},
        help_needed=len(stuck),
    )
