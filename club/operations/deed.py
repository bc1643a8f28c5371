"""What all operations share: one write transaction, the actor read afresh, one deed a request.

with begin(context, actor, Role.BUYER, request_id=request_id) as deed:
    if deed.outcome_id is not None:          # the same request again is the same deed
        return pledges.pledge(deed.tx, deed.outcome_id)
    …
    deed.done("pledge.placed", pledge.id, chain=round_id, facts={…})
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from club.domain.errors import NotAllowed
from club.domain.notices import Notice, NoticeKind
from club.domain.organisations import Actor, Person, Role, require
from club.operations.context import Context
from club.store import journal, people
from club.store.database import Connection

SYSTEM = "system"
"""Who does what the clock does."""


@dataclass(slots=True)
class Deed:
    """One deed under way, inside its transaction."""

    context: Context
    tx: Connection
    actor: Actor | None
    request_id: str | None
    outcome_id: str | None = None
    """What the same request brought about before, if it did."""
    _at: datetime | None = field(default=None)

    @property
    def by(self) -> str:
        return self.actor.person_id if self.actor else SYSTEM

    @property
    def at(self) -> datetime:
        """The deed's instant: read once, when first asked for, so ask after taking the lock."""
        if self._at is None:
            self._at = self.context.clock(self.tx)
        return self._at

    def done(self, kind: str, outcome_id: str, *, chain: str, facts: dict[str, object]) -> None:
        """Enter the deed in the audit chain and remember the request's outcome."""
        journal.record(self.tx, chain, kind, {"id": outcome_id} | facts, at=self.at, by=self.by)
        self.remember(kind, outcome_id)

    def remember(self, kind: str, outcome_id: str) -> None:
        """Only remember the request's outcome: a step that leaves no link in the chain."""
        if self.request_id is not None:
            journal.keep_outcome(
                self.tx, self.by, self.request_id, deed=kind, outcome_id=outcome_id, at=self.at
            )

    def tell(self, person: Person, kind: NoticeKind, **facts: object) -> None:
        """Queue a notice to a person, to leave once this transaction has been committed."""
        notice = Notice(
            id=self.context.new_id(),
            kind=kind,
            address=person.email,
            person_id=person.id,
            language=person.language,
            facts=facts,
            queued_at=self.at,
        )
        journal.queue(self.tx, notice)


@contextmanager
def begin(
    context: Context, actor: Actor, *roles: Role, request_id: str | None = None
) -> Iterator[Deed]:
    """A write transaction for a person who holds one of the roles at this instant."""
    with context.database.write() as tx:
        fresh = people.actor(tx, actor.person_id)
        if fresh is None:
            raise NotAllowed
        require(fresh, *roles)
        outcome_id = journal.outcome_of(tx, fresh.person_id, request_id) if request_id else None
        yield Deed(context, tx, fresh, request_id, outcome_id)


@contextmanager
def begin_system(context: Context) -> Iterator[Deed]:
    """A write transaction for what the clock does."""
    with context.database.write() as tx:
        yield Deed(context, tx, actor=None, request_id=None)


@contextmanager
def looking(context: Context, actor: Actor, *roles: Role) -> Iterator[tuple[Connection, Actor]]:
    """A read transaction for a person who holds one of the roles, if any are named."""
    with context.database.read() as tx:
        fresh = people.actor(tx, actor.person_id)
        if fresh is None:
            raise NotAllowed
        if roles:
            require(fresh, *roles)
        yield tx, fresh
