"""Live auctions: their record, the pulse of their clock, who is connected, and their notices.

An offer no longer has to come out of an envelope: a live auction ends in offers, too.
"""

import sqlalchemy as sa
from alembic import op

from club.store import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = (
    "started",
    "bid",
    "proxy_bid",
    "proxy_set",
    "proxy_withdrawn",
    "confirmed",
    "stepped",
    "paused",
    "resumed",
    "extended",
    "reopened",
)
NOTICES = (
    "invited",
    "password_reset",
    "join_requested",
    "join_approved",
    "round_opened",
    "supplier_invited",
    "pledge_placed",
    "pledge_proposed",
    "pledge_fell_out",
    "round_prolonged",
    "round_failed",
    "round_cancelled",
    "bidding_opened",
    "offer_received",
    "awarded",
    "not_awarded",
    "allocated",
    "invoiced",
    "delivered",
    "certified",
)


def _among(kinds: tuple[str, ...]) -> str:
    return "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))


def _offers() -> sa.Table:
    """The table of offers as it was."""
    return sa.Table(
        "offers",
        sa.MetaData(),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("lot_id", sa.String(length=64), nullable=False),
        sa.Column("supplier_id", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("quantity_kg", sa.BigInteger(), nullable=False),
        sa.Column("price_per_t", sa.BigInteger(), nullable=False),
        sa.Column("minimum_kg", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minimum_kg >= 0", name="ck_offers_minimum_kg_not_negative"),
        sa.CheckConstraint("price_per_t > 0", name="ck_offers_price_per_t_positive"),
        sa.CheckConstraint("quantity_kg > 0", name="ck_offers_quantity_kg_positive"),
        sa.ForeignKeyConstraint(["id"], ["envelopes.id"], name="fk_offers_id"),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name="fk_offers_lot_id"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_offers_round_id"),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name="fk_offers_supplier_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        sa.Index("ix_offers_round_id", "round_id"),
    )


def _notices(kinds: tuple[str, ...]) -> sa.Table:
    """The table of notices, which knew these kinds."""
    return sa.Table(
        "notices",
        sa.MetaData(),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("facts", columns.Json(), nullable=False),
        sa.Column("queued_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("sent_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_notices_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.CheckConstraint(_among(kinds), name="ck_notices_noticekind_known"),
        sa.Index("ix_notices_person_id", "person_id"),
        sa.Index("ix_notices_waiting", "sent_at", "queued_at"),
    )


def _change_notices(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table("notices", copy_from=_notices(before)) as batch_op:
        batch_op.drop_constraint(op.f("ck_notices_noticekind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notices_noticekind_known"), _among(after))


def _create_events() -> None:
    op.create_table(
        "live_events",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS,
                name="eventkind_known",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("lot_id", sa.String(length=64), nullable=True),
        sa.Column("supplier_id", sa.String(length=64), nullable=True),
        sa.Column("quantity_kg", sa.BigInteger(), nullable=True),
        sa.Column("minimum_kg", sa.BigInteger(), nullable=True),
        sa.Column("price_per_t", sa.BigInteger(), nullable=True),
        sa.Column("sealed_floor", sa.LargeBinary(), nullable=True),
        sa.Column("facts", columns.Json(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=True),
        sa.Column("nonce", sa.String(length=64), nullable=True),
        sa.Column("made_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        *(
            sa.CheckConstraint(f"{name} >= 0", name=op.f(f"ck_live_events_{name}_not_negative"))
            for name in ("sequence", "quantity_kg", "minimum_kg")
        ),
        sa.CheckConstraint(
            "(lot_id IS NULL) = (supplier_id IS NULL)",
            name=op.f("ck_live_events_lot_with_supplier"),
        ),
        sa.CheckConstraint(
            "(kind IN ('bid', 'proxy_bid', 'confirmed')) = (price_per_t IS NOT NULL)",
            name=op.f("ck_live_events_bids_have_prices"),
        ),
        sa.CheckConstraint(
            "(kind = 'proxy_set') = (sealed_floor IS NOT NULL)",
            name=op.f("ck_live_events_proxies_have_floors"),
        ),
        sa.CheckConstraint(
            "(commitment IS NULL) = (nonce IS NULL)",
            name=op.f("ck_live_events_commitment_with_nonce"),
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_live_events_lot_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_live_events_round_id")),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_live_events_supplier_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "sequence", name=op.f("pk_live_events")),
    )
    op.create_index(op.f("ix_live_events_lot_id"), "live_events", ["lot_id"])
    op.create_index(op.f("ix_live_events_supplier_id"), "live_events", ["supplier_id"])


def upgrade() -> None:
    _create_events()
    op.create_table(
        "live_pulses",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("beat_at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_live_pulses_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_live_pulses")),
    )
    op.create_table(
        "live_presence",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("seen_at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_live_presence_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_live_presence_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "person_id", name=op.f("pk_live_presence")),
    )
    with op.batch_alter_table("offers", copy_from=_offers()) as batch_op:
        batch_op.drop_constraint(op.f("fk_offers_id"), type_="foreignkey")
    _change_notices(NOTICES, (*NOTICES, "auction_paused", "auction_goes_on"))


def downgrade() -> None:
    op.execute("DELETE FROM notices WHERE kind IN ('auction_paused', 'auction_goes_on')")
    _change_notices((*NOTICES, "auction_paused", "auction_goes_on"), NOTICES)
    with op.batch_alter_table("offers") as batch_op:
        batch_op.create_foreign_key(op.f("fk_offers_id"), "envelopes", ["id"], ["id"])
    op.drop_table("live_presence")
    op.drop_table("live_pulses")
    op.drop_table("live_events")
