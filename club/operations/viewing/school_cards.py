"""Cards on Home for learners: a pass that lapses soon, what is new, a quiz left open, reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.learning import finished_tries, open_try
from club.operations.reviewing import reviews_of
from club.operations.viewing.cards import Card
from club.store import learning
from club.store.database import Connection
from club.store.learning import AttemptRow
from curriculum.deltas import due_delta
from curriculum.gates import Attempt, current_pass
from curriculum.progress import SOON


def school_cards(context: Context, tx: Connection, actor: Actor, now: datetime) -> Iterator[Card]:
    """At most four: a pass, a short quiz, a quiz left open, a review."""
    if not actor.has(Role.LEARNER):
        return
    own = learning.attempts_of_person(tx, actor.person_id)
    tries = finished_tries(own)
    yield from _lapsing(context, tries, now)
    yield from _renewing(context, tries, now)
    yield from _left_open(context, own, now)
    due = len(reviews_of(context, tx, actor.person_id, now).plan.today)
    if due:
        yield Card(kind="review", path="review", facts={"count": due})


def _left_open(context: Context, own: list[AttemptRow], now: datetime) -> Iterator[Card]:
    """The quiz that was begun last, of those that can still be finished."""
    left = (open_try(module, own, at=now) for module in context.modules.values())
    begun = [attempt for attempt in left if attempt is not None]
    if begun:
        last = max(begun, key=lambda attempt: (attempt.started_at, attempt.id))
        yield Card(
            kind="left_open",
            path="quiz",
            query={"module": last.module_id},
            module=context.modules[last.module_id].title,
            facts={"started_at": last.started_at},
        )


def _lapsing(context: Context, tries: Sequence[Attempt], now: datetime) -> Iterator[Card]:
    """The pass that lapses first, if it does so soon; of two the first in the curriculum."""
    held = [current_pass(tries, module, now) for module in context.modules.values()]
    soon = [one for one in held if one is not None and one.expires_at <= now + SOON]
    if soon:
        first = min(soon, key=lambda one: one.expires_at)
        yield Card(
            kind="lapsing",
            path="quiz",
            query={"module": first.module_id},
            due_at=first.expires_at,
            module=context.modules[first.module_id].title,
            facts={"expires_at": first.expires_at},
        )


def _renewing(context: Context, tries: Sequence[Attempt], now: datetime) -> Iterator[Card]:
    """The first module whose pass counts again only with a short quiz."""
    today = now.astimezone(ZoneInfo(context.settings.time_zone)).date()
    for module in context.modules.values():
        delta = due_delta(tries, module, now, on=today)
        if delta is not None and delta.is_required:
            yield Card(
                kind="renewing",
                path="quiz",
                query={"module": module.id},
                module=module.title,
                facts={"count": delta.quiz_size},
            )
            return
