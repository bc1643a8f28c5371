"""Reading plain values back into the frozen values that `record.plain` wrote, and nothing else."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from auctions.canonical import MOST_SAFE
from auctions.reading import Malformed

V = TypeVar("V")
Read = Callable[[object], Any]

RATIO = re.compile(r"(0|-?[1-9][0-9]*)/([1-9][0-9]*)")
DIGITS = re.compile(r"-?[1-9][0-9]{15,}")


class Unlike(ValueError):
    """A plain value is not what its kind is written as."""


def revive(kind: type[V], value: object, where: str) -> V:
    """Read one value of a kind; Malformed at `where` unless `plain` of the result gives it back.

    Kinds are what stands in the annotations of frozen dataclasses: whole numbers, texts, flags,
    ratios, None, literals, tuples, mappings from text, dataclasses, and unions of these.
    """
    any_kind: Any = kind
    try:
        found: V = reader(any_kind)(value)
    except Unlike as unlike:
        raise Malformed("not_as_written", f"This is not {unlike}.", where) from None
    return found


@cache
def reader(kind: Any) -> Read:
    """Make the function that reads a kind, once; it raises Unlike."""
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    origin, inside = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return _union_of(inside)
    if origin is Literal:
        return _word_of(inside)
    if origin is tuple:
        return _list_of(reader(inside[0])) if inside[-1] is Ellipsis else _row_of(inside)
    if origin in {dict, Mapping}:
        return _object_of(reader(inside[1]))
    if isinstance(kind, type) and is_dataclass(kind):
        return _fields_of(kind)
    raise TypeError(kind)


@cache
def columns(kind: type) -> dict[str, Any]:
    """List a dataclass's fields with their kinds, in their order."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and DIGITS.fullmatch(value) and abs(int(value)) > MOST_SAFE:
        return int(value)
    raise Unlike("a whole number")


def _ratio(value: object) -> Fraction:
    written = RATIO.fullmatch(value) if isinstance(value, str) else None
    ratio = Fraction(int(written[1]), int(written[2])) if written else None
    if ratio is None or f"{ratio.numerator}/{ratio.denominator}" != value:
        raise Unlike("a ratio in lowest terms")
    return ratio


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unlike("a text")
    return value


def _word_of(words: tuple[str, ...]) -> Read:
    known = frozenset(words)

    def read(value: object) -> object:
        if type(value) is not str or value not in known:
            raise Unlike(f"one of {', '.join(words)}")
        return value

    return read


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unlike("true or false")
    return value


def _nothing(value: object) -> None:
    if value is not None:
        raise Unlike("nothing")


_SIMPLE: Mapping[Any, Read] = {
    int: _whole,
    str: _text,
    bool: _flag,
    Fraction: _ratio,
    NoneType: _nothing,
    Any: lambda value: value,
}


def _union_of(kinds: tuple[Any, ...]) -> Read:
    """Read nothing at once, for it is the most frequent; the others as `_one_of` does."""
    others = [kind for kind in kinds if kind is not NoneType]
    read = reader(others[0]) if len(others) == 1 else _one_of(others)
    if NoneType not in kinds:
        return read
    return lambda value: None if value is None else read(value)


def _one_of(kinds: Sequence[Any]) -> Read:
    """Take the first reading that fits; a value that two kinds share is written alike by both."""
    readers = [reader(kind) for kind in kinds]
    likely = {plain: reader(kind) for kind in reversed(kinds) for plain in [_WRITTEN.get(kind)]}

    def read(value: object) -> object:
        try:
            return likely.get(type(value), readers[0])(value)
        except Unlike:
            return _any_of(readers, value)

    return read


_WRITTEN: Mapping[Any, type] = {int: int, str: str, bool: bool, Fraction: str}
"""As what a kind is usually written."""


def _any_of(readers: Sequence[Read], value: object) -> object:
    wrong = []
    for each in readers:
        try:
            return each(value)
        except Unlike as unlike:
            wrong.append(str(unlike))
    raise Unlike(" or ".join(wrong))


def _list_of(each: Read) -> Read:
    def read(value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise Unlike("a list")
        return tuple(each(cell) for cell in value)

    return read


def _row_of(kinds: tuple[Any, ...]) -> Read:
    readers = [reader(kind) for kind in kinds]

    def read(value: object) -> tuple[object, ...]:
        if not isinstance(value, list) or len(value) != len(readers):
            raise Unlike(f"a list of {len(readers)}")
        return tuple(each(cell) for each, cell in zip(readers, value, strict=True))

    return read


def _object_of(each: Read) -> Read:
    is_anything = each is _SIMPLE[Any]

    def read(value: object) -> dict[str, object]:
        if not isinstance(value, dict):
            raise Unlike("an object")
        return value if is_anything else {key: each(cell) for key, cell in value.items()}

    return read


def _fields_of(kind: type) -> Read:
    readers = {name: reader(hint) for name, hint in columns(kind).items()}

    def read(value: object) -> object:
        if not isinstance(value, dict) or value.keys() != readers.keys():
            raise Unlike(f"an object with {', '.join(readers)}")
        return kind(**{name: each(value[name]) for name, each in readers.items()})

    return read
