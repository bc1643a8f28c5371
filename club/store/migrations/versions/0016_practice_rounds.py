"""Practice rounds: who played which invented market with which pledge; results are recomputed."""

import sqlalchemy as sa
from alembic import op

from club.store import columns

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practice_rounds",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("market_version", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("quantity_kg", sa.BigInteger(), nullable=False),
        sa.Column("limit_per_t", sa.BigInteger(), nullable=True),
        sa.Column("minimum_kg", sa.BigInteger(), nullable=False),
        sa.Column("started_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("finished_at", columns.Instant(timezone=True), nullable=True),
        sa.CheckConstraint("quantity_kg > 0", name=op.f("ck_practice_rounds_quantity_kg_positive")),
        sa.CheckConstraint(
            "market_version > 0", name=op.f("ck_practice_rounds_market_version_positive")
        ),
        sa.CheckConstraint(
            "minimum_kg >= 0", name=op.f("ck_practice_rounds_minimum_kg_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_practice_rounds_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_rounds")),
    )
    op.create_index(op.f("ix_practice_rounds_person_id"), "practice_rounds", ["person_id"])


def downgrade() -> None:
    op.drop_table("practice_rounds")
