"""The public draw: equal claims are ordered by a hash that nobody could steer.

Purposes in use: share and amount (equal remainders), leave (equal minimums), matrix row and
matrix column (equal totals), and matrix cell (equally fair tables; its id is the two totals).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Words = NDArray[np.uint64]


def draw(seed: bytes, purpose: str, id: str) -> bytes:
    """Place one id in the draw for a purpose; the lower digest comes first."""
    return sha256(_prefix(seed, purpose) + id.encode()).digest()


def drawn(seed: bytes, purpose: str, ids: Iterable[str]) -> list[str]:
    """Order ids by their draw, lowest first; equal digests would go by id."""
    return sorted(ids, key=lambda each: (draw(seed, purpose, each), each))


def ranks(seed: bytes, purpose: str, ids: Iterable[str]) -> dict[str, int]:
    """Draw an order of ids and number them from 0 by it."""
    return {id: place for place, id in enumerate(drawn(seed, purpose, ids))}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A draw among the places of an array, each with its id; only who is drawn for is hashed."""

    seed: bytes
    purpose: str
    ids: Sequence[str]

    def order(self, places: Places) -> Places:
        """Order places by the draw of their ids, lowest first; equal digests go by place."""
        return places[by_digest(digests(self.seed, self.purpose, [self.ids[i] for i in places]))]


def digests(seed: bytes, purpose: str, ids: Iterable[str]) -> Words:
    """Draw for many ids: a line of four words, the highest first, for each."""
    start = _prefix(seed, purpose)
    drawn = b"".join([sha256(start + id.encode()).digest() for id in ids])
    return np.frombuffer(drawn, dtype=">u8").reshape(-1, 4).astype(np.uint64)


def by_digest(words: Words) -> Places:
    """Order lines of words as numbers of several digits; equal lines stay as they are."""
    order: Places = np.argsort(words[:, 0], kind="stable")
    highest = words[order, 0]
    if (highest[:-1] == highest[1:]).any():
        return np.lexsort(words.T[::-1])
    return order


def _prefix(seed: bytes, purpose: str) -> bytes:
    return b"\0".join((seed, purpose.encode(), b""))
