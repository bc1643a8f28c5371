"""The audit chain: each entry carries the hash of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from auctions.canonical import canonical_bytes
from auctions.record import plain

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One deed in a chain; facts hold ids and figures, never names or addresses."""

    chain: str
    number: int
    kind: str
    """Past tense: pledge.placed."""
    made_at: datetime
    made_by: str
    facts: dict[str, object]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a chain ends, kept apart from its links: a chain cut short does not reach it."""

    number: int
    hash: str


NOTHING = Head(number=0, hash=GENESIS)
"""The head of a chain without links."""


def digest(
    *,
    chain: str,
    number: int,
    kind: str,
    made_at: datetime | str,
    made_by: str,
    facts: Mapping[str, object],
    previous: str,
) -> str:
    """SHA-256 over the RFC 8785 canonical JSON of everything but the hash itself.

    A whole number beyond what that JSON holds exactly counts as its digits; an instant is written
    with microseconds.
    """
    if not isinstance(made_at, str):
        made_at = made_at.isoformat(timespec="microseconds")
    body = {
        "chain": chain,
        "facts": plain(facts),
        "kind": kind,
        "made_at": made_at,
        "made_by": made_by,
        "number": number,
        "previous": previous,
    }
    return hashlib.sha256(canonical_bytes(body)).hexdigest()


def first_broken(links: list[Link], head: Head) -> int | None:
    """The number of the first link that does not follow from the one before; None if whole.

    Links missing at the end count from the first that is missing, links beyond the head from the
    first that is too many.
    """
    previous = GENESIS
    for number, link in enumerate(links, start=1):
        expected = digest(
            chain=link.chain,
            number=number,
            kind=link.kind,
            made_at=link.made_at,
            made_by=link.made_by,
            facts=link.facts,
            previous=previous,
        )
        if link.number != number or link.previous != previous or link.hash != expected:
            return number
        previous = link.hash
    if len(links) != head.number:
        return min(len(links), head.number) + 1
    return None if previous == head.hash else head.number
