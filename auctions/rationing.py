"""Fair shares, exactly: what each claim is due of a total that cannot serve them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import index
from types import MappingProxyType

import numpy as np

from auctions.offers import BadBook
from auctions.remainders import WORD, Whole, divide, total_of, wholes

Quotas = dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class Due:
    """What each claim is due, parallel to the claims: floor + remainder / unit."""

    floors: Whole
    remainders: Whole
    unit: int

    def quota(self, place: int) -> Fraction:
        return int(self.floors[place]) + Fraction(int(self.remainders[place]), self.unit)


Rule = Callable[[int, Whole], Due]


def quotas(total_kg: int, claims: Mapping[str, int], rule: str) -> Quotas:
    """Divide a total among claims by a rule, to the exact fraction, listed by id.

    Quotas add up to the total and none is above its claim; equal claims are due the same.
    Raises BadBook for an unknown rule, a claim below zero and a total above the claims.
    """
    ids = sorted(claims)
    due = ration(total_kg, kilograms(claims, ids), rule)
    return {id: due.quota(place) for place, id in enumerate(ids)}


def kilograms(claims: Mapping[str, int], ids: Sequence[str]) -> Whole:
    """Hold claims in an array, in the order of ids.

    Raises BadBook for a claim below zero, TypeError for one that is not whole.
    """
    if min(claims.values(), default=0) < 0:
        least_kg, id = min((kg, id) for id, kg in claims.items())
        raise BadBook("quantity_out_of_range", id, quantity_kg=least_kg)
    return wholes([claims[id] for id in ids])


def ration(total_kg: int, claims: Whole, rule: str) -> Due:
    """Divide a total among claims by a rule; see `quotas`.

    Time grows with the number of claims under pro_rata, and no faster than n log n
    under the other rules, which sort them.
    """
    if rule not in RULES:
        raise BadBook("unknown_rule", rule)
    asked_kg = total_of(claims)
    if not 0 <= total_kg <= asked_kg:
        raise BadBook("total_above_claims", "total_kg", total_kg=total_kg, asked_kg=asked_kg)
    summable = claims if asked_kg < WORD else claims.astype(object)
    return RULES[rule](index(total_kg), summable)


def _pro_rata(total_kg: int, claims: Whole) -> Due:
    """Each the same part of its claim."""
    asked_kg = total_of(claims) or 1
    return Due(*divide(total_kg, claims, asked_kg), asked_kg)


def _equal_awards(total_kg: int, claims: Whole) -> Due:
    """Each the same kilograms, but none more than its claim."""
    level = _level(total_kg, claims)
    full, part = divmod(level.numerator, level.denominator)
    above = claims > full
    floors = claims.copy()
    floors[above] = full
    return Due(floors, np.where(above, part, 0), level.denominator)


def _equal_losses(total_kg: int, claims: Whole) -> Due:
    """Each the same kilograms short of its claim, but none below zero."""
    return _less(claims, _equal_awards(total_of(claims) - total_kg, claims))


def _talmud(total_kg: int, claims: Whole) -> Due:
    """Up to half of all claims, equal awards of the half claims; beyond, equal losses of them.

    Reckoned with whole claims and twice the kilograms, and halved at the end.
    """
    lost_kg = total_of(claims) - total_kg
    if total_kg <= lost_kg:
        return _half(_equal_awards(2 * total_kg, claims))
    return _less(claims, _half(_equal_awards(2 * lost_kg, claims)))


def _small_first(total_kg: int, claims: Whole) -> Due:
    """Ascending claims served whole; the equal claims that no longer fit share what is left."""
    ascending = np.sort(claims)
    served = int(np.searchsorted(np.cumsum(ascending), total_kg, side="right"))
    if served == len(claims):
        return Due(claims, np.zeros_like(claims), 1)
    last = ascending[served]
    smaller, equals = claims < last, claims == last
    count = int(np.count_nonzero(equals))
    full, part = divmod(total_kg - total_of(claims[smaller]), count)
    floors = claims * smaller
    floors[equals] = full
    return Due(floors, np.where(equals, part, 0), count)


def _less(claims: Whole, losses: Due) -> Due:
    """Take losses off the claims."""
    part = losses.remainders > 0
    floors = claims - losses.floors - part
    return Due(floors, np.where(part, losses.unit - losses.remainders, 0), losses.unit)


def _half(due: Due) -> Due:
    odd = due.floors % 2
    return Due(due.floors // 2, odd * due.unit + due.remainders, 2 * due.unit)


def _level(total_kg: int, claims: Whole) -> Fraction:
    """Find the height at which all claims, cut off there, add up to the total."""
    ascending = np.sort(claims)
    higher = np.arange(len(claims), 0, -1)
    below = np.cumsum(ascending) - ascending
    full = int(np.searchsorted(below + ascending * higher, total_kg, side="right"))
    if full == len(claims):
        return Fraction(int(claims.max(initial=0)))
    return Fraction(total_kg - int(below[full]), int(higher[full]))


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "pro_rata": _pro_rata,
        "equal_awards": _equal_awards,
        "equal_losses": _equal_losses,
        "talmud": _talmud,
        "small_first": _small_first,
    }
)
