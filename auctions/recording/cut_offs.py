"""Where rounding up stopped, told so that it tells of nobody's pledge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from auctions.offers import Claim
from auctions.recording.members import sharing_of
from auctions.results import Clearing
from auctions.ties import draw

Purpose = Literal["share", "amount"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """Where rounding up stopped: up goes what has a larger remainder, and of those with this very
    one whose draw is not above `draw`; None where the remainder alone decides.

    The remainder is the simplest ratio that divides them, so that it tells of nobody's pledge.
    """

    purpose: Purpose
    remainder: Fraction
    draw: str | None

    def is_above(self, remainder: Fraction, draw: str) -> bool:
        """Say whether a remainder with its draw is rounded up."""
        if remainder != self.remainder:
            return remainder > self.remainder
        return self.draw is not None and draw <= self.draw


def cut_offs(claims: Sequence[Claim], clearing: Clearing, seed: bytes) -> tuple[CutOff, ...]:
    """Say where rounding up stopped, of kilograms and of amounts; nothing bought, nothing said."""
    if clearing.bought_kg == 0:
        return ()
    told, whole = sharing_of(claims, clearing, seed), clearing.bought_kg
    floors = dict(zip(told.ids, told.due.floors.tolist(), strict=True))
    parts = dict(zip(told.ids, told.due.remainders.tolist(), strict=True))
    up = {id for id, floor in floors.items() if clearing.totals_kg[id] > floor}
    owed = {id: divmod(clearing.value * kg, whole) for id, kg in clearing.totals_kg.items()}
    dearer = {id for id, (floor, _) in owed.items() if clearing.amounts[id] > floor}
    amounts = {id: part for id, (_, part) in owed.items()}
    return (
        _cut_off("share", parts, told.due.unit, raised=up, seed=seed),
        _cut_off("amount", amounts, whole, raised=dearer, seed=seed),
    )


def _cut_off(
    purpose: Purpose, parts: Mapping[str, int], unit: int, *, raised: set[str], seed: bytes
) -> CutOff:
    """Find the simplest ratio between the last remainder that went up and the first that did not;
    where both are the same, the last draw that went up."""
    lowest = min((parts[id] for id in raised), default=unit)
    highest = max((part for id, part in parts.items() if id not in raised), default=0)
    if lowest > highest:
        between = simplest(Fraction(highest, unit), Fraction(lowest, unit))
        return CutOff(purpose=purpose, remainder=between, draw=None)
    last = max(draw(seed, purpose, id).hex() for id in raised if parts[id] == lowest)
    return CutOff(purpose=purpose, remainder=Fraction(lowest, unit), draw=last)


def simplest(least: Fraction, above: Fraction) -> Fraction:
    """Return the ratio with the smallest denominator from `least` up to, not including, `above`.

    Walks down the Stern-Brocot tree by continued fractions, as `_simplest_above` does.
    """
    whole = -(-least.numerator // least.denominator)
    if whole < above:
        return Fraction(whole)
    floor = whole - 1
    inside = _simplest_above(Fraction(1, above - floor), Fraction(1, least - floor))
    return floor + Fraction(1, inside)


def _simplest_above(below: Fraction, most: Fraction) -> Fraction:
    """Return the same for the ratios above `below` up to, and including, `most`."""
    floor = below.numerator // below.denominator
    if floor + 1 <= most:
        return Fraction(floor + 1)
    part = Fraction(1, most - floor)
    if below == floor:
        return floor + Fraction(1, -(-part.numerator // part.denominator))
    return floor + Fraction(1, simplest(part, Fraction(1, below - floor)))
