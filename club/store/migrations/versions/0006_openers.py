"""Openers of sealed rounds: their keys, their shares, how far each opening has come."""

import sqlalchemy as sa
from alembic import op

from club.store import columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

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
    "auction_paused",
    "auction_goes_on",
)
ADDED = (
    "opener_named",
    "opener_released",
    "passphrase_lacking",
    "bidding_delayed",
    "opening_asked",
)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _people_and_rounds(table: str) -> list[sa.Constraint]:
    return [
        _refers(table, "round_id", "rounds.id"),
        _refers(table, "person_id", "people.id"),
        sa.PrimaryKeyConstraint("round_id", "person_id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    op.create_table(
        "openers",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("named_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("named_by", sa.String(length=64), nullable=False),
        sa.Column("told_at", columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("place > 0", name=op.f("ck_openers_place_positive")),
        _refers("openers", "named_by", "people.id"),
        *_people_and_rounds("openers"),
        sa.UniqueConstraint("round_id", "place", name=op.f("uq_openers_round_id_place")),
    )
    op.create_index(op.f("ix_openers_person_id"), "openers", ["person_id"])
    op.create_table(
        "opener_keys",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("memory_kib", sa.Integer(), nullable=False),
        sa.Column("set_at", columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("passes > 0", name=op.f("ck_opener_keys_passes_positive")),
        sa.CheckConstraint("memory_kib > 0", name=op.f("ck_opener_keys_memory_kib_positive")),
        *_people_and_rounds("opener_keys"),
    )
    op.create_table(
        "opener_shares",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=True),
        sa.Column("dealt_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("given", sa.LargeBinary(), nullable=True),
        sa.Column("given_at", columns.Instant(timezone=True), nullable=True),
        sa.CheckConstraint(
            "given IS NULL OR given_at IS NOT NULL",
            name=op.f("ck_opener_shares_given_at_an_instant"),
        ),
        *_people_and_rounds("opener_shares"),
        sa.UniqueConstraint("round_id", "place", name=op.f("uq_opener_shares_round_id_place")),
    )
    op.create_table(
        "openings",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("waits_until", columns.Instant(timezone=True), nullable=True),
        sa.Column("opened_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("excluded", columns.Words(), nullable=False),
        _refers("openings", "round_id", "rounds.id"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_openings")),
    )
    _change_notices((*NOTICES, *ADDED))


def _change_notices(kinds: tuple[str, ...]) -> None:
    """Hold the kinds of notices to these. SQLite makes the table anew, without the CHECK that
    stood there, because Alembic does not read it."""
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notices") as notices:
        if op.get_bind().dialect.name == "postgresql":
            notices.drop_constraint(op.f("ck_notices_noticekind_known"), type_="check")
        notices.create_check_constraint(op.f("ck_notices_noticekind_known"), f"kind IN ({known})")


def downgrade() -> None:
    added = ", ".join(f"'{kind}'" for kind in ADDED)
    op.execute(f"DELETE FROM notices WHERE kind IN ({added})")  # noqa: S608 - our own words
    _change_notices(NOTICES)
    for table in ("openings", "opener_shares", "opener_keys", "openers"):
        op.drop_table(table)
