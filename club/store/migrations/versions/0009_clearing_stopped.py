"""A kind of notice: a clearing that a person has to look at."""

from alembic import op

revision = "0009"
down_revision = "0008"
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
    "opener_named",
    "opener_released",
    "passphrase_lacking",
    "bidding_delayed",
    "bidding_opened",
    "opening_asked",
    "offer_received",
    "auction_paused",
    "auction_goes_on",
    "awarded",
    "not_awarded",
    "allocated",
    "invoiced",
    "delivered",
    "certified",
)
ADDED = "clearing_stopped"


def upgrade() -> None:
    _change_notices((*NOTICES, ADDED))


def _change_notices(kinds: tuple[str, ...]) -> None:
    """Hold the kinds of notices to these. SQLite makes the table anew, without the CHECK that
    stood there, because Alembic does not read it."""
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notices") as notices:
        if op.get_bind().dialect.name == "postgresql":
            notices.drop_constraint(op.f("ck_notices_noticekind_known"), type_="check")
        notices.create_check_constraint(op.f("ck_notices_noticekind_known"), f"kind IN ({known})")


def downgrade() -> None:
    op.execute(f"DELETE FROM notices WHERE kind = '{ADDED}'")  # noqa: S608 - our own word
    _change_notices(NOTICES)
