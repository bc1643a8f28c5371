"""Records as tables: one a field of `values.Record`, typed cell by cell, there and back.

A field with many values is a table of their fields; `metadata` and `cleared`, of which there is
one, have a line for each field. Whole numbers and flags are INTEGER, texts and ratios ("n/d") TEXT,
and what is neither is canonical JSON.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from fractions import Fraction
from operator import attrgetter
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, NoReturn, Union, get_args, get_origin

from auctions.canonical import canonical_bytes
from auctions.reading import Malformed
from auctions.record import plain
from auctions.recording.values import Kind, Record
from auctions.reviving import Unlike, columns, reader

Cell = int | str | None
KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "chain_heads": ("chain",),
        "cut_offs": ("purpose",),
        "demand": (),
        "tried": ("pass_number", "limit_per_t"),
    }
)
"""What tells rows apart, where it is not the first column; SQLite would put a table in the order
of a key that is one whole number, and demand stands from the highest limit down."""
FULL_ONLY = frozenset({"entrants", "members", "mix_prices", "fillers"})
"""Tables that the public record does not have."""


@dataclass(frozen=True, slots=True)
class Column:
    """How one field of a value is stored in cells."""

    path: str
    """Where the field is; a dot leads into a value within the value."""
    kind: Any

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def may_be_empty(self) -> bool:
        return self.kind is Any or NoneType in get_args(self.kind)

    @property
    def sql_type(self) -> str:
        """SQLite's own type; BLOB where a number or a text must stay the one it is."""
        numbers = [part in {int, bool} for part in self._parts]
        return "INTEGER" if all(numbers) else "BLOB" if any(numbers) else "TEXT"

    @property
    def is_json(self) -> bool:
        return not all(
            part in {int, str, bool, Fraction} or get_origin(part) is Literal
            for part in self._parts
        )

    @property
    def _parts(self) -> tuple[Any, ...]:
        """What it may hold besides nothing."""
        union = get_origin(self.kind) in {Union, UnionType}
        parts = get_args(self.kind) if union else (self.kind,)
        return tuple(part for part in parts if part is not NoneType)

    def writer(self) -> Callable[[Any], Cell]:
        """Make the function that writes a value as a cell."""
        return _json_cell if self.is_json else _flat_cell

    def reader(self) -> Callable[[object], Any]:
        """Make the function that reads the value back; it raises Unlike."""
        read = reader(self.kind)
        if self.is_json:
            return lambda cell: None if cell is None else read(_json(cell))
        if self._parts == (bool,):
            return lambda cell: read(_flag(cell))
        return read


ONE_LINE_A_FIELD = (Column("name", str), Column("value", int | str | None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How one field of a record is stored."""

    field: str
    name: str
    kind: type
    is_single: bool
    columns: tuple[Column, ...]

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns of the table itself."""
        return ONE_LINE_A_FIELD if self.is_single else self.columns

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell its rows apart."""
        return KEYS.get(self.field, (self.stored[0].name,))

    def lines(self, values: Any) -> Iterator[tuple[Cell, ...]]:
        """Write a field of a record as rows of cells."""
        get = attrgetter(*(column.path for column in self.columns), "__class__")
        write = [column.writer() for column in self.columns]
        for value in (values,) if self.is_single else values:
            cells = (each(part) for each, part in zip(write, get(value), strict=False))
            if self.is_single:
                yield from zip((column.name for column in self.columns), cells, strict=True)
            else:
                yield tuple(cells)

    def values(self, lines: Iterable[Sequence[object]]) -> Any:
        """Read the field back; Malformed where a cell is not what was written there."""
        read = [column.reader() for column in self.columns]
        build = _builder(self.kind)
        if self.is_single:
            found = list(lines)
            if [name for name, _ in found] != [column.name for column in self.columns]:
                raise Malformed("unknown_rows", "The lines are others than known.", self.name)
            lines = [[cell for _, cell in found]]
        made: list[Any] = []
        try:
            for line in lines:
                cells = [each(cell) for each, cell in zip(read, line, strict=True)]
                made.append(build(cells))
        except Unlike as unlike:
            where = f"{self.name}, row {len(made) + 1}"
            raise Malformed("not_as_written", f"This is not {unlike}.", where) from None
        return made[0] if self.is_single else tuple(made)


def _flat_cell(value: Any) -> Cell:
    return f"{value.numerator}/{value.denominator}" if type(value) is Fraction else value


def _json_cell(value: Any) -> Cell:
    return None if value is None else canonical_bytes(plain(value)).decode()


def _json(cell: object) -> object:
    if not isinstance(cell, str):
        raise Unlike("JSON")
    try:
        return _DECODER.decode(cell)
    except (ValueError, RecursionError):
        raise Unlike("JSON") from None


def _no_fraction(digits: str) -> NoReturn:
    raise ValueError(digits)


_DECODER = json.JSONDecoder(parse_float=_no_fraction, parse_constant=_no_fraction)


def _flag(cell: object) -> object:
    return bool(cell) if type(cell) is int and cell in {0, 1} else cell


def _columns(kind: type, path: str = "") -> Iterator[Column]:
    """List the columns of a value; those of a value within it stand in its place."""
    for name, inner in columns(kind).items():
        if _is_value(inner):
            yield from _columns(inner, f"{path}{name}.")
        else:
            yield Column(path + name, inner)


def _builder(kind: type) -> Callable[[Sequence[Any]], Any]:
    """Make the function that builds a value of the cells of a row."""
    names = tuple(columns(kind))
    if not any(map(_is_value, columns(kind).values())):
        return lambda cells: kind(**dict(zip(names, cells, strict=True)))
    return lambda cells: _built(kind, iter(cells))


def _built(kind: type, cells: Iterator[Any]) -> Any:
    return kind(
        **{
            name: _built(inner, cells) if _is_value(inner) else next(cells)
            for name, inner in columns(kind).items()
        }
    )


def _is_value(kind: Any) -> bool:
    return isinstance(kind, type) and is_dataclass(kind)


def _table(field: str, kind: Any) -> Table:
    many = get_args(kind)
    made = many[0] if many else kind
    return Table(
        field=field,
        name="metadata" if field == "about" else field,
        kind=made,
        is_single=not many,
        columns=tuple(_columns(made)),
    )


TABLES: tuple[Table, ...] = tuple(_table(field, kind) for field, kind in columns(Record).items())


def tables_of(kind: Kind) -> tuple[Table, ...]:
    """List the tables of a kind of record."""
    return tuple(table for table in TABLES if kind == "full" or table.field not in FULL_ONLY)
