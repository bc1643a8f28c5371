"""The tries that statistics look at, and their marks in whole numbers, question by question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curriculum.figures import Computed, Reason, Untold

Whole = NDArray[Any]
"""Whole numbers, of 64 bits where every sum of products fits, else Python's own."""
MOST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One person's finished try: when, and whose."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
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
        few = {id(mark): mark for mark in marks}  # of many marks, few differ
        scale = lcm(*{mark.denominator for mark in few.values()})
        ticks = {key: mark.numerator * (scale // mark.denominator) for key, mark in few.items()}
        rows = np.array([row[id] for each in tries for id in each], dtype=np.intp)
        columns = np.repeat(np.arange(len(tries)), [len(each) for each in tries])
        share = np.zeros((len(points), len(tries)), dtype=np.int64 if scale <= MOST else object)
        asked = np.zeros(share.shape, dtype=bool)
        share[rows, columns] = [ticks[id(mark)] for mark in marks]
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
        earned = share.astype(kind) * worth
        return cls(ticks_per_point=scale, points=points, earned=earned, asked=asked)

    @property
    def totals(self) -> list[int]:
        """The ticks of each try."""
        return [int(total) for total in self.earned.sum(axis=0)]

    @property
    def are_alike(self) -> bool:
        """Whether every try was asked every question."""
        return bool(self.asked.all())

    @property
    def points_asked(self) -> int | None:
        """How many points each try could earn; None where tries differ in that, or it is none."""
        worth = np.array(list(self.points.values()), dtype=self.earned.dtype)
        could = worth @ self.asked if self.asked.size else worth.sum(keepdims=True)
        return (int(could[0]) or None) if (could == could[0]).all() else None

    def shares(self) -> tuple[list[int], int]:
        """Give each try's share of the points that it could earn, in parts of one whole."""
        worth = np.array(list(self.points.values()), dtype=self.earned.dtype)
        could = (worth @ self.asked).tolist()
        points = lcm(*set(could))
        parts = [total * (points // own) for total, own in zip(self.totals, could, strict=True)]
        return parts, points * self.ticks_per_point

    def sums(self) -> list[Sums]:
        """Add up question by question, in the order of `points`."""
        own, whole, asked = self.earned, self.earned.sum(axis=0), self.asked.astype(int)
        own_squared, own_by_whole = (own * own).sum(axis=1), own @ whole
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
        rows = zip(*(column.tolist() for column in columns.values()), strict=True)
        return [Sums(**dict(zip(columns, row, strict=True))) for row in rows]

    def _at_most(self, whole: Whole) -> Whole:
        if self.are_alike:
            return _dots(_in_order(self.earned), _in_order(whole - self.earned))
        rows = zip(self.earned, self.asked, strict=True)
        pairs = ((own[of], whole[of] - own[of]) for own, of in rows)
        dots = [int(_in_order(own) @ _in_order(rest)) for own, rest in pairs]
        return np.array(dots, dtype=self.earned.dtype)

    def in_points(self, ticks: Fraction) -> Fraction:
        return Fraction(ticks, self.ticks_per_point)

    def if_alike(self, compute: Callable[[], Computed]) -> Computed:
        if self.are_alike:
            return compute()
        return Untold(reason=Reason.DIFFERENT_QUESTIONS, n=self.asked.shape[1])

    def if_several(self, compute: Callable[[], Computed]) -> Computed:
        if len(self.points) > 1:
            return compute()
        return Untold(reason=Reason.ONE_QUESTION, n=self.asked.shape[1])


def _in_order(ticks: Whole) -> Whole:
    """Sort each row; NumPy sorts numbers of 16 bits several times as quickly."""
    is_short = ticks.size > 0 and ticks.max() < 2**15
    ordered = np.sort(ticks.astype(np.int16) if is_short else ticks, kind="stable")
    return ordered.astype(ticks.dtype)


def _dots(ones: Whole, others: Whole) -> Whole:
    dots: Whole = (ones * others).sum(axis=1)
    return dots
