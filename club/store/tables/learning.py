"""Tries at a module's quiz: the rules they were frozen under, raw answers only, certificates."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from club.store.columns import Json
from club.store.tables.schema import id_column, instant, metadata, paired, positive, refers

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
    instant("withdrawn_at", nullable=True),
    refers("withdrawn_by", "people.id", nullable=True),
    Column("withdrawal_reason", Text),
    instant("reinstated_at", nullable=True),
    refers("reinstated_by", "people.id", nullable=True),
    paired("withdrawn"),
    paired("reinstated"),
    CheckConstraint(
        "(withdrawal_reason IS NULL) = (withdrawn_at IS NULL)", name="withdrawn_for_a_reason"
    ),
    CheckConstraint(
        "reinstated_at IS NULL OR withdrawn_at IS NOT NULL", name="reinstated_what_was_withdrawn"
    ),
)
# All that statistics ask of a try, so that its long list of questions need not be read past.
Index(
    "ix_attempts_finished_of_module",
    attempts.c.module_id,
    attempts.c.module_version,
    attempts.c.finished_at,
    attempts.c.person_id,
    attempts.c.id,
    attempts.c.withdrawn_at,
    attempts.c.reinstated_at,
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
    instant("closed_at", nullable=True),  # wholly right, out of tries, or left as it is
)

later_answers = Table(
    "later_answers",
    metadata,
    refers("attempt_id", "attempts.id", primary_key=True),
    Column("question_id", String(100), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("raw", Json, nullable=False),
    Column("confidence", Integer),
    instant("answered_at"),
    ForeignKeyConstraint(
        ["attempt_id", "question_id"], ["answers.attempt_id", "answers.question_id"]
    ),
    CheckConstraint("number > 1", name="number_after_the_first"),
)

pass_certificates = Table(
    "pass_certificates",
    metadata,
    id_column(),
    Column("token", String(64), nullable=False, unique=True),
    refers("attempt_id", "attempts.id", unique=True),
    Column("number", Integer, nullable=False, unique=True),
    instant("issued_at"),
    instant("closed_at", nullable=True),
    *positive("number"),
)
"""That one was issued, and whether it is shared; what it says is computed on every read."""

review_answers = Table(
    "review_answers",
    metadata,
    id_column(),
    refers("person_id", "people.id", index=True),
    Column("question_id", String(100), nullable=False),
    Column("question_version", Integer, nullable=False),
    Column("raw", Json, nullable=False),
    Column("confidence", Integer),
    instant("answered_at"),
)
