"""Tries at a module's quiz: the rules they were frozen under, and raw answers only."""

from sqlalchemy import Column, Integer, String, Table

from club.store.columns import Json
from club.store.tables.schema import id_column, instant, metadata, refers

attempts = Table(
    "attempts",
    metadata,
    id_column(),
    refers("person_id", "people.id", index=True),
    Column("module_id", String(100), nullable=False),
    Column("module_version", Integer, nullable=False),
    Column("seed", String(64), nullable=False),
    Column("questions", Json, nullable=False),  # ids, versions, order of choices, pass mark
    instant("started_at"),
    instant("finished_at", nullable=True),
    Column("score", String(40)),  # an exact ratio n/d, derived from the answers at finishing
)

answers = Table(
    "answers",
    metadata,
    refers("attempt_id", "attempts.id", primary_key=True),
    Column("question_id", String(100), primary_key=True),
    Column("question_version", Integer, nullable=False),
    Column("raw", Json, nullable=False),
    Column("confidence", Integer),
    instant("answered_at"),
)
