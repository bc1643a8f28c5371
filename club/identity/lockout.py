"""How long to wait after tries that failed: by address and by host, longer each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many tries are free; from then on each costs twice the wait of the one before."""

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgotten_after: timedelta


BY_ADDRESS = Limit(
    free=5,
    first_wait=timedelta(seconds=30),
    longest_wait=timedelta(minutes=15),
    forgotten_after=timedelta(hours=24),
)
BY_HOST = Limit(
    free=30,
    first_wait=timedelta(seconds=30),
    longest_wait=timedelta(minutes=15),
    forgotten_after=timedelta(hours=1),
)
RESETS = Limit(
    free=3,
    first_wait=timedelta(minutes=1),
    longest_wait=timedelta(hours=1),
    forgotten_after=timedelta(hours=24),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Tries so far under one key."""

    failures: int
    last_at: datetime
    locked_until: datetime | None


def must_wait(count: Count, at: datetime) -> bool:
    return count.locked_until is not None and at < count.locked_until


def one_more(count: Count, at: datetime, limit: Limit) -> Count:
    """The count with this try in it, and until when the next must wait."""
    is_forgotten = at - count.last_at > limit.forgotten_after
    failures = (0 if is_forgotten else count.failures) + 1
    return Count(failures=failures, last_at=at, locked_until=_until(failures, at, limit))


def one_less(count: Count, limit: Limit) -> Count:
    """The count without one try that proved right."""
    failures = max(count.failures - 1, 0)
    is_free = failures < limit.free
    return Count(
        failures=failures,
        last_at=count.last_at,
        locked_until=None if is_free else count.locked_until,
    )


def _until(failures: int, at: datetime, limit: Limit) -> datetime | None:
    if failures < limit.free:
        return None
    doublings = min(failures - limit.free, 16)
    return at + min(limit.first_wait * (1 << doublings), limit.longest_wait)
