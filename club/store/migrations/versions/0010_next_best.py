"""Awards may fall away: low prices are asked about, the next best is bought, invoices corrected."""

import sqlalchemy as sa
from alembic import op

from club.store import columns

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NOTICES = (
    "invited",
    "password_reset",
    "join_requested",
    "join_approved",
    "round_opened",
    "supplier_invited",
    "pledge_placed",
    "pledge_proposed",
    "pledge_fell_out",
    "round_prolonged",
    "round_failed",
    "round_cancelled",
    "bidding_opened",
    "offer_received",
    "awarded",
    "not_awarded",
    "allocated",
    "invoiced",
    "delivered",
    "certified",
    "auction_paused",
    "auction_goes_on",
    "opener_named",
    "opener_released",
    "passphrase_lacking",
    "bidding_delayed",
    "opening_asked",
    "clearing_stopped",
)
ADDED = (
    "price_asked",
    "price_explained",
    "price_accepted",
    "award_fell",
    "stay_asked",
    "share_changed",
    "invoice_corrected",
)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _paired(table: str, stem: str) -> sa.CheckConstraint:
    condition = f"({stem}_at IS NULL) = ({stem}_by IS NULL)"
    return _check(table, f"{stem}_at_and_by_paired", condition)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=64), nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, columns.Instant(timezone=True), nullable=nullable)


def _word(name: str, kind: str, *words: str, nullable: bool = False) -> sa.Column[str]:
    known = sa.Enum(
        *words, name=f"{kind}_known", native_enum=False, create_constraint=True, length=32
    )
    return sa.Column(name, known, nullable=nullable)


def upgrade() -> None:
    _upgrade_awards()
    _upgrade_invoices()
    _add_flags()
    _add_falls()
    _add_next_bests()
    _change_notices((*NOTICES, *ADDED))


def _upgrade_awards() -> None:
    with op.batch_alter_table("awards") as awards:
        awards.add_column(
            sa.Column("clearing_number", sa.Integer(), nullable=False, server_default="1")
        )
        awards.add_column(_instant("fell_at", nullable=True))
        awards.drop_constraint(op.f("uq_awards_offer_id"), type_="unique")
        awards.create_unique_constraint(
            op.f("uq_awards_offer_id_clearing_number"), ["offer_id", "clearing_number"]
        )
        awards.create_check_constraint(
            op.f("ck_awards_clearing_number_positive"), "clearing_number > 0"
        )
    with op.batch_alter_table("awards") as awards:
        awards.alter_column("clearing_number", server_default=None)


def _upgrade_invoices() -> None:
    with op.batch_alter_table("invoices") as invoices:
        invoices.add_column(_id("replaces", nullable=True))
        invoices.add_column(
            sa.Column("paid_before_jpy", sa.BigInteger(), nullable=False, server_default="0")
        )
        invoices.add_column(sa.Column("credit_number", sa.String(length=32), nullable=True))
        invoices.add_column(_instant("credited_at", nullable=True))
        invoices.add_column(_id("credited_by", nullable=True))
        invoices.drop_constraint(op.f("uq_invoices_round_id_organisation_id"), type_="unique")
        invoices.create_unique_constraint(op.f("uq_invoices_replaces"), ["replaces"])
        invoices.create_unique_constraint(op.f("uq_invoices_credit_number"), ["credit_number"])
        invoices.create_foreign_key(op.f("fk_invoices_replaces"), "invoices", ["replaces"], ["id"])
        invoices.create_check_constraint(
            op.f("ck_invoices_paid_before_jpy_not_negative"), "paid_before_jpy >= 0"
        )
        invoices.create_check_constraint(
            op.f("ck_invoices_credited_by_a_note"),
            "(credit_number IS NULL) = (credited_at IS NULL)",
        )
        invoices.create_check_constraint(
            op.f("ck_invoices_credited_at_and_by_paired"),
            "(credited_at IS NULL) = (credited_by IS NULL)",
        )
    with op.batch_alter_table("invoices") as invoices:
        invoices.alter_column("paid_before_jpy", server_default=None)
    op.create_index(
        "uq_invoices_one_standing",
        "invoices",
        ["round_id", "organisation_id"],
        unique=True,
        sqlite_where=sa.text("credited_at IS NULL"),
        postgresql_where=sa.text("credited_at IS NULL"),
    )


