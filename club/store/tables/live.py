"""Live auctions: their record, the pulse of the clock, and who is connected."""

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, String, Table

from club.domain.live import EventKind
from club.store.columns import Json, one_of
from club.store.tables.schema import instant, metadata, not_negative, refers, whole

live_events = Table(
    "live_events",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", one_of(EventKind), nullable=False),
    refers("lot_id", "lots.id", nullable=True, index=True),
    refers("supplier_id", "organisations.id", nullable=True, index=True),
    whole("quantity_kg", nullable=True),
    whole("minimum_kg", nullable=True),
    whole("price_per_t", nullable=True),
    Column("sealed_floor", LargeBinary),
    Column("facts", Json, nullable=False),
    Column("commitment", String(64)),
    Column("nonce", String(64)),
    instant("made_at"),
    Column("made_by", String(64), nullable=False),
    *not_negative("sequence", "quantity_kg", "minimum_kg"),
    CheckConstraint("(lot_id IS NULL) = (supplier_id IS NULL)", name="lot_with_supplier"),
    CheckConstraint(
        "(kind IN ('bid', 'proxy_bid', 'confirmed')) = (price_per_t IS NOT NULL)",
        name="bids_have_prices",
    ),
    CheckConstraint(
        "(kind = 'proxy_set') = (sealed_floor IS NOT NULL)", name="proxies_have_floors"
    ),
    CheckConstraint("(commitment IS NULL) = (nonce IS NULL)", name="commitment_with_nonce"),
)
"""Rows are added and never changed."""

live_pulses = Table(
    "live_pulses",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    instant("beat_at"),
)
"""When the clock last saw each live auction: what lies between two beats is an outage."""

live_presence = Table(
    "live_presence",
    metadata,
    refers("round_id", "rounds.id", primary_key=True),
    refers("person_id", "people.id", primary_key=True),
    instant("seen_at"),
)
