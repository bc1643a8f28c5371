"""A pass may be withdrawn with a reason, and given back; its person is told."""

import sqlalchemy as sa
from alembic import op

from club.store import columns

revision = "0011"
down_revision = "0010"
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
    "opener_named",
    "opener_released",
    "passphrase_lacking",
    "bidding_delayed",
    "opening_asked",
    "clearing_stopped",
    "price_asked",
    "price_explained",
    "price_accepted",
    "award_fell",
    "stay_asked",
    "share_changed",
    "invoice_corrected",
)
ADDED = ("pass_withdrawn", "pass_reinstated")
CHECKS = {
    "withdrawn_at_and_by_paired": "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)",
    "reinstated_at_and_by_paired": "(reinstated_at IS NULL) = (reinstated_by IS NULL)",
    "withdrawn_for_a_reason": "(withdrawal_reason IS NULL) = (withdrawn_at IS NULL)",
    "reinstated_what_was_withdrawn": "reinstated_at IS NULL OR withdrawn_at IS NOT NULL",
}
DEEDS = ("withdrawn", "reinstated")


def upgrade() -> None:
    with op.batch_alter_table("attempts") as attempts:
        for deed in DEEDS:
            attempts.add_column(
                sa.Column(f"{deed}_at", columns.Instant(timezone=True), nullable=True)
            )
            attempts.add_column(sa.Column(f"{deed}_by", sa.String(length=64), nullable=True))
            attempts.create_foreign_key(
                op.f(f"fk_attempts_{deed}_by"), "people", [f"{deed}_by"], ["id"]
            )
        attempts.add_column(sa.Column("withdrawal_reason", sa.Text(), nullable=True))
        for name, condition in CHECKS.items():
            attempts.create_check_constraint(op.f(f"ck_attempts_{name}"), condition)
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
    """What was withdrawn counts again."""
    added = ", ".join(f"'{kind}'" for kind in ADDED)
    op.execute(f"DELETE FROM notices WHERE kind IN ({added})")  # noqa: S608 - our own words
    _change_notices(NOTICES)
    with op.batch_alter_table("attempts") as attempts:
        if op.get_bind().dialect.name == "postgresql":
            for name in CHECKS:
                attempts.drop_constraint(op.f(f"ck_attempts_{name}"), type_="check")
        attempts.drop_column("withdrawal_reason")
        for deed in DEEDS:
            attempts.drop_constraint(op.f(f"fk_attempts_{deed}_by"), type_="foreignkey")
            attempts.drop_column(f"{deed}_by")
            attempts.drop_column(f"{deed}_at")
