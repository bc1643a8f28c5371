"""People's duties, and what a round's quorum asks for: people by duty, and grace for holders."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("duties", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("rounds") as rounds:
        rounds.add_column(
            sa.Column("people_by_duty", sa.Text(), nullable=False, server_default="{}")
        )
        rounds.add_column(
            sa.Column("grants_grace", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("rounds") as rounds:
        rounds.drop_column("grants_grace")
        rounds.drop_column("people_by_duty")
    with op.batch_alter_table("people") as people:
        people.drop_column("duties")
