"""Rounds, pledges, sealed and opened offers, and what clearing wrote."""

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from club.domain.auction_terms import Format, Pricing, Sealing, Sharing
from club.domain.offers import EnvelopeState
from club.domain.pledges import PledgeState
from club.domain.rounds import Phase, WhenShort
from club.store.columns import CountsByDuty, Criteria, Json, Ratio, Rules, Words, one_of
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

rounds = Table(
    "rounds",
    metadata,
    id_column(),
    Column("name_ja", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
    Column("purpose_ja", Text, nullable=False),
    Column("purpose_en", Text, nullable=False),
    Column("phase", one_of(Phase), nullable=False),
    Column("is_invented", Boolean, nullable=False),
    whole("goal_kg"),
    whole("minimum_kg"),
    whole("maximum_kg", nullable=True),
    whole("member_minimum_kg"),
    whole("member_maximum_kg"),
    whole("ceiling_per_t"),
    whole("step_kg"),
    whole("fee_per_t"),
    Column("tax_percent", Integer, nullable=False),
    Column("when_short", one_of(WhenShort), nullable=False),
    Column("prolong_days", Integer, nullable=False),
    Column("was_prolonged", Boolean, nullable=False),
    Column("required_modules", Words(), nullable=False),
    Column("quorum", Integer, nullable=False),
    Column("people_by_duty", CountsByDuty, nullable=False),
    Column("grants_grace", Boolean, nullable=False),
    instant("pledging_opens_at"),
    instant("pledging_closes_at"),
    instant("bidding_closes_at"),
    Column("payment_days", Integer, nullable=False),
    instant("created_at"),
    refers("created_by", "people.id"),
    *positive("goal_kg", "member_minimum_kg", "ceiling_per_t", "step_kg"),
    *not_negative("minimum_kg", "fee_per_t", "tax_percent"),
    CheckConstraint("member_minimum_kg <= member_maximum_kg", name="member_bounds_in_order"),
    CheckConstraint("maximum_kg IS NULL OR maximum_kg >= goal_kg", name="cap_covers_goal"),
    CheckConstraint(
        "pledging_opens_at < pledging_closes_at AND pledging_closes_at < bidding_closes_at",
        name="dates_in_order",
    ),
)

round_auctions = Table(
    "round_auctions",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    Column("format", one_of(Format), nullable=False),
    Column("pricing", one_of(Pricing), nullable=False),
    Column("sharing", one_of(Sharing), nullable=False),
    Column("sealing", one_of(Sealing), nullable=False),
    Column("openers_needed", Integer),
    Column("opening_days", Integer, nullable=False),
    whole("decrement_per_t"),
    Column("window_s", Integer, nullable=False),
    instant("hard_end_at", nullable=True),
    Column("grace_s", Integer, nullable=False),
    whole("clock_step_per_t"),
    Column("clock_step_s", Integer, nullable=False),
    whole("wanted_kg", nullable=True),
    Column("rules", Rules, nullable=False),
    Column("criteria", Criteria, nullable=False),
    Column("explain_days", Integer, nullable=False),
    *positive("opening_days", "decrement_per_t", "window_s", "grace_s", "clock_step_per_t"),
    *positive("clock_step_s", "wanted_kg", "explain_days"),
    CheckConstraint("(sealing = 'openers') = (openers_needed IS NOT NULL)", name="openers_counted"),
    CheckConstraint(
        "(format = 'descending') = (hard_end_at IS NOT NULL)", name="hard_end_where_live"
    ),
)
"""How each round's auction runs: one row a round, written with it."""

round_suppliers = Table(
    "round_suppliers",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    refers("organisation_id", "organisations.id", primary_key=True),
    instant("invited_at"),
    refers("invited_by", "people.id"),
)

round_keys = Table(
    "round_keys",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("revealed_secret", String(64)),
    instant("made_at"),
)


def _pledge_columns() -> list[Column[Any]]:
    return [
        refers("round_id", "rounds.id", index=True),
        refers("organisation_id", "organisations.id", index=True),
        whole("quantity_kg"),
        whole("limit_per_t", nullable=True),
        whole("minimum_kg"),
        Column("state", one_of(PledgeState), nullable=False),
        Column("reason", String(64)),
        instant("placed_at"),
        refers("placed_by", "people.id"),
        instant("approved_at", nullable=True),
        refers("approved_by", "people.id", nullable=True),
    ]


pledges = Table(
    "pledges",
    metadata,
    id_column(),
    *_pledge_columns(),
    Column("version", Integer, nullable=False),
    UniqueConstraint("round_id", "organisation_id"),
    *positive("quantity_kg"),
    *not_negative("minimum_kg"),
    CheckConstraint("minimum_kg <= quantity_kg", name="minimum_within_quantity"),
    paired("approved"),
)

pledge_history = Table(
    "pledge_history",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("state_number", Integer, primary_key=True),
    *_pledge_columns(),
    paired("approved"),
)

envelopes = Table(
    "envelopes",
    metadata,
    id_column(),
    refers("round_id", "rounds.id", index=True),
    refers("lot_id", "lots.id", index=True),
    refers("supplier_id", "organisations.id"),
    Column("sequence", Integer, nullable=False),
    whole("quantity_bound_kg"),
    Column("commitment", String(64), nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("state", one_of(EnvelopeState), nullable=False),
    instant("received_at"),
    refers("received_by", "people.id"),
    UniqueConstraint("round_id", "sequence"),
)
Index(
    "uq_envelopes_one_standing",
    envelopes.c.round_id,
    envelopes.c.lot_id,
    unique=True,
    sqlite_where=text("state = 'standing'"),
    postgresql_where=text("state = 'standing'"),
)

offers = Table(
    "offers",
    metadata,
    id_column(),
    refers("round_id", "rounds.id", index=True),
    refers("lot_id", "lots.id"),
    refers("supplier_id", "organisations.id"),
    Column("sequence", Integer, nullable=False),
    whole("quantity_kg"),
    whole("price_per_t"),
    whole("minimum_kg"),
    *positive("quantity_kg", "price_per_t"),
    *not_negative("minimum_kg"),
)

clearings = Table(
    "clearings",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    Column("inputs_hash", String(64), nullable=False),
    Column("inputs", Json, nullable=False),
    Column("result_hash", String(64)),
    Column("result", Json),
    instant("frozen_at"),
    instant("cleared_at", nullable=True),
)

awards = Table(
    "awards",
    metadata,
    id_column(),
    refers("round_id", "rounds.id", index=True),
    refers("offer_id", "offers.id"),
    refers("lot_id", "lots.id"),
    refers("supplier_id", "organisations.id", index=True),
    whole("quantity_kg"),
    Column("price_per_t", Ratio, nullable=False),
    whole("value_jpy"),
    Column("clearing_number", Integer, nullable=False),
    instant("fell_at", nullable=True),
    UniqueConstraint("offer_id", "clearing_number"),
    *positive("quantity_kg", "clearing_number"),
    *not_negative("value_jpy"),
)

allocations = Table(
    "allocations",
    metadata,
    refers("round_id", "rounds.id", index=True),
    refers("organisation_id", "organisations.id", primary_key=True),
    refers("award_id", "awards.id", primary_key=True),
    whole("quantity_kg"),
    *positive("quantity_kg"),
)

explanations = Table(
    "explanations",
    metadata,
    refers("offer_id", "offers.id", primary_key=True),
    refers("round_id", "rounds.id", index=True),
    Column("explained", Json, nullable=False),
)
