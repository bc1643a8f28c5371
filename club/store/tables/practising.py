"""Practice rounds with what was typed; what came of them is played again, never kept."""

from sqlalchemy import Column, Integer, String, Table

from club.store.tables.schema import (
    id_column,
    instant,
    metadata,
    not_negative,
    positive,
    refers,
    whole,
)

practice_rounds = Table(
    "practice_rounds",
    metadata,
    id_column(),
    refers("person_id", "people.id", index=True),
    Column("market_version", Integer, nullable=False),
    Column("seed", String(64), nullable=False),  # hex; the invented market is made from it
    whole("quantity_kg"),
    whole("limit_per_t", nullable=True),
    whole("minimum_kg"),
    instant("started_at"),
    instant("finished_at", nullable=True),
    *positive("quantity_kg", "market_version"),
    *not_negative("minimum_kg"),
)
