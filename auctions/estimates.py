"""Column prices near the right ones, so that most cells are settled without a solver.

A row rounds up the cells that are worth most: remainder less the column's price. The
prices are right when every column is rounded up as often as it must be.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from auctions.flow import propose
from auctions.groups import Groups
from auctions.moves import Mask, improve, never
from auctions.remainders import Whole

SAMPLE = 1_000
"""So many groups are solved for the first prices."""
STRIDE = 8
"""One group in so many corrects them first."""
CORRECTIONS = 6
FEW_WRONG = 1_000
"""Prices are near enough when one cell in so many is wrong."""
CAUTION = 3


@dataclass(frozen=True, slots=True)
class Level:
    """Where rounding up ends in each group under some prices, and by how much they are too low."""

    prices: Whole
    worth: Whole
    lowest: Whole
    """The worth of the last cell that is rounded up in each group."""
    next: Whole
    """The worth of the first that is not."""

    @classmethod
    def of(cls, groups: Groups, prices: Whole) -> Self:
        far = never(groups.remainders)
        worth = groups.remainders - prices[:, None]
        np.copyto(worth, -far, where=groups.remainders == 0)
        several = (groups.copies > 1).any()
        ascending = np.repeat(worth, groups.copies, axis=0) if several else worth.copy()
        ascending.sort(axis=0)
        last, places = len(ascending) - 1, np.arange(len(groups.raised))
        lowest = ascending[np.minimum(last, last + 1 - groups.raised), places]
        lowest[groups.raised == 0] = far
        return cls(prices, worth, lowest, ascending[last - groups.raised, places])

    def up(self) -> Mask:
        """Mark the cells that are rounded up, and their equals."""
        up: Mask = self.worth >= self.lowest
        return up

    def near(self, distance: int) -> Mask:
        """Mark the cells that would be turned, at most, by a price so much different."""
        near: Mask = (self.worth > self.lowest - distance) & (self.worth < self.next + distance)
        return near

    def correction(self, groups: Groups) -> tuple[int, Whole]:
        """Count the cells that are wrong, and tell by how much each price is too low.

        That is the cells rounded up too often, against those that a little higher or lower
        price would turn, one of a kind in a row. Equals are rounded up as is best.
        """
        too_many = np.maximum(groups.count(self.worth > self.next) - groups.wanted, 0)
        excess = too_many + np.minimum(groups.count(self.up()) - groups.wanted, 0)
        wrong = int(abs(excess).sum())
        gaps = (self.lowest - self.next)[groups.raised > 0]
        middle = int(np.partition(gaps, len(gaps) // 2)[len(gaps) // 2])
        little = 1 + min(
            middle, middle * wrong * int(groups.copies.sum()) // int(groups.wanted.sum())
        )
        turned = np.maximum(groups.count(self.near(little)) // groups.copies, 1)
        steps = [
            int(over) * 2 * little // int(many) for over, many in zip(excess, turned, strict=True)
        ]
        return wrong, np.array(steps, dtype=self.prices.dtype)


def estimate(groups: Groups) -> tuple[Level, int]:
    """Find prices that round up nearly the right cells, and say how far off they may be.

    A sample gives the first prices, and some groups correct them; then all groups do,
    by half as much where that made it worse.
    """
    live = np.flatnonzero(groups.raised)
    prices = _of_sample(groups.some(live[:: -(-len(live) // SAMPLE)]))
    some = groups.some(live[::STRIDE])
    prices = prices + Level.of(some, prices).correction(some)[1]
    best = Level.of(groups, prices)
    wrong, step = best.correction(groups)
    tried = step
    for _ in range(CORRECTIONS):
        if wrong * FEW_WRONG <= int(groups.wanted.sum()):
            break
        level = Level.of(groups, best.prices + tried)
        still_wrong, next_step = level.correction(groups)
        if still_wrong < wrong:
            best, wrong, step, tried = level, still_wrong, next_step, next_step
        else:
            tried = tried // 2
    return best, 1 + CAUTION * int(abs(step).max())


def _of_sample(groups: Groups) -> Whole:
    """Solve some groups alone, and take the prices that prove the solution."""
    costs = -groups.remainders.T
    capacity = groups.cells(groups.remainders > 0).T
    flow = propose(costs, capacity, groups.raised * groups.sizes, groups.wanted)
    return np.zeros_like(costs[0]) if flow is None else -improve(costs, capacity, flow)
