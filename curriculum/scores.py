"""The tries that statistics look at, and their marks in whole numbers, question by question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import lcm

from curriculum.figures import Computed, Reason, Untold


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One person's finished try: the share of the mark, from 0 to 1, by question asked."""

    id: str
    person_id: str
    finished_at: datetime
    mark_by_question: Mapping[str, Fraction]


def first_tries(tries: Iterable[Try]) -> tuple[Try, ...]:
    """Keep each person's first finished try, of two at one instant the lower id; by person."""
    first: dict[str, Try] = {}
    for each in sorted(tries, key=lambda each: (each.finished_at, each.id)):
        first.setdefault(each.person_id, each)
    return tuple(first[person_id] for person_id in sorted(first))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All marks in whole ticks, so many to the point that no mark needs a fraction."""

    ticks_per_point: int
    points: Mapping[str, int]
    all_points: int
    by_question: Mapping[str, tuple[list[int], list[int]]]
    totals: list[int]
    are_alike: bool

    @classmethod
    def of(cls, tries: Sequence[Mapping[str, Fraction]], points: Mapping[str, int]) -> "Scores":
        scale = lcm(*{mark.denominator for marks in tries for mark in marks.values()})
        by_question: dict[str, tuple[list[int], list[int]]] = {id: ([], []) for id in points}
        totals = []
        for marks in tries:
            ticks = {
                id: points[id] * mark.numerator * (scale // mark.denominator)
                for id, mark in marks.items()
            }
            totals.append(sum(ticks.values()))
            for id, earned in ticks.items():
                own, whole = by_question[id]
                own.append(earned)
                whole.append(totals[-1])
        return cls(
            ticks_per_point=scale,
            points=points,
            all_points=sum(points.values()),
            by_question=by_question,
            totals=totals,
            are_alike=all(marks.keys() == points.keys() for marks in tries),
        )

    def in_points(self, ticks: Fraction) -> Fraction:
        return Fraction(ticks, self.ticks_per_point)

    def if_alike(self, compute: Callable[[], Computed]) -> Computed:
        if self.are_alike:
            return compute()
        return Untold(reason=Reason.DIFFERENT_QUESTIONS, n=len(self.totals))

    def if_several(self, compute: Callable[[], Computed]) -> Computed:
        if len(self.points) > 1:
            return compute()
        return Untold(reason=Reason.ONE_QUESTION, n=len(self.totals))
