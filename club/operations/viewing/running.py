"""How the club's server is doing, for those who keep it running."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from platform import python_version

from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.sealing import holds_secrets
from club.store import migrating, outbox, rounds

PACKAGES = ("streamlit", "SQLAlchemy", "reportlab", "scipy", "ortools")
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    now: datetime
    database: str
    """sqlite or postgresql."""
    revision: str | None
    newest_revision: str | None
    waiting: int
    """Notices not sent yet, counted up to a thousand."""
    oldest_waiting_at: datetime | None
    overdue: int
    """Rounds that the clock should have closed by now."""
    missing_keys: tuple[str, ...]
    """Rounds whose envelopes this server could not open."""
    versions: Mapping[str, str]

    @property
    def is_current(self) -> bool:
        return self.revision == self.newest_revision


def running(context: Context, actor: Actor) -> Running:
    """What a look from inside tells; facilitators only."""
    with looking(context, actor, Role.FACILITATOR) as (tx, _):
        now = context.clock(tx)
        kind, revision = tx.dialect.name, migrating.revision(tx)
        overdue = len(rounds.due(tx, now))
        missing = [r.id for r in rounds.listed(tx) if not holds_secrets(context, tx, r)]
        waiting = outbox.waiting(tx, MOST_COUNTED)
    return Running(
        now=now,
        database=kind,
        revision=revision,
        newest_revision=migrating.newest(),
        waiting=len(waiting),
        oldest_waiting_at=waiting[0].queued_at if waiting else None,
        overdue=overdue,
        missing_keys=tuple(missing),
        versions={"Python": python_version()} | {name: version(name) for name in PACKAGES},
    )
