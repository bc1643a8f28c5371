"""Rows ↔ values: a table's columns bear the names of its value's fields, so one place maps all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, bindparam, select

from club.domain.errors import NotFound

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

V = TypeVar("V", bound="DataclassInstance")


def values(value: DataclassInstance) -> dict[str, Any]:
    return {name: getattr(value, name) for name in _names(type(value))}


@cache
def _names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def read(row: Row[Any], kind: type[V]) -> V:
    """The value in a row; columns that the value does not know are left out."""
    known = _names(kind)
    return kind(**{name: cell for name, cell in row._mapping.items() if name in known})  # noqa: SLF001 - SQLAlchemy's documented name


def add(tx: Connection, table: Table, value: DataclassInstance) -> None:
    tx.execute(table.insert().values(values(value)))


def change(tx: Connection, table: Table, value: DataclassInstance) -> None:
    """Write the value over the row with its primary key; one row, or it is a bug."""
    change_cells(tx, table, values(value))


def change_cells(tx: Connection, table: Table, cells: dict[str, Any]) -> None:
    """The same, where a row is not all of a value or more than it."""
    keys = [column for column in table.primary_key if column.name in cells]
    statement = table.update().values(cells)
    for column in keys:
        statement = statement.where(column == cells[column.name])
    if tx.execute(statement).rowcount != 1:
        raise LookupError(f"no such row in {table.name}")


def listed(
    tx: Connection, statement: Select[Any], kind: type[V], bound: Mapping[str, Any] | None = None
) -> list[V]:
    """The values in all rows, as `read` reads each; which columns count is found out once."""
    found = tx.execute(statement, bound)
    known = _names(kind)
    places = [(name, place) for place, name in enumerate(found.keys()) if name in known]
    return [kind(**{name: row[place] for name, place in places}) for row in found]


def found(
    tx: Connection, statement: Select[Any], kind: type[V], bound: Mapping[str, Any] | None = None
) -> V | None:
    row = tx.execute(statement, bound).one_or_none()
    return None if row is None else read(row, kind)


def get(tx: Connection, table: Table, kind: type[V], id: str, *, lock: bool = False) -> V:
    """The value under an id; with `lock`, nobody else changes it until the transaction ends."""
    return needed(tx, _by_id(table, lock=lock), kind, {"id": searchable(id)})


@cache
def _by_id(table: Table, *, lock: bool) -> Select[Any]:
    """Put together once: that takes longer than the database takes to find a row."""
    statement = select(table).where(table.c.id == bindparam("id"))
    return statement.with_for_update() if lock else statement


def needed(
    tx: Connection, statement: Select[Any], kind: type[V], bound: Mapping[str, Any] | None = None
) -> V:
    """The one value that a statement finds; NotFound where it finds none."""
    value = found(tx, statement, kind, bound)
    if value is None:
        raise NotFound
    return value


def searchable(id: str) -> str:
    """The id as it came, unless no database could hold it: then there is no such thing."""
    if "\x00" in id:
        raise NotFound  # an address may carry what PostgreSQL refuses to look for
    return id
