"""How far somebody is with a module and its outcomes: computed from first answers, kept nowhere.

As in Kolibri, only the first answer to a question moves progress: of several tries at a question
within one quiz the first, each time a quiz asks it. An answer is right if it earns the whole mark.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from curriculum.gates import Attempt, Pass, current_pass, lapsed_at
from curriculum.modules import Module

RIGHT_NEEDED = 2
OF_THE_LAST = 3
"""An outcome is mastered with this many right (m) of the last so many first answers (n)."""
FAILURES = 4
"""So many wrong first answers ask for a facilitator's help."""
SOON = timedelta(days=60)


class Progress(StrEnum):
    """An outcome comes to be mastered, a module to be completed."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    HELP_NEEDED = "help_needed"
    MASTERED = "mastered"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswer:
    """What the first answer to a question earned in one try at a quiz."""

    try_id: str
    question_id: str
    outcomes: tuple[str, ...]
    answered_at: datetime
    mark: Fraction

    @property
    def is_right(self) -> bool:
        return self.mark == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeProgress:
    """Where somebody stands with one outcome: `right` of the last `answered`, at most n."""

    outcome_id: str
    state: Progress
    right: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """How far somebody is from completing one module, or from having to take it again."""

    module_id: str
    state: Progress
    standing: Pass | None
    lapsed_at: datetime | None
    """When the last pass on the current version lapsed, where none counts now."""
    failures: int
    """Wrong first answers since the last pass."""

    def lapses_soon(self, now: datetime) -> bool:
        """Whether a pass that counts lapses within 60 days."""
        return self.standing is not None and self.standing.expires_at <= now + SOON


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleProgress(Completion):
    """Where somebody stands with one module and with each of its outcomes."""

    outcomes: tuple[OutcomeProgress, ...]


def completion(
    module: Module,
    attempts: Iterable[Attempt],
    wrong_at: Iterable[datetime],
    *,
    has_begun: bool,
    now: datetime,
) -> Completion:
    """Tell one person's standing from their finished tries at the module and the instants of
    their wrong first answers.

    Completed: a pass counts now, by `gates.current_pass`. Else help is needed from the fourth
    wrong first answer on, counted since the last try that passed, on any version; answers in a
    try that is still open count. Of questions that have been rewritten since nothing is known, so
    that answers to them are not among the wrong ones. `has_begun`: any try was begun.
    """
    tries = [attempt for attempt in attempts if attempt.module_id == module.id]
    passed_at = [a.finished_at for a in tries if a.counts and a.finished_at <= now]
    since = max(passed_at, default=None)
    failures = sum(since is None or at > since for at in wrong_at)
    standing = current_pass(tries, module, now)
    return Completion(
        module_id=module.id,
        state=_state(standing, failures, has_begun=has_begun),
        standing=standing,
        lapsed_at=lapsed_at(tries, module, now),
        failures=failures,
    )


def module_progress(
    module: Module,
    attempts: Iterable[Attempt],
    answers: Iterable[FirstAnswer],
    *,
    has_begun: bool,
    now: datetime,
) -> ModuleProgress:
    """Tell the same as `completion`, and how far the person is with each outcome.

    `answers` holds those whose question the bank still has in the version asked.
    """
    first = _in_order(answers)
    wrong_at = [answer.answered_at for answer in first if not answer.is_right]
    done = completion(module, attempts, wrong_at, has_begun=has_begun, now=now)
    return ModuleProgress(
        module_id=done.module_id,
        state=done.state,
        standing=done.standing,
        lapsed_at=done.lapsed_at,
        failures=done.failures,
        outcomes=tuple(outcome_progress(outcome.id, first) for outcome in module.outcomes),
    )


def _state(standing: Pass | None, failures: int, *, has_begun: bool) -> Progress:
    if standing is not None:
        return Progress.COMPLETED
    if failures >= FAILURES:
        return Progress.HELP_NEEDED
    return Progress.STARTED if has_begun else Progress.NOT_STARTED


def outcome_progress(outcome_id: str, answers: Iterable[FirstAnswer]) -> OutcomeProgress:
    """Tell how far somebody is with an outcome, by the last answers to its questions.

    Mastered: two of the last three are right; it can be lost again. Else help is needed from the
    fourth wrong answer on, counted since it was mastered last. A question with several outcomes
    counts for each. Answers stand in the order of their instant, then question, then try.
    """
    own = [answer for answer in _in_order(answers) if outcome_id in answer.outcomes]
    failures = 0
    window: list[bool] = []
    for answer in own:
        window = [*window, answer.is_right][-OF_THE_LAST:]
        failures = 0 if sum(window) >= RIGHT_NEEDED else failures + (not answer.is_right)
    return OutcomeProgress(
        outcome_id=outcome_id,
        state=_outcome_state(sum(window), failures, has_begun=bool(own)),
        right=sum(window),
        answered=len(window),
    )


def _outcome_state(right: int, failures: int, *, has_begun: bool) -> Progress:
    if right >= RIGHT_NEEDED:
        return Progress.MASTERED
    if failures >= FAILURES:
        return Progress.HELP_NEEDED
    return Progress.STARTED if has_begun else Progress.NOT_STARTED


def _in_order(answers: Iterable[FirstAnswer]) -> list[FirstAnswer]:
    return sorted(answers, key=lambda a: (a.answered_at, a.question_id, a.try_id))
