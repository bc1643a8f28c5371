"""Rounding a million claims by largest remainder costs little more than sorting as many numbers."""

from __future__ import annotations

import numpy as np

from auctions.remainders import largest_remainder
from auctions.sharing import share
from auctions.ties import Drawing
from benchmarks.findings import Finding
from benchmarks.side_by_side import Work, compare

CLAIMS = 10**6
AT_MOST = 3.5
SEED = bytes(range(32))


def measure() -> list[Finding]:
    return [
        Finding("largest remainder of 10^6 claims", *compare(_kilograms), AT_MOST),
        Finding("the same, a million times as large", *compare(_large), AT_MOST),
        Finding("the same, all equal and drawn for", *compare(_equal, 5)),
        Finding("share() of 10^6 claims by id, to sorting their ids", *compare(_by_id, 5)),
    ]


def _kilograms() -> tuple[Work, Work]:
    return _shared(_claims())


def _large() -> tuple[Work, Work]:
    """The products of claim and total have 98 bits."""
    return _shared(_claims() // 1_000 * 10**9)


def _equal() -> tuple[Work, Work]:
    return _shared(np.full(CLAIMS, 20_000))


def _by_id() -> tuple[Work, Work]:
    ids = np.random.default_rng(2).permutation([f"member {number}" for number in range(CLAIMS)])
    claims = dict(zip(ids.tolist(), _claims().tolist(), strict=True))
    total_kg = sum(claims.values()) * 5 // 7
    return lambda: share(total_kg, claims, SEED), lambda: sorted(claims)


def _claims():
    chance = np.random.default_rng(1)
    return chance.lognormal(np.log(20_000), 1.2, CLAIMS).round().astype(np.int64) + 1


def _shared(claims) -> tuple[Work, Work]:
    drawing = Drawing(SEED, "share", [f"member {number}" for number in range(CLAIMS)])
    total = int(claims.sum()) * 5 // 7
    numbers = np.random.default_rng(3).integers(0, 2**62, CLAIMS)
    return lambda: largest_remainder(total, claims, drawing), lambda: np.sort(numbers)
