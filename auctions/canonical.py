"""JSON in the one form of RFC 8785, so that equal facts are equal bytes and have equal hashes."""

import json
from collections.abc import Mapping

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
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if abs(value) > MOST_SAFE:
            raise ValueError(f"{value} is beyond what JSON readers hold exactly")
        return int(value)
    if isinstance(value, Mapping):
        return {key: _ordered(value[key]) for key in sorted(value, key=_code_units)}
    if isinstance(value, list | tuple):
        return [_ordered(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _code_units(key: object) -> bytes:
    if not isinstance(key, str):
        raise TypeError("a key must be text")
    return key.encode("utf-16-be", "surrogatepass")
