"""Chance that always falls the same: for a club that must come out alike to the byte."""

from __future__ import annotations

import hashlib


class FixedChance:
    """SHA-256 of a purpose and a counter, read as one stream of bytes."""

    def __init__(self, purpose: str) -> None:
        self._purpose = purpose.encode()
        self._counter = 0
        self._left = b""

    def __call__(self, length: int) -> bytes:
        while len(self._left) < length:
            block = self._purpose + b"\0" + self._counter.to_bytes(8, "big")
            self._left += hashlib.sha256(block).digest()
            self._counter += 1
        taken, self._left = self._left[:length], self._left[length:]
        return taken
