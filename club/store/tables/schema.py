"""What all tables share: the naming of constraints, ids, references and pairs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, MetaData, String

from club.store.columns import Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def id_column() -> Column[str]:
    return Column("id", String(64), primary_key=True)


def refers(name: str, target: str, *, nullable: bool = False, **options: Any) -> Column[str]:
    return Column(name, String(64), ForeignKey(target), nullable=nullable, **options)


def whole(name: str, *, nullable: bool = False) -> Column[int]:
    """Kilograms, yen or a count: a 64-bit whole number."""
    return Column(name, BigInteger, nullable=nullable)


def instant(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Instant, nullable=nullable)


def not_negative(*names: str) -> list[CheckConstraint]:
    return [CheckConstraint(f"{name} >= 0", name=f"{name}_not_negative") for name in names]


def positive(*names: str) -> list[CheckConstraint]:
    return [CheckConstraint(f"{name} > 0", name=f"{name}_positive") for name in names]


def paired(stem: str) -> CheckConstraint:
    """`…_at` and `…_by` come together or not at all."""
    return CheckConstraint(
        f"({stem}_at IS NULL) = ({stem}_by IS NULL)", name=f"{stem}_at_and_by_paired"
    )
