"""What happened: request ids, the audit chain, and the outbox of notices."""

from sqlalchemy import Column, Index, Integer, String, Table

from club.domain.notices import NoticeKind
from club.store.columns import Json, one_of
from club.store.tables.schema import id_column, instant, metadata, refers

requests = Table(
    "requests",
    metadata,
    Column("actor_id", String(64), primary_key=True),
    Column("request_id", String(64), primary_key=True),
    Column("deed", String(64), nullable=False),
    Column("outcome_id", String(64), nullable=False),
    instant("made_at"),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("chain", String(64), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_links = Table(
    "audit_links",
    metadata,
    Column("chain", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(64), nullable=False),
    instant("made_at"),
    Column("made_by", String(64), nullable=False),
    Column("facts", Json, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

notices = Table(
    "notices",
    metadata,
    id_column(),
    Column("kind", one_of(NoticeKind), nullable=False),
    Column("address", String(320), nullable=False),
    refers("person_id", "people.id", nullable=True, index=True),
    Column("language", String(2), nullable=False),
    Column("facts", Json, nullable=False),
    instant("queued_at"),
    instant("sent_at", nullable=True),
    Column("failures", Integer, nullable=False, default=0),
    instant("next_try_at", nullable=True),
)
Index("ix_notices_waiting", notices.c.sent_at, notices.c.queued_at)
