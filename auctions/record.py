"""A cleared round as one canonical document: equal rounds are equal bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from hashlib import sha256
from typing import Any

from auctions.canonical import MOST_SAFE, canonical_bytes
from auctions.offers import Claim, Lot, Offer
from auctions.results import Clearing
from auctions.rule_reading import rule_facts
from auctions.rules import Rule

FORMAT = "tomoe/result/2"


def result_document(
    claims: Sequence[Claim],
    lots: Sequence[Lot],
    offers: Sequence[Offer],
    clearing: Clearing,
    *,
    ceiling_per_t: int,
    seed: bytes,
    rules: Sequence[Rule] = (),
) -> dict[str, Any]:
    """Write what went into a clearing and what came out, for canonical JSON.

    Ratios are "n/d", the seed is hexadecimal, and a whole number beyond what JSON
    readers hold exactly is a string of digits. Input rows are listed by id.
    """
    return {
        "format": FORMAT,
        "ceiling_per_t": plain(ceiling_per_t),
        "seed": seed.hex(),
        "rules": [rule_facts(rule) for rule in sorted(rules, key=lambda rule: rule.name)],
        "claims": [plain(row) for row in sorted(claims, key=lambda row: row.id)],
        "lots": [plain(row) for row in sorted(lots, key=lambda row: row.id)],
        "offers": [plain(row) for row in sorted(offers, key=lambda row: row.id)],
        "clearing": plain(clearing),
    }


def document_bytes(document: Mapping[str, Any]) -> bytes:
    """Write a document as RFC 8785 canonical JSON."""
    return canonical_bytes(document)


def document_hash(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a document's canonical bytes, in hexadecimal."""
    return sha256(document_bytes(document)).hexdigest()


def plain(value: Any) -> Any:
    """Turn frozen values into JSON's own kinds, without losing a digit."""
    kind: Any = type(value)
    if kind is str or value is None or kind is bool:
        return value
    if kind is int:
        return value if -MOST_SAFE <= value <= MOST_SAFE else str(value)
    if kind is Fraction:
        return f"{value.numerator}/{value.denominator}"
    if kind is dict or isinstance(value, Mapping):
        return {str(key): plain(cell) for key, cell in value.items()}
    if isinstance(value, tuple | list):
        return [plain(cell) for cell in value]
    return {name: plain(getattr(value, name)) for name in _names(kind)} or value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """List the fields of a dataclass; of what is none there are none."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
