"""Who has passed what: passes that lapse or are carried over, and waits between tries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from curriculum.modules import Module
from curriculum.quizzes import QuestionKey

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
    bank: frozenset[QuestionKey] | None = None
    """What the module could ask when the try began; None where that was not kept."""
    carries: str | None = None
    """Of a delta quiz: the passing try that it carries over to the version it was on."""
    is_withdrawn: bool = False
    """Whether the club no longer lets what was passed count: neither a pass nor a failure."""

    @property
    def has_passed(self) -> bool:
        return self.score >= self.pass_mark

    @property
    def counts(self) -> bool:
        return self.has_passed and not self.is_withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """A person's standing on a module: the best try, and when the last of the passes lapses."""

    module_id: str
    best: Attempt
    """Always a try at the whole quiz, of an earlier version where a delta quiz carried it over."""
    expires_at: datetime


def current_pass(attempts: Iterable[Attempt], module: Module, now: datetime) -> Pass | None:
    """Find the pass on the module's current version, or None.

    A pass counts from the instant it was finished up to, not including, `valid_days` later, unless
    it was withdrawn. A delta quiz on the current version makes the pass that it carries count, for
    as long as that one lasts: it renews nothing. Best is the highest score, then the latest, then
    the lower id; passing again extends.
    """
    validity = timedelta(days=module.valid_days)
    roots = [root for root in _standing(attempts, module, now) if now < root.finished_at + validity]
    if not roots:
        return None
    by_id = sorted(roots, key=lambda root: root.id)
    best = max(by_id, key=lambda root: (root.score, root.finished_at))
    last = max(root.finished_at for root in roots)
    return Pass(module_id=module.id, best=best, expires_at=last + validity)


def lapsed_at(attempts: Iterable[Attempt], module: Module, now: datetime) -> datetime | None:
    """When the last pass on the current version lapsed; None while one counts or none ever did."""
    finished_at = [root.finished_at for root in _standing(attempts, module, now)]
    lapses_at = max(finished_at) + timedelta(days=module.valid_days) if finished_at else None
    return lapses_at if lapses_at is not None and lapses_at <= now else None


def unlapsed(attempts: Iterable[Attempt], module: Module, now: datetime) -> tuple[Attempt, ...]:
    """Passing tries whose pass has not lapsed, on whatever version; the latest last.

    At one instant the higher version is later, then what carries another, then the higher id.
    """
    validity = timedelta(days=module.valid_days)
    passing = _passing(attempts, module, now)
    valid = (
        attempt
        for attempt in passing.values()
        if (root := _root(attempt, passing)) is not None and now < root.finished_at + validity
    )
    return tuple(sorted(valid, key=_recency))


def _recency(attempt: Attempt) -> tuple[datetime, int, bool, str]:
    return attempt.finished_at, attempt.module_version, attempt.carries is not None, attempt.id


def _passing(attempts: Iterable[Attempt], module: Module, now: datetime) -> dict[str, Attempt]:
    own = (attempt for attempt in attempts if attempt.module_id == module.id)
    return {a.id: a for a in own if a.counts and a.finished_at <= now}


def _standing(attempts: Iterable[Attempt], module: Module, now: datetime) -> list[Attempt]:
    """Tries at the whole quiz that count for the current version, lapsed or not."""
    passing = _passing(attempts, module, now)
    current = [a for a in passing.values() if a.module_version == module.version]
    return [root for a in current if (root := _root(a, passing)) is not None]


def _root(attempt: Attempt, passing: Mapping[str, Attempt]) -> Attempt | None:
    """Follow what is carried back to a try at the whole quiz; None where the chain is broken."""
    for _ in range(len(passing)):
        if attempt.carries is None:
            return attempt
        earlier = passing.get(attempt.carries)
        if earlier is None:
            return None
        attempt = earlier
    return None


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
