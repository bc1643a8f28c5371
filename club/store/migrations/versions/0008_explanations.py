"""Why each offer of a cleared round won or lost, worked out after the clearing."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "explanations",
        sa.Column("offer_id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("explained", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_explanations_offer_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_explanations_round_id")),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_explanations")),
    )
    op.create_index(op.f("ix_explanations_round_id"), "explanations", ["round_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_explanations_round_id"), table_name="explanations")
    op.drop_table("explanations")
