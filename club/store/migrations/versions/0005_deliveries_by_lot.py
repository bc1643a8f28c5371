"""A delivery is of what a round bought of a lot, whichever awards that came in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.drop_constraint("uq_deliveries_award_id", type_="unique")
        deliveries.drop_constraint("fk_deliveries_award_id", type_="foreignkey")
        deliveries.drop_column("award_id")
        deliveries.create_unique_constraint(
            op.f("uq_deliveries_round_id_lot_id"), ["round_id", "lot_id"]
        )


def downgrade() -> None:
    """Until now a lot had one award a round."""
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.add_column(sa.Column("award_id", sa.String(length=64), nullable=True))
        deliveries.drop_constraint("uq_deliveries_round_id_lot_id", type_="unique")
    op.execute(
        "UPDATE deliveries SET award_id = (SELECT min(awards.id) FROM awards "
        "WHERE awards.round_id = deliveries.round_id AND awards.lot_id = deliveries.lot_id)"
    )
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.alter_column("award_id", existing_type=sa.String(length=64), nullable=False)
        deliveries.create_foreign_key(
            op.f("fk_deliveries_award_id"), "awards", ["award_id"], ["id"]
        )
        deliveries.create_unique_constraint(op.f("uq_deliveries_award_id"), ["award_id"])
