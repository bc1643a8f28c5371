"""What portfolio rules look at: prefecture and rating of a project, labels of a lot."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("projects") as projects:
        projects.add_column(sa.Column("prefecture", sa.String(length=2), nullable=True))
        projects.add_column(sa.Column("rating", sa.String(length=100), nullable=True))
    with op.batch_alter_table("lots") as lots:
        lots.add_column(sa.Column("labels", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("lots") as lots:
        lots.alter_column("labels", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("lots") as lots:
        lots.drop_column("labels")
    with op.batch_alter_table("projects") as projects:
        projects.drop_column("rating")
        projects.drop_column("prefecture")