def _add_flags() -> None:
    op.create_table(
        "price_flags",
        _id("award_id"),
        _id("round_id"),
        _id("lot_id"),
        _id("supplier_id"),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("price_per_t", sa.BigInteger(), nullable=False),
        sa.Column("effective_per_t", sa.String(length=64), nullable=False),
        sa.Column("mean_per_t", sa.String(length=64), nullable=False),
        sa.Column("next_per_t", sa.String(length=64), nullable=True),
        _word(
            "state",
            "flagstate",
            "asked",
            "explained",
            "accepted",
            "not_accepted",
            "unexplained",
            "fell",
        ),
        _instant("asked_at"),
        _instant("explain_by_at"),
        sa.Column("explanation", sa.Text(), nullable=True),
        _instant("explained_at", nullable=True),
        _id("explained_by", nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        _instant("decided_at", nullable=True),
        _id("decided_by", nullable=True),
        _check("price_flags", "price_per_t_not_negative", "price_per_t >= 0"),
        _check(
            "price_flags",
            "explained_at_an_instant",
            "(explanation IS NULL) = (explained_at IS NULL)",
        ),
        _paired("price_flags", "explained"),
        _paired("price_flags", "decided"),
        _refers("price_flags", "award_id", "awards.id"),
        _refers("price_flags", "round_id", "rounds.id"),
        _refers("price_flags", "lot_id", "lots.id"),
        _refers("price_flags", "supplier_id", "organisations.id"),
        _refers("price_flags", "explained_by", "people.id"),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_price_flags")),
    )
    for column in ("round_id", "supplier_id", "state"):
        op.create_index(op.f(f"ix_price_flags_{column}"), "price_flags", [column])


def _add_falls() -> None:
    op.create_table(
        "falls",
        _id("id"),
        _id("round_id"),
        _id("lot_id"),
        _id("supplier_id"),
        sa.Column("quantity_kg", sa.BigInteger(), nullable=False),
        _word("cause", "cause", "unexplained", "not_accepted", "withdrawn", "failed"),
        sa.Column("reason", sa.Text(), nullable=True),
        _instant("recorded_at"),
        _id("recorded_by"),
        sa.Column("number", sa.Integer(), nullable=True),
        _check("falls", "quantity_kg_positive", "quantity_kg > 0"),
        _refers("falls", "round_id", "rounds.id"),
        _refers("falls", "lot_id", "lots.id"),
        _refers("falls", "supplier_id", "organisations.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_falls")),
        sa.UniqueConstraint("round_id", "lot_id", name=op.f("uq_falls_round_id_lot_id")),
    )


def _add_next_bests() -> None:
    op.create_table(
        "next_bests",
        _id("round_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _word("stage", "stage", "asked", "settled"),
        _id("inputs_hash"),
        sa.Column("inputs", sa.Text(), nullable=False),
        _id("result_hash", nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        _instant("frozen_at"),
        _instant("computed_at", nullable=True),
        _check("next_bests", "number_after_the_first", "number > 1"),
        _check("next_bests", "computed_at_an_instant", "(result IS NULL) = (computed_at IS NULL)"),
        _refers("next_bests", "round_id", "rounds.id"),
        sa.PrimaryKeyConstraint("round_id", "number", "stage", name=op.f("pk_next_bests")),
    )
    op.create_table(
        "questions",
        _id("round_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _id("organisation_id"),
        _instant("asked_at"),
        _instant("answer_by_at"),
        _word("answer", "answer", "stay", "leave", nullable=True),
        _instant("answered_at", nullable=True),
        _id("answered_by", nullable=True),
        _check("questions", "answered_at_an_instant", "(answer IS NULL) = (answered_at IS NULL)"),
        _paired("questions", "answered"),
        _refers("questions", "round_id", "rounds.id"),
        _refers("questions", "organisation_id", "organisations.id"),
        _refers("questions", "answered_by", "people.id"),
        sa.PrimaryKeyConstraint("round_id", "number", "organisation_id", name=op.f("pk_questions")),
    )


def _change_notices(kinds: tuple[str, ...]) -> None:
    """Hold the kinds of notices to these. SQLite makes the table anew, without the CHECK that
    stood there, because Alembic does not read it."""
    known = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notices") as notices:
        if op.get_bind().dialect.name == "postgresql":
            notices.drop_constraint(op.f("ck_notices_noticekind_known"), type_="check")
        notices.create_check_constraint(op.f("ck_notices_noticekind_known"), f"kind IN ({known})")


def downgrade() -> None:
    """Refused by the database where a round has been cleared again."""
    added = ", ".join(f"'{kind}'" for kind in ADDED)
    op.execute(f"DELETE FROM notices WHERE kind IN ({added})")  # noqa: S608 - our own words
    _change_notices(NOTICES)
    for table in ("questions", "next_bests", "falls", "price_flags"):
        op.drop_table(table)
    op.drop_index("uq_invoices_one_standing", "invoices")
    with op.batch_alter_table("invoices") as invoices:
        invoices.drop_constraint(op.f("fk_invoices_replaces"), type_="foreignkey")
        for name in ("paid_before_jpy_not_negative", "credited_by_a_note"):
            invoices.drop_constraint(op.f(f"ck_invoices_{name}"), type_="check")
        invoices.drop_constraint(op.f("ck_invoices_credited_at_and_by_paired"), type_="check")
        invoices.drop_constraint(op.f("uq_invoices_replaces"), type_="unique")
        invoices.drop_constraint(op.f("uq_invoices_credit_number"), type_="unique")
        for name in ("replaces", "paid_before_jpy", "credit_number", "credited_at", "credited_by"):
            invoices.drop_column(name)
        invoices.create_unique_constraint(
            op.f("uq_invoices_round_id_organisation_id"), ["round_id", "organisation_id"]
        )
    with op.batch_alter_table("awards") as awards:
        awards.drop_constraint(op.f("uq_awards_offer_id_clearing_number"), type_="unique")
        awards.drop_constraint(op.f("ck_awards_clearing_number_positive"), type_="check")
        awards.drop_column("clearing_number")
        awards.drop_column("fell_at")
        awards.create_unique_constraint(op.f("uq_awards_offer_id"), ["offer_id"])
