"""A question may be answered again where its module allows it; every answer is kept."""

import sqlalchemy as sa
from alembic import op

from club.store import columns

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answers") as answers:
        answers.add_column(sa.Column("closed_at", columns.Instant(timezone=True), nullable=True))
    op.execute("UPDATE answers SET closed_at = answered_at")
    op.create_table(
        "later_answers",
        sa.Column("attempt_id", sa.String(length=64), nullable=False),
        sa.Column("question_id", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("raw", columns.Json(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("answered_at", columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("number > 1", name=op.f("ck_later_answers_number_after_the_first")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f("fk_later_answers_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id", "question_id"],
            ["answers.attempt_id", "answers.question_id"],
            name=op.f("fk_later_answers_attempt_id_question_id"),
        ),
        sa.PrimaryKeyConstraint(
            "attempt_id", "question_id", "number", name=op.f("pk_later_answers")
        ),
    )


def downgrade() -> None:
    """What counted in tries under way or finished stays in their scores; later answers are lost."""
    op.drop_table("later_answers")
    with op.batch_alter_table("answers") as answers:
        answers.drop_column("closed_at")
