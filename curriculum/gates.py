"""Who has passed what: passes that lapse, waits between tries, and an organisation's quorum."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from curriculum.modules import Module

FREE_FAILURES = 1
WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One person's finished try at a module, under the pass mark it started with."""

    id: str
    module_id: str
    module_version: int
    finished_at: datetime
    score: Fraction
    pass_mark: Fraction

    @property
    def has_passed(self) -> bool:
        return self.score >= self.pass_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """A person's standing on a module: the best try, and when the last of the passes lapses."""

    module_id: str
    best: Attempt
    expires_at: datetime


def current_pass(attempts: Iterable[Attempt], module: Module, now: datetime) -> Pass | None:
    """Find the pass on the module's current version, or None.

    A pass counts from the instant it was finished up to, not including, `valid_days` later.
    Best is the highest score, then the latest, then the lower id; passing again extends.
    """
    validity = timedelta(days=module.valid_days)
    passing = [
        attempt
        for attempt in _on_current_version(attempts, module)
        if attempt.has_passed and attempt.finished_at <= now < attempt.finished_at + validity
    ]
    if not passing:
        return None
    by_id = sorted(passing, key=lambda attempt: attempt.id)
    best = max(by_id, key=lambda attempt: (attempt.score, attempt.finished_at))
    last = max(attempt.finished_at for attempt in passing)
    return Pass(module_id=module.id, best=best, expires_at=last + validity)


def next_try_at(attempts: Iterable[Attempt], module: Module) -> datetime | None:
    """When the person may try again; None if no wait was earned.

    Each failure on the current version from the second on asks for 24 hours.
    """
    current = _on_current_version(attempts, module)
    failed_at = sorted(attempt.finished_at for attempt in current if not attempt.has_passed)
    return failed_at[-1] + WAIT if len(failed_at) > FREE_FAILURES else None


def _on_current_version(attempts: Iterable[Attempt], module: Module) -> list[Attempt]:
    current = (module.id, module.version)
    return [a for a in attempts if (a.module_id, a.module_version) == current]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What an organisation's people must have passed, how many of them, and in which roles."""

    module_ids: tuple[str, ...]
    people: int = 1
    people_by_role: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """Who qualifies, and what the quorum lacks, if anything."""

    qualified: tuple[str, ...]
    lacking_people: int
    lacking_by_role: tuple[tuple[str, int], ...]
    missing_modules_by_person: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_met(self) -> bool:
        return self.lacking_people == 0 and not self.lacking_by_role


def quorum(
    passes_by_person: Mapping[str, Collection[str]],
    roles_by_person: Mapping[str, Collection[str]],
    requirement: Requirement,
) -> Quorum:
    """Hold the organisation's people against the requirement.

    `passes_by_person` holds the ids of modules with a current pass, `roles_by_person` everybody
    of the organisation; whoever is not in it does not count. A person qualifies with all the
    modules, and counts in each of their roles.
    """
    missing = {
        person: tuple(id for id in requirement.module_ids if id not in passed)
        for person in sorted(roles_by_person)
        for passed in [frozenset(passes_by_person.get(person, ()))]
    }
    qualified = tuple(person for person, ids in missing.items() if not ids)
    lacking_by_role = (
        (role, wanted - sum(role in roles_by_person[person] for person in qualified))
        for role, wanted in requirement.people_by_role
    )
    return Quorum(
        qualified=qualified,
        lacking_people=max(0, requirement.people - len(qualified)),
        lacking_by_role=tuple((role, lacking) for role, lacking in lacking_by_role if lacking > 0),
        missing_modules_by_person=tuple((person, ids) for person, ids in missing.items() if ids),
    )
