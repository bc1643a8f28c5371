"""The tries that statistics look at, and their marks in whole numbers, question by question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from curriculum.figures import Reason, Untold

T = TypeVar("T")
Whole = NDArray[Any]
"""Whole numbers, of 64 bits where every sum of products fits, else Python's own."""
MOST = 2**62


class Try(NamedTuple):
    """One person's finished try: whose, and when."""

    id: str
    person_id: str
    organisation_id: str
    finished_at: datetime


def first_tries(tries: Iterable[Try]) -> tuple[Try, ...]:
    """Keep each person's first finished try, of two at one instant the lower id; by person."""
    first: dict[str, Try] = {}
    for each in sorted(tries, key=lambda each: (each.finished_at, each.id)):
        first.setdefault(each.person_id, each)
    return tuple(first[person_id] for person_id in sorted(first))


class Sums(NamedTuple):
    """What a question's figures are made of: sums over the tries that were asked it.

    `own` are the ticks earned by the question, `rest` those of the other questions of the try.
    The properties are covariances times n (n - 1).
    """

    n: int
    own: int
    own_squared: int
    rest: int
    rest_squared: int
    own_by_rest: int
    own_by_rest_at_most: int
    """Were the best on the question the best on the rest, too."""
    own_by_whole: int

    @property
    def own_spread(self) -> int:
        return self.n * self.own_squared - self.own**2

    @property
    def rest_spread(self) -> int:
        return self.n * self.rest_squared - self.rest**2

    @property
    def with_rest(self) -> int:
        return self.n * self.own_by_rest - self.own * self.rest

    @property
    def with_rest_at_most(self) -> int:
        return self.n * self.own_by_rest_at_most - self.own * self.rest

    @property
    def with_whole(self) -> int:
        return self.n * self.own_by_whole - self.own * (self.own + self.rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All marks in whole ticks, so many to the point that no mark needs a fraction.

    `earned` and `asked` have a row a question, in the order of `points`, and a column a try; what
    was not asked earned 0.
    """

    ticks_per_point: int
    points: Mapping[str, int]
    earned: Whole
    asked: NDArray[np.bool_]

    @classmethod
    def of(cls, tries: Sequence[Mapping[str, Fraction]], points: Mapping[str, int]) -> "Scores":
        """Take the share of the mark by question asked. Raises KeyError for one unnamed."""
        row = {id: number for number, id in enumerate(points)}
        marks = [mark for each in tries for mark in each.values()]
        ticks, scale = in_ticks(marks)
        rows = np.array([row[id] for each in tries for id in each], dtype=np.intp)
        columns = np.repeat(np.arange(len(tries)), [len(each) for each in tries])
        share = np.zeros((len(points), len(tries)), dtype=np.int64 if scale <= MOST else object)
        asked = np.zeros(share.shape, dtype=bool)
        share[rows, columns] = ticks
        asked[rows, columns] = True
        return cls.weighted(share, asked, points=points, scale=scale)

    @classmethod
    def weighted(
        cls, share: Whole, asked: NDArray[np.bool_], *, points: Mapping[str, int], scale: int
    ) -> "Scores":
        """Take shares of the mark in whole parts of `scale`, 0 where nothing was asked."""
        most = len(asked.T) * scale * sum(points.values())
        kind = np.int64 if most**2 <= MOST else object
        worth = np.array(list(points.values()), dtype=kind).reshape(-1, 1)
        earned = np.multiply(share, worth, dtype=kind, order="C")
        return cls(ticks_per_point=scale, points=points, earned=earned, asked=asked)

    @property
    def totals(self) -> list[int]:
        """The ticks of each try."""
        totals: list[int] = self.earned.sum(axis=0).tolist()
        return totals

    @property
    def are_alike(self) -> bool:
        """Whether every try was asked every question."""
        return bool(self.asked.all())

    @property
    def points_asked(self) -> int | None:
        """How many points each try could earn; None where tries differ in that, or it is none."""
        if self.are_alike:
            return sum(self.points.values()) or None
        could = self._could_earn()
        return int(could[0]) or None if (could == could[0]).all() else None

    def shares(self) -> tuple[list[int], int]:
        """Give each try's share of the points that it could earn, in parts of one whole."""
        could = self._could_earn().tolist()
        points = lcm(*set(could))
        parts = [total * (points // own) for total, own in zip(self.totals, could, strict=True)]
        return parts, points * self.ticks_per_point

    def _could_earn(self) -> Whole:
        """The points of each try."""
        worth: Whole = np.array(list(self.points.values()), dtype=self.earned.dtype)
        return worth @ self.asked

    def sums(self) -> list[Sums]:
        """Add up question by question, in the order of `points`."""
        own, whole = self.earned, self.earned.sum(axis=0)
        asked = (self.asked[:1] if self.are_alike else self.asked).astype(int)
        own_squared, own_by_whole = np.vecdot(own, own), np.vecdot(own, whole)
        columns = {
            "n": asked.sum(axis=1),
            "own": own.sum(axis=1),
            "own_squared": own_squared,
            "rest": asked @ whole - own.sum(axis=1),
            "rest_squared": asked @ (whole * whole) - 2 * own_by_whole + own_squared,
            "own_by_rest": own_by_whole - own_squared,
            "own_by_rest_at_most": self._at_most(whole),
            "own_by_whole": own_by_whole,
        }
        each = np.broadcast_arrays(*(columns[name] for name in Sums._fields))
        return list(map(Sums._make, zip(*(column.tolist() for column in each), strict=True)))

    def _at_most(self, whole: Whole) -> Whole:
        kind = self.earned.dtype
        is_short = whole.max(initial=0) < 2**15
        own, all_ = ((each.astype(np.int16) if is_short else each) for each in (self.earned, whole))
        if self.are_alike:
            dots: Whole = np.vecdot(_in_order(own), _in_order(all_ - own), dtype=kind)
            return dots
        rows = zip(own, self.asked, strict=True)
        pairs = ((_in_order(one[of]), _in_order(all_[of] - one[of])) for one, of in rows)
        return np.array([np.vecdot(*pair, dtype=kind) for pair in pairs], dtype=kind)

    def in_points(self, ticks: Fraction) -> Fraction:
        return Fraction(ticks, self.ticks_per_point)

    def if_alike(self, compute: Callable[[], T]) -> T | Untold:
        if self.are_alike:
            return compute()
        return Untold(reason=Reason.DIFFERENT_QUESTIONS, n=self.asked.shape[1])

    def if_several(self, compute: Callable[[], T]) -> T | Untold:
        if len(self.points) > 1:
            return compute()
        return Untold(reason=Reason.ONE_QUESTION, n=self.asked.shape[1])


def in_ticks(marks: Sequence[Fraction]) -> tuple[list[int], int]:
    """Give each mark in whole ticks, and how many of them are one."""
    few = {id(mark): mark for mark in marks}  # many answers share one mark
    scale = lcm(*{mark.denominator for mark in few.values()})
    ticks = {key: mark.numerator * (scale // mark.denominator) for key, mark in few.items()}
    return [ticks[id(mark)] for mark in marks], scale


def _in_order(ticks: Whole) -> Whole:
    """Sort each row; this way numbers of 16 bits are sorted several times as quickly as others."""
    return np.sort(ticks, kind="stable")
