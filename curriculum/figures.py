"""Figures told as decimals, or the reason why there is none; roots and moments without floats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import isqrt
from operator import mul
from typing import NamedTuple, TypeVar

T = TypeVar("T")
PLACES = 12
TOLD = 10**PLACES
"""A figure is told in so many parts of one."""
FINE = 10**30
"""A root is taken in so many parts of one."""
FINE_SQUARED = FINE**2


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


class Ratio(NamedTuple):
    """A fraction, its denominator above 0, that need not be in lowest terms.

    It is only to be told: many are made, and to bring each to its lowest terms takes longest.
    """

    numerator: int
    denominator: int


Figure = Decimal | Untold
Exact = Fraction | Untold
Computed = Exact | Ratio


def when(is_enough: bool, n: int, compute: Callable[[], T]) -> T | Untold:
    return compute() if is_enough else Untold(reason=Reason.TOO_FEW, n=n)


def told(value: Computed) -> Figure:
    """Write the value to 12 places, the nearest; halves go up."""
    if isinstance(value, Untold):
        return value
    numerator, denominator = value.numerator, value.denominator
    nearest = (2 * TOLD * numerator + denominator) // (2 * denominator)
    return Decimal(nearest).scaleb(-PLACES)


def root(value: Fraction | int) -> Fraction:
    """Take the square root, right to 30 significant places at least."""
    numerator, denominator = value.as_integer_ratio()
    return Fraction(fine_root(numerator * denominator), denominator * FINE)


def fine_root(value: int) -> int:
    """Take the square root in FINE parts of one, rounded down."""
    return isqrt(value * FINE_SQUARED)


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
    """Estimate the second, third and fourth cumulants; there must be four values.

    By Fisher's k-statistics (1930), from sums of powers.
    """
    n = len(values)
    squares = [value * value for value in values]
    s1, s2 = sum(values), sum(squares)
    s3, s4 = sum(map(mul, squares, values)), sum(map(mul, squares, squares))
    k2 = n * s2 - s1**2
    k3 = n**2 * s3 - 3 * n * s1 * s2 + 2 * s1**3
    k4 = (
        (n**3 + n**2) * s4
        - 4 * (n**2 + n) * s1 * s3
        - 3 * (n**2 - n) * s2**2
        + 12 * n * s1**2 * s2
        - 6 * s1**4
    )
    twos = n * (n - 1)
    threes = twos * (n - 2)
    return Fraction(k2, twos), Fraction(k3, threes), Fraction(k4, threes * (n - 3))
