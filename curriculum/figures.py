"""Figures told as decimals, or the reason why there is none; roots and moments without floats."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import isqrt

PLACES = 12
ROOT_PLACES = 30


class Reason(StrEnum):
    """Why a figure is not told."""

    TOO_FEW = "too_few"
    UNVARIED = "unvaried"
    NEGATIVE = "negative"
    DIFFERENT_QUESTIONS = "different_questions"
    ONE_QUESTION = "one_question"
    NOT_KNOWN = "not_known"


SENTENCES = {
    Reason.TOO_FEW: "too few answers (n={n})",
    Reason.UNVARIED: "the marks do not vary",
    Reason.NEGATIVE: "it works against the total: their covariance is negative",
    Reason.DIFFERENT_QUESTIONS: "not everybody was asked the same questions",
    Reason.ONE_QUESTION: "it takes two questions",
    Reason.NOT_KNOWN: "not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """Stands where a figure would mislead or cannot be, after `n` answers."""

    reason: Reason
    n: int

    def __str__(self) -> str:
        return SENTENCES[self.reason].format(n=self.n)


Figure = Decimal | Untold
Computed = Fraction | Untold


def when(is_enough: bool, n: int, compute: Callable[[], Computed]) -> Computed:
    return compute() if is_enough else Untold(reason=Reason.TOO_FEW, n=n)


def told(value: Computed) -> Figure:
    """Write the value to 12 places, the nearest; halves go up."""
    if isinstance(value, Untold):
        return value
    numerator, denominator = value.as_integer_ratio()
    nearest = (2 * 10**PLACES * numerator + denominator) // (2 * denominator)
    return Decimal(nearest).scaleb(-PLACES)


def root(value: Fraction | int) -> Fraction:
    """Take the square root, right to 30 significant places at least."""
    numerator, denominator = value.as_integer_ratio()
    fine = isqrt(numerator * denominator * 10 ** (2 * ROOT_PLACES))
    return Fraction(fine, denominator * 10**ROOT_PLACES)


def median(values: Sequence[int]) -> Fraction:
    """Give the middle value, or half the sum of the middle two."""
    ordered = sorted(values)
    n = len(ordered)
    return Fraction(ordered[(n - 1) // 2] + ordered[n // 2], 2)


def spread(values: Sequence[int]) -> int:
    """Give the variance over n - 1, times n (n - 1), so that it is whole."""
    whole, squares = sum(values), sum(value * value for value in values)
    return len(values) * squares - whole * whole


def cumulants(values: Sequence[int]) -> tuple[Fraction, Fraction, Fraction]:
    """Estimate the second, third and fourth cumulants; there must be four values."""
    n = len(values)
    whole = sum(values)
    spread = [(n * value - whole, times) for value, times in Counter(values).items()]
    m2, m3, m4 = (
        Fraction(sum(times * off**power for off, times in spread), n ** (power + 1))
        for power in (2, 3, 4)
    )
    k2 = m2 * Fraction(n, n - 1)
    k3 = m3 * Fraction(n * n, (n - 1) * (n - 2))
    k4 = ((n + 1) * m4 - 3 * (n - 1) * m2**2) * Fraction(n * n, (n - 1) * (n - 2) * (n - 3))
    return k2, k3, k4
