"""What a supplier is paid for an award is exact: a Vickrey payment need not be whole."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("awards") as awards:
        awards.alter_column(
            "price_per_t",
            existing_type=sa.BigInteger(),
            type_=sa.String(length=64),
            existing_nullable=False,
            postgresql_using="price_per_t::varchar",
        )


def downgrade() -> None:
    """Only where every price is whole, as before."""
    with op.batch_alter_table("awards") as awards:
        awards.alter_column(
            "price_per_t",
            existing_type=sa.String(length=64),
            type_=sa.BigInteger(),
            existing_nullable=False,
            postgresql_using="price_per_t::bigint",
        )
