"""JSON in the one form of RFC 8785, so that equal facts are equal bytes and have equal hashes."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

MOST_SAFE = 2**53 - 1
"""Beyond it, JSON readers that keep 53 bits would lose digits."""


def canonical_bytes(value: object) -> bytes:
    """Write a value without spaces, keys in the order of their UTF-16 code units.

    Facts here are whole, so a float is refused with TypeError, a whole number beyond 53 bits and
    half a character with ValueError.
    """
    return json.dumps(
        _ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def _ordered(value: object) -> object:
    """Put keys in order, and refuse what has no canonical form."""
    kind = type(value)
    if kind is int:
        return _safe(value)
    if kind is str or value is None or kind is bool:
        return value
    if isinstance(value, Mapping):
        return {key: _ordered(value[key]) for key in _sorted(value)}
    if isinstance(value, list | tuple):
        return [_ordered(each) for each in value]
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return _safe(int(value))
    raise TypeError(f"{kind.__name__} has no canonical form")


def _safe(number: Any) -> int:
    if not -MOST_SAFE <= number <= MOST_SAFE:
        raise ValueError(f"{number} is beyond what JSON readers hold exactly")
    return int(number)


def _sorted(keys: Iterable[Any]) -> list[str]:
    """Sort by UTF-16 code units, which plain sorting does where all is ASCII."""
    return sorted(keys) if all(map(str.isascii, keys)) else sorted(keys, key=_code_units)


def _code_units(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")
