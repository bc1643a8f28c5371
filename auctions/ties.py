"""The public draw: equal claims are ordered by a hash that nobody could steer.

Purposes in use: share and amount (equal remainders), leave (equal minimums), and
matrix row, matrix column and matrix cell (equally fair tables).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]


def draw(seed: bytes, purpose: str, id: str) -> bytes:
    """Place one id in the draw for a purpose; the lower digest comes first."""
    return sha256(b"\0".join((seed, purpose.encode(), id.encode()))).digest()


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
        """Order places by the draw of their ids, lowest first."""
        at = {self.ids[place]: place for place in places}
        return np.array([at[id] for id in drawn(self.seed, self.purpose, at)], dtype=np.intp)
