"""How each round's auction runs; rounds that were there run as they did."""

import sqlalchemy as sa
from alembic import op

from club.store import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(
        *words, name=f"{name}_known", native_enum=False, create_constraint=True, length=32
    )


def _positive(*names: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(f"{name} > 0", name=op.f(f"ck_round_auctions_{name}_positive"))
        for name in names
    ]


def upgrade() -> None:
    op.create_table(
        "round_auctions",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("format", _word("format", "sealed", "descending", "clock"), nullable=False),
        sa.Column(
            "pricing",
            _word("pricing", "pay_as_offered", "uniform", "vickrey"),
            nullable=False,
        ),
        sa.Column(
            "sharing",
            _word("sharing", "pro_rata", "equal_awards", "equal_losses", "talmud", "small_first"),
            nullable=False,
        ),
        sa.Column("sealing", _word("sealing", "clock", "openers"), nullable=False),
        sa.Column("openers_needed", sa.Integer(), nullable=True),
        sa.Column("opening_days", sa.Integer(), nullable=False),
        sa.Column("decrement_per_t", sa.BigInteger(), nullable=False),
        sa.Column("window_s", sa.Integer(), nullable=False),
        sa.Column("hard_end_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("grace_s", sa.Integer(), nullable=False),
        sa.Column("clock_step_per_t", sa.BigInteger(), nullable=False),
        sa.Column("clock_step_s", sa.Integer(), nullable=False),
        sa.Column("wanted_kg", sa.BigInteger(), nullable=True),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("explain_days", sa.Integer(), nullable=False),
        *_positive("opening_days", "decrement_per_t", "window_s", "grace_s", "clock_step_per_t"),
        *_positive("clock_step_s", "wanted_kg", "explain_days"),
        sa.CheckConstraint(
            "(sealing = 'openers') = (openers_needed IS NOT NULL)",
            name=op.f("ck_round_auctions_openers_counted"),
        ),
        sa.CheckConstraint(
            "(format = 'descending') = (hard_end_at IS NOT NULL)",
            name=op.f("ck_round_auctions_hard_end_where_live"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_auctions_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_auctions")),
    )
    op.execute(
        "INSERT INTO round_auctions (round_id, format, pricing, sharing, sealing, opening_days, "
        "decrement_per_t, window_s, grace_s, clock_step_per_t, clock_step_s, rules, criteria, "
        "explain_days) SELECT id, 'sealed', 'pay_as_offered', 'pro_rata', 'clock', 3, 10, 180, "
        "60, 100, 600, '[]', '[]', 5 FROM rounds"
    )


def downgrade() -> None:
    op.drop_table("round_auctions")
