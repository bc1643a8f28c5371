"""JSON in the one form of RFC 8785, so that equal facts are equal bytes and have equal hashes."""

import json
from collections.abc import Mapping
from typing import Any

MOST_SAFE = 2**53 - 1
"""Beyond it, JSON readers that keep 53 bits would lose digits."""


def canonical_bytes(value: object) -> bytes:
    """Write a value without spaces, keys in the order of their UTF-16 code units.

    Facts here are whole, so a float is refused with TypeError, a whole number beyond 53 bits and
    half a character with ValueError.
    """
    if _is_ordinary(value):
        return _SORTING.encode(value).encode()
    return _AS_IT_IS.encode(_ordered(value)).encode()


def _encoder(*, sorts: bool) -> json.JSONEncoder:
    return json.JSONEncoder(
        ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=sorts
    )


_SORTING, _AS_IT_IS = _encoder(sorts=True), _encoder(sorts=False)


def _is_ordinary(value: Any) -> bool:
    """Whether Python's own writer gives the same bytes: texts, safe whole numbers, lists, and
    objects whose keys are ASCII, which is nearly everything there is."""
    kind = type(value)
    if kind is dict:
        for key, cell in value.items():
            if type(key) is not str or not key.isascii():
                return False
            if type(cell) is not str and not _is_ordinary(cell):
                return False
        return True
    if kind is int:
        return bool(-MOST_SAFE <= value <= MOST_SAFE)
    if kind is list or kind is tuple:
        return all(map(_is_ordinary, value))
    return kind is str or kind is bool or value is None


def _ordered(value: Any) -> object:
    """Put keys in order, and refuse what has no canonical form."""
    if isinstance(value, Mapping):
        return {key: _ordered(value[key]) for key in sorted(value, key=_code_units)}
    if isinstance(value, list | tuple):
        return [_ordered(each) for each in value]
    if isinstance(value, str | bool) or value is None:
        return value
    if isinstance(value, int):
        if not -MOST_SAFE <= value <= MOST_SAFE:
            raise ValueError(f"{value} is beyond what JSON readers hold exactly")
        return int(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _code_units(key: object) -> bytes:
    if not isinstance(key, str):
        raise TypeError("a key must be text")
    return key.encode("utf-16-be", "surrogatepass")
