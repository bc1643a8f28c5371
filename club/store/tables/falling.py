"""Low prices, awards that fell away, what is bought instead, and who was asked about it."""

from sqlalchemy import CheckConstraint, Column, Integer, String, Table, Text, UniqueConstraint

from club.domain.falling import Answer, Cause, Stage
from club.domain.flags import FlagReason, FlagState
from club.store.columns import Json, Ratio, Words, one_of
from club.store.tables.schema import (
    id_column,
    instant,
    metadata,
    not_negative,
    paired,
    positive,
    refers,
    whole,
)

price_flags = Table(
    "price_flags",
    metadata,
    refers("award_id", "awards.id", primary_key=True),
    refers("round_id", "rounds.id", index=True),
    refers("lot_id", "lots.id"),
    refers("supplier_id", "organisations.id", index=True),
    Column("reasons", Words(FlagReason), nullable=False),
    whole("price_per_t"),
    Column("effective_per_t", Ratio, nullable=False),
    Column("mean_per_t", Ratio, nullable=False),
    Column("next_per_t", Ratio),
    Column("state", one_of(FlagState), nullable=False, index=True),
    instant("asked_at"),
    instant("explain_by_at"),
    Column("explanation", Text),
    instant("explained_at", nullable=True),
    refers("explained_by", "people.id", nullable=True),
    Column("decision", Text),
    instant("decided_at", nullable=True),
    Column("decided_by", String(64)),
    *not_negative("price_per_t"),
    CheckConstraint(
        "(explanation IS NULL) = (explained_at IS NULL)", name="explained_at_an_instant"
    ),
    paired("explained"),
    paired("decided"),
)

falls = Table(
    "falls",
    metadata,
    id_column(),
    refers("round_id", "rounds.id"),
    refers("lot_id", "lots.id"),
    refers("supplier_id", "organisations.id"),
    whole("quantity_kg"),
    Column("cause", one_of(Cause), nullable=False),
    Column("reason", Text),
    instant("recorded_at"),
    Column("recorded_by", String(64), nullable=False),
    Column("number", Integer),
    UniqueConstraint("round_id", "lot_id"),
    *positive("quantity_kg"),
)
"""A lot falls once: its supplier is out of whatever is bought instead."""

next_bests = Table(
    "next_bests",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("stage", one_of(Stage), primary_key=True),
    Column("inputs_hash", String(64), nullable=False),
    Column("inputs", Json, nullable=False),
    Column("result_hash", String(64)),
    Column("result", Json),
    instant("frozen_at"),
    instant("computed_at", nullable=True),
    CheckConstraint("number > 1", name="number_after_the_first"),
    CheckConstraint("(result IS NULL) = (computed_at IS NULL)", name="computed_at_an_instant"),
)

questions = Table(
    "questions",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    refers("organisation_id", "organisations.id", primary_key=True),
    instant("asked_at"),
    instant("answer_by_at"),
    Column("answer", one_of(Answer)),
    instant("answered_at", nullable=True),
    refers("answered_by", "people.id", nullable=True),
    CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_an_instant"),
    paired("answered"),
)
