"""Statistics find the finished tries at a module without reading past their questions."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAME = "ix_attempts_finished_of_module"
COLUMNS = [
    "module_id",
    "module_version",
    "finished_at",
    "person_id",
    "id",
    "withdrawn_at",
    "reinstated_at",
]


def upgrade() -> None:
    op.create_index(NAME, "attempts", COLUMNS)


def downgrade() -> None:
    op.drop_index(NAME, "attempts")
