"""Largest remainder over arrays: exact whatever the size, and nothing is sorted."""

from collections.abc import Collection
from dataclasses import dataclass
from operator import index
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auctions.ties import Drawing, Places

Whole = NDArray[Any]
"""Whole numbers from 0 up: int64 where each is below WORD, else Python's own."""

WORD = 2**62
HALF = 31
BLOCK = 2**16
"""As many numbers at a time as the processor's cache holds."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """Where rounding up ends: the last remainder that is, and those who have it in draw order.

    Every larger remainder is rounded up, and of the equals the first `raised`.
    """

    remainder: int
    equals: Places
    raised: int

    @property
    def last(self) -> int:
        """The place that is rounded up last."""
        return int(self.equals[self.raised - 1])


def wholes(numbers: Collection[int]) -> Whole:
    """Hold whole numbers in an array. Raises TypeError for what is not whole."""
    if max(map(index, numbers), default=0) < WORD:
        return np.fromiter(numbers, dtype=np.int64, count=len(numbers))
    return np.array([index(number) for number in numbers], dtype=object)


def total_of(numbers: Whole) -> int:
    """Add up without overflow."""
    if numbers.dtype == object or len(numbers) * int(numbers.max(initial=0)) < 2 * WORD:
        return int(numbers.sum())
    return (int((numbers >> HALF).sum()) << HALF) + int((numbers & ((1 << HALF) - 1)).sum())


def largest_remainder(total: int, weights: Whole, drawing: Drawing) -> Whole:
    """Share a total by weights, to the whole unit; the answer runs parallel to the weights.

    Each gets its exact share rounded down; what is left goes, one unit each, to the
    largest remainders. Only those equal at the cut-off are drawn for, so that time
    grows with the number of weights. Raises ValueError for a total or a weight below
    0, and for a total where all weights are 0.
    """
    whole = total_of(weights)
    if min(total, int(weights.min(initial=0))) < 0 or (total and not whole):
        raise ValueError("a total is shared by weights from 0 up that are not all 0")
    units, remainders = divide(total, weights, whole or 1)
    round_up(units, remainders, cut_off(remainders, total - total_of(units), drawing))
    return units


def divide(part: int, weights: Whole, whole: int) -> tuple[Whole, Whole]:
    """Divide part x weight by a whole, for each weight: quotients and remainders, exactly.

    No weight is above the whole.
    """
    if weights.dtype == object or max(part, whole) >= WORD:
        products = weights.astype(object) * part
        return products // whole, products % whole
    times, part = divmod(part, whole)
    quotients, remainders = np.empty_like(weights), np.empty_like(weights)
    for start in range(0, len(weights), BLOCK):
        block = slice(start, start + BLOCK)
        quotients[block], remainders[block] = _divide(part, weights[block], whole)
        quotients[block] += times * weights[block]
    return quotients, remainders


def _divide(part: int, weights: Whole, whole: int) -> tuple[Whole, Whole]:
    """Estimate the quotients from part / whole to 62 bits, at most 2 too low, and correct them.

    The products overflow, but their difference is below 3 x whole, so that it is right.
    """
    high, low = divmod((part << 2 * HALF) // whole, 1 << HALF)
    weight = weights.view(np.uint64)
    upper, lower = weight >> HALF, weight & ((1 << HALF) - 1)
    quotients = upper * high + ((upper * low + lower * high) >> HALF)
    remainders = weight * part - quotients * whole
    for _ in range(2):
        beyond = remainders >= whole
        quotients += beyond
        remainders -= beyond * np.uint64(whole)
    return quotients.view(np.int64), remainders.view(np.int64)


def cut_off(remainders: Whole, units: int, drawing: Drawing) -> CutOff | None:
    """Find where rounding up ends when so many are rounded up; None where none is."""
    if units == 0:
        return None
    place = len(remainders) - units
    last = np.partition(remainders, place)[place]
    equals = drawing.order(np.flatnonzero(remainders == last))
    return CutOff(int(last), equals, units - int(np.count_nonzero(remainders > last)))


def round_up(units: Whole, remainders: Whole, cut: CutOff | None) -> None:
    """Add the unit, in place, to all above the cut-off and to the first drawn of those at it."""
    if cut is not None:
        units += remainders > cut.remainder
        units[cut.equals[: cut.raised]] += 1
