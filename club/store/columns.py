"""Column types: instants, enumerations, sets of words and JSON, the same on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Enum,
    String,
    Text,
    TypeDecorator,
    cast,
    type_coerce,
)

from auctions.record import plain
from auctions.rule_reading import read_rules, rule_facts
from auctions.scoring import read_criteria
from club.domain.organisations import Duty


class Instant(TypeDecorator[datetime]):
    """An aware UTC time; SQLite stores it without the zone and gets it back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time")
        aware = value.astimezone(UTC)
        return aware.replace(tzinfo=None) if dialect.name == "sqlite" else aware

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[frozenset[Any]]):
    """A small set of words, stored sorted as a JSON list."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum] | None = None) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[Any] | None:
        if value is None:
            return None
        words = json.loads(value)
        return frozenset(self.kind(w) for w in words) if self.kind else frozenset(words)


class Json(TypeDecorator[Any]):
    """A JSON document as text with sorted keys, so that the same value is the same bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, sort_keys=True, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def looked_into(tx: Connection, column: Column[Any]) -> ColumnElement[JSON]:
    """A column of JSON documents of which the database is to take a part; SQLite reads them in
    a text, PostgreSQL has a type of its own."""
    return type_coerce(column, JSON) if tx.dialect.name == "sqlite" else cast(column, JSON)


class CountsByDuty(Json):
    """How many people of each duty, in the order of their words."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return super().process_bind_param({d.value: count for d, count in value}, dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        counts = super().process_result_value(value, dialect)
        return tuple((Duty(duty), count) for duty, count in sorted(counts.items()))


class Ratio(TypeDecorator[Fraction]):
    """An exact number, whole as its digits and else as "n/d"."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Fraction | int | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        return None if value is None else Fraction(value)


class Rules(Json):
    """Portfolio rules in the order in which they were written."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return super().process_bind_param([rule_facts(rule) for rule in value], dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return read_rules(super().process_result_value(value, dialect), "rules")


class Criteria(Json):
    """Quality criteria with their answers; what an answer earns is a ratio "n/d"."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return super().process_bind_param(plain(value), dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return read_criteria(super().process_result_value(value, dialect))


def one_of(kind: type[StrEnum]) -> Enum:
    """A word out of an enumeration, held by a CHECK."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [m.value for m in members],
        name=f"{kind.__name__.lower()}_known",
    )
