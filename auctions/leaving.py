"""Who leaves because the exact quota falls short of the minimum pledged."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from auctions.offers import Claim
from auctions.rationing import Due, quotas, ration
from auctions.remainders import Whole, total_of
from auctions.ties import Places, draw

STEADY = ("pro_rata", "equal_awards", "small_first")
"""Rules under which claims that fall short leave in an order that stays as it is."""


def leaver(
    members: Sequence[Claim], bought_kg: int, seed: bytes, rule: str
) -> tuple[Claim, Fraction] | None:
    """Pick the claim with the largest minimum against its quota, ties by draw, if any is short.

    Returns it with its quota.
    """
    if not any(claim.minimum_kg for claim in members):
        return None
    due = quotas(bought_kg, {claim.id: claim.quantity_kg for claim in members}, rule)
    short = [claim for claim in members if due[claim.id] < claim.minimum_kg]

    def order(claim: Claim) -> tuple[Fraction, bytes, str]:
        met = due[claim.id] * Fraction(1, claim.minimum_kg)
        return met, draw(seed, "leave", claim.id), claim.id

    first = min(short, key=order, default=None)
    return None if first is None else (first, due[first.id])


@dataclass(frozen=True, slots=True)
class Minimums:
    """A total, and claims with minimums by place; what those who still stay are due of it."""

    total_kg: int
    claims: Whole
    minimums: Whole
    rule: str

    def due(self, stay: Places) -> Due:
        claims = self.claims[stay]
        everybody = len(stay) == len(self.claims)
        total_kg = self.total_kg if everybody else min(self.total_kg, total_of(claims))
        return ration(total_kg, claims, self.rule)

    def short(self, stay: Places) -> Places:
        """Find who is due less than the minimum."""
        return stay[self.due(stay).floors < self.minimums[stay]]

    def next_out(self, stay: Places, short: Places, draws: Mapping[int, bytes]) -> Places:
        """Find who leaves next, and with whom the others' order cannot change any more.

        Who is due nothing can leave together: nobody else is due more after that.
        """
        met = dict(zip(short.tolist(), self._met(stay, short), strict=True))
        queue = sorted(met, key=lambda place: (met[place], draws[place], place))
        nothing = sum(not part for part in met.values())
        if nothing or self.rule not in STEADY:
            return np.array(queue[: nothing or 1])

        def settles(out: int) -> bool:
            left = np.setdiff1d(stay, queue[:out], assume_unique=True)
            return queue[out] not in self.short(left)

        return np.array(queue[: bisect_left(range(len(queue)), True, lo=1, key=settles)])

    def _met(self, stay: Places, short: Places) -> list[int]:
        """Tell, to be compared, which part of its minimum each is due.

        Shifted so far that ratios which differ at all still differ as whole numbers.
        """
        due = self.due(stay)
        at = np.searchsorted(stay, short)
        parts = due.floors[at].astype(object) * due.unit + due.remainders[at]
        minimums = self.minimums[short].tolist()
        shift = 2 * max(minimums).bit_length()
        return [(part << shift) // least for part, least in zip(parts, minimums, strict=True)]


def staying(minimums: Minimums, ids: Sequence[str], seed: bytes) -> Places:
    """List the places of the claims that stay; ids are in ascending order.

    One leaves at a time, the largest minimum against its quota first, ties by draw, and
    the total is divided again among the others, up to what they claim. Raises BadBook as
    `rationing.quotas` does. The total is divided log n times under a steady rule, and
    under the others once for each that leaves.
    """
    stay: Places = np.arange(len(ids))
    while len(short := minimums.short(stay)):
        draws = {place: draw(seed, "leave", ids[place]) for place in short.tolist()}
        stay = np.setdiff1d(stay, minimums.next_out(stay, short, draws), assume_unique=True)
    return stay
