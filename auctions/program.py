"""A purchase as an integer program: whole columns within bounds, and rows that must come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.object_]
"""Python's own integers in an array: no product or sum of them can overflow."""
Places = NDArray[np.intp]
Mask = NDArray[np.bool_]


def whole(values: Iterable[int]) -> Whole:
    """Put integers of any length into an array."""
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def total(weights: Whole, values: Whole) -> int:
    """Add up weighted values, exactly."""
    return int(np.dot(weights, values)) if len(values) else 0


@dataclass(frozen=True, slots=True)
class Row:
    """Whole weights by column, and what they must add up to."""

    columns: Places
    weights: Whole
    sum: int
    slack: int | None = None
    """The column, of weight 1, that takes up what the others leave."""


@dataclass(frozen=True, slots=True)
class Program:
    """Each column is a whole number from `least` to `most`.

    A column with a minimum may also be zero while `least` is. A switch is 0 or 1; a sum tells
    of others what they come to. The first `count` columns are what is asked for; the others
    follow from them.
    """

    count: int
    least: Whole
    most: Whole
    minimum: Whole
    is_switch: Mask
    is_sum: Mask
    rows: tuple[Row, ...]

    @property
    def open(self) -> Mask:
        """Mark the columns that have a minimum and may still be used or not."""
        undecided: Mask = (self.least == 0) & (self.minimum > 1) & (self.most >= self.minimum)
        return undecided

    @property
    def free(self) -> Mask:
        """Mark the columns that may still take more than one value."""
        movable: Mask = self.most > self.least
        return movable

    def is_decided(self) -> bool:
        """Tell whether nothing is left but whole numbers between bounds, their sums settled."""
        return not (self.open.any() or ((self.is_switch | self.is_sum) & self.free).any())

    def within(self, least: Whole, most: Whole) -> Program | None:
        """Narrow the columns; what falls below its minimum is zero. None where nothing is left."""
        most = np.where((most < self.minimum) & (least <= 0), np.minimum(most, 0), most)
        least = np.where(least > 0, np.maximum(least, self.minimum), least)
        if (least > most).any():
            return None
        return replace(self, least=least, most=most)

    def with_row(self, weights: Whole, sum_: int) -> Program:
        """Ask for weighted columns to come out at a sum; fixed columns are taken off."""
        used = np.flatnonzero((weights != 0) & self.free)
        fixed = ~self.free
        rest = sum_ - total(weights[fixed], self.least[fixed])
        return replace(self, rows=(*self.rows, Row(used, weights[used], rest)))

    def folded(self, free: Places) -> list[Row]:
        """Write the rows on the free columns alone, with what is fixed taken off the sums."""
        place = np.full(len(self.least), -1, dtype=np.intp)
        place[free] = np.arange(free.size)
        rows = []
        for row in self.rows:
            moves = place[row.columns] >= 0
            fixed = total(row.weights[~moves], self.least[row.columns[~moves]])
            slack = None if row.slack is None or place[row.slack] < 0 else int(place[row.slack])
            rows.append(Row(place[row.columns[moves]], row.weights[moves], row.sum - fixed, slack))
        return rows

    def only(self, kept: Places) -> Program:
        """Keep some columns, of which no other is free, and the rows that are left of them."""
        return Program(
            count=int((kept < self.count).sum()),
            least=self.least[kept],
            most=self.most[kept],
            minimum=self.minimum[kept],
            is_switch=self.is_switch[kept],
            is_sum=self.is_sum[kept],
            rows=tuple(row for row in self.folded(kept) if row.columns.size or row.sum),
        )

    def completed(self, values: Whole) -> Whole | None:
        """Set every slack from the other values; None where a bound, minimum or row is broken."""
        values = values.copy()
        for row in self.rows:
            short = row.sum - total(row.weights, values[row.columns])
            if row.slack is not None:
                values[row.slack] += short
            elif short:
                return None
        outside = (values < self.least) | (values > self.most)
        if outside.any() or ((values > 0) & (values < self.minimum)).any():
            return None
        return values


class Draft:
    """A program as it is written down: columns first, switches, then rows and their slacks."""

    def __init__(self) -> None:
        self._least = self._most = self._minimum = whole([])
        self._beside: list[tuple[int, int]] = []
        self._switches: list[int] = []
        self._sums: list[int] = []
        self._rows: list[Row] = []
        self._count = 0
        self._is_void = False

    def columns(self, least: Whole, most: Whole, minimum: Whole) -> None:
        """Write down the columns that are asked for, all at once."""
        assert not self._count
        self._least, self._most, self._minimum = least, most, minimum
        self._count = len(least)

    def beside(self, least: int, most: int) -> int:
        """Add a column that follows from the others; return its place."""
        self._beside.append((least, most))
        return self._count + len(self._beside) - 1

    def switch(self) -> int:
        self._switches.append(self.beside(0, 1))
        return self._switches[-1]

    def sum(self, least: int, most: int) -> int:
        """Add a column that rows tie to what others come to; return its place."""
        self._sums.append(self.beside(least, most))
        return self._sums[-1]

    def row(
        self,
        columns: Sequence[int] | Places,
        weights: Sequence[int] | Whole | int,
        *,
        least: int | None = None,
        most: int | None = None,
    ) -> None:
        """Bound a weighted sum of columns; what their own bounds keep makes no row."""
        places = np.array(columns, dtype=np.intp)
        each = whole([weights] * len(places) if isinstance(weights, int) else weights)
        low, high = self._reach(places, each)
        if (least is None or least <= low) and (most is None or most >= high):
            return
        top = high if most is None else min(most, high)
        bottom = low if least is None else max(least, low)
        slack = None
        if bottom != top:
            slack = self.beside(0, max(0, top - bottom))
            if bottom > top:
                self._is_void = True
            places, each = np.append(places, slack), whole([*each, 1])
        self._rows.append(Row(places, each, top, slack))

    def _reach(self, places: Places, weights: Whole) -> tuple[int, int]:
        """Tell the least and the most that a weighted sum can be."""
        first = places < self._count
        inner, factors = places[first], weights[first]
        low, high = factors * self._least[inner], factors * self._most[inner]
        ends = [np.minimum(low, high).sum(), np.maximum(low, high).sum()]
        for place, weight in zip(places[~first], weights[~first], strict=True):
            pair = [weight * end for end in self._beside[place - self._count]]
            ends = [ends[0] + min(pair), ends[1] + max(pair)]
        return int(ends[0]), int(ends[1])

    def program(self) -> Program | None:
        """Return the program; None where bounds contradict each other by themselves."""
        if self._is_void:
            return None
        beside = [whole(bounds[side] for bounds in self._beside) for side in range(2)]
        least = np.concatenate([self._least, beside[0]])
        most = np.concatenate([self._most, beside[1]])
        minimum = np.concatenate([self._minimum, whole([0] * len(self._beside))])
        is_switch = np.zeros(len(least), dtype=np.bool_)
        is_switch[self._switches] = True
        is_sum = np.zeros(len(least), dtype=np.bool_)
        is_sum[self._sums] = True
        written = Program(self._count, least, most, minimum, is_switch, is_sum, tuple(self._rows))
        return written.within(least, most)
