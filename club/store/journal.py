"""Request ids, the audit chain, and the outbox: written in the transaction they tell of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, text, union
from sqlalchemy.dialects import postgresql, sqlite

from auctions import chain as rules
from auctions.chain import GENESIS, NOTHING, Head, Link
from club.domain.notices import Notice
from club.store import rows
from club.store.tables import audit_heads, audit_links, notices, requests

CLUB = "club"
"""The chain of what concerns no single round."""


def outcome_of(tx: Connection, actor_id: str, request_id: str) -> str | None:
    """The id of what this request already brought about, if it did.

    Whoever sends the same request at the same instant waits here for the first to finish.
    """
    if tx.dialect.name == "postgresql":
        key = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        tx.execute(key, {"key": f"{actor_id} {request_id}"})
    return tx.execute(
        select(requests.c.outcome_id).where(
            requests.c.actor_id == actor_id, requests.c.request_id == request_id
        )
    ).scalar_one_or_none()


def keep_outcome(
    tx: Connection, actor_id: str, request_id: str, *, deed: str, outcome_id: str, at: datetime
) -> None:
    tx.execute(
        requests.insert().values(
            actor_id=actor_id,
            request_id=request_id,
            deed=deed,
            outcome_id=outcome_id,
            made_at=at,
        )
    )


def record(
    tx: Connection, chain: str, kind: str, facts: dict[str, object], *, at: datetime, by: str
) -> Link:
    """Append one link to a chain; its head is locked, so that links never fork."""
    number, previous = _locked_head(tx, chain)
    body = {
        "chain": chain,
        "number": number + 1,
        "kind": kind,
        "made_at": at,
        "made_by": by,
        "facts": facts,
        "previous": previous,
    }
    link = Link(**body, hash=rules.digest(**body))  # type: ignore[arg-type]  # the keys are the fields
    rows.add(tx, audit_links, link)
    tx.execute(
        audit_heads.update()
        .where(audit_heads.c.chain == chain)
        .values(number=link.number, hash=link.hash)
    )
    return link


def _locked_head(tx: Connection, chain: str) -> tuple[int, str]:
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    tx.execute(
        dialect.insert(audit_heads)
        .values(chain=chain, number=0, hash=GENESIS)
        .on_conflict_do_nothing()
    )
    head = tx.execute(
        select(audit_heads.c.number, audit_heads.c.hash)
        .where(audit_heads.c.chain == chain)
        .with_for_update()
    ).one()
    return head.number, head.hash


def links(tx: Connection, chain: str) -> list[Link]:
    return rows.listed(
        tx,
        select(audit_links).where(audit_links.c.chain == chain).order_by(audit_links.c.number),
        Link,
    )


def of_kinds(tx: Connection, chain: str, kinds: Collection[str]) -> list[Link]:
    """The links of some kinds in a chain, in their order."""
    of_them = select(audit_links).where(
        audit_links.c.chain == chain, audit_links.c.kind.in_(sorted(kinds))
    )
    return rows.listed(tx, of_them.order_by(audit_links.c.number), Link)


def last_of(tx: Connection, chain: str, kind: str) -> Link | None:
    """The last link of a kind in a chain."""
    of_kind = select(audit_links).where(audit_links.c.chain == chain, audit_links.c.kind == kind)
    return rows.found(tx, of_kind.order_by(audit_links.c.number.desc()).limit(1), Link)


def head(tx: Connection, chain: str) -> Head:
    """Where the chain ends by its head, whatever links there are."""
    found = rows.found(tx, select(audit_heads).where(audit_heads.c.chain == chain), Head)
    return found or NOTHING


def chains(tx: Connection) -> list[str]:
    """Every chain that has a head, or links that have lost theirs."""
    known = union(select(audit_heads.c.chain), select(audit_links.c.chain))
    return sorted(tx.execute(known).scalars())


def queue(tx: Connection, notice: Notice) -> None:
    rows.add(tx, notices, notice)


def notices_of(tx: Connection, person_id: str, limit: int = 20) -> list[Notice]:
    """A person's notices, newest first."""
    return rows.listed(
        tx,
        select(notices)
        .where(notices.c.person_id == person_id)
        .order_by(notices.c.queued_at.desc(), notices.c.id)
        .limit(limit),
        Notice,
    )
