"""Notices on their way out: each is taken by one host, and put off where it cannot leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select

from club.domain.notices import Notice
from club.store import rows
from club.store.tables import notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A notice that this host is about to send, and how often that has failed."""

    notice: Notice
    failures: int


def take(tx: Connection, at: datetime, *, until: datetime) -> Taken | None:
    """The oldest notice that is due, nobody else's until the given instant; None if none is."""
    row = tx.execute(
        select(notices)
        .where(_is_due(at))
        .order_by(notices.c.queued_at, notices.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    tx.execute(notices.update().where(notices.c.id == row.id).values(next_try_at=until))
    return Taken(notice=rows.read(row, Notice), failures=row.failures)


def is_any_due(tx: Connection, at: datetime) -> bool:
    return tx.execute(select(notices.c.id).where(_is_due(at)).limit(1)).first() is not None


def waiting(tx: Connection, limit: int = 50) -> list[Notice]:
    """Notices not yet sent, oldest first."""
    return rows.listed(
        tx,
        select(notices)
        .where(notices.c.sent_at.is_(None))
        .order_by(notices.c.queued_at, notices.c.id)
        .limit(limit),
        Notice,
    )


def mark_sent(tx: Connection, notice: Notice, at: datetime) -> None:
    """Remember that it left; a link by which one comes in is not kept longer than it waited."""
    facts = {name: fact for name, fact in notice.facts.items() if name != "link"}
    tx.execute(
        notices.update()
        .where(notices.c.id == notice.id)
        .values(sent_at=at, next_try_at=None, facts=facts)
    )


def put_off(tx: Connection, notice_id: str, *, failures: int, until: datetime) -> None:
    tx.execute(
        notices.update()
        .where(notices.c.id == notice_id)
        .values(failures=failures, next_try_at=until)
    )


def put_off_all(tx: Connection, at: datetime, *, until: datetime) -> None:
    """Everything that is due waits: the way out is closed, which is no address's fault."""
    tx.execute(notices.update().where(_is_due(at)).values(next_try_at=until))


def _is_due(at: datetime) -> ColumnElement[bool]:
    may_go = or_(notices.c.next_try_at.is_(None), notices.c.next_try_at <= at)
    return notices.c.sent_at.is_(None) & may_go
