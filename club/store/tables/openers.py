"""Openers of sealed rounds: who they are, their locked keys, their shares, how far it has come."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from club.store.columns import Words
from club.store.tables.schema import instant, metadata, positive, refers

openers = Table(
    "openers",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    refers("person_id", "people.id", primary_key=True, index=True),
    Column("place", Integer, nullable=False),
    instant("named_at"),
    refers("named_by", "people.id"),
    instant("told_at"),
    UniqueConstraint("round_id", "place"),
    *positive("place"),
)

opener_keys = Table(
    "opener_keys",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    refers("person_id", "people.id", primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("locked", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("memory_kib", Integer, nullable=False),
    instant("set_at"),
    *positive("passes", "memory_kib"),
)

opener_shares = Table(
    "opener_shares",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    refers("person_id", "people.id", primary_key=True),
    Column("place", Integer, nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("ciphertext", LargeBinary),
    instant("dealt_at"),
    Column("given", LargeBinary),
    instant("given_at", nullable=True),
    UniqueConstraint("round_id", "place"),
    CheckConstraint("given IS NULL OR given_at IS NOT NULL", name="given_at_an_instant"),
)
"""`ciphertext` and `given` are emptied when the round is over; that one was given is kept."""

openings = Table(
    "openings",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    instant("waits_until", nullable=True),
    instant("opened_at", nullable=True),
    Column("excluded", Words(), nullable=False),
)
