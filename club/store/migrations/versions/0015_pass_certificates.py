"""Certificates of passed tries can be issued and shared."""

import sqlalchemy as sa
from alembic import op

from club.store import columns

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLE = "pass_certificates"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("attempt_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("closed_at", columns.Instant(timezone=True), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f(f"ck_{TABLE}_number_positive")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f(f"fk_{TABLE}_attempt_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        *(
            sa.UniqueConstraint(column, name=op.f(f"uq_{TABLE}_{column}"))
            for column in ("token", "attempt_id", "number")
        ),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
