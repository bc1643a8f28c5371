"""How sure people said they were, beside how right they were; no mark knows anything of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from curriculum.figures import Figure, told, when
from curriculum.statistics import ENOUGH

LEVELS = GUESS, FAIRLY_SURE, CERTAIN = (1, 2, 3)
IF_RIGHT = {GUESS: 1, FAIRLY_SURE: 2, CERTAIN: 3}
IF_WRONG = {GUESS: 0, FAIRLY_SURE: -2, CERTAIN: -6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """An answer's share of the mark, and how sure its giver was, where they said."""

    confidence: int | None
    mark: Fraction

    @property
    def is_sure_and_wrong(self) -> bool:
        """Whether its giver was certain and earned nothing: the error that costs most."""
        return self.confidence == CERTAIN and self.mark == 0

    @property
    def points(self) -> Fraction | None:
        """Certainty-based points; None where nobody said how sure they were.

        A wrong answer takes 0, 2 or 6 off; any other earns its share of 1, 2 or 3, as in
        Gardner-Medwin's scheme and Moodle's behaviours with certainty.
        """
        if self.confidence is None:
            return None
        if self.mark == 0:
            return Fraction(IF_WRONG[self.confidence])
        return IF_RIGHT[self.confidence] * self.mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """The certainty-based points of the answers that came with a confidence."""

    n: int
    earned: Fraction

    @property
    def most(self) -> int:
        """What certainty and right answers throughout would have earned."""
        return self.n * IF_RIGHT[CERTAIN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Of the answers given with one confidence, the share that earned the whole mark."""

    confidence: int
    n: int
    right: Figure


def points(judgements: Iterable[Judgement]) -> Points:
    """Add the points up; answers without a confidence are left out."""
    said = [each.points for each in judgements if each.points is not None]
    return Points(n=len(said), earned=sum(said, start=Fraction(0)))


def calibration(counts: Mapping[Judgement, int]) -> tuple[Calibration, ...]:
    """Tell for each level how often it was right, given how often each judgement was made.

    Below 15 answers at a level the share is not told.
    """
    return tuple(_calibrated(level, counts) for level in LEVELS)


def _calibrated(level: int, counts: Mapping[Judgement, int]) -> Calibration:
    n_by_mark = [(each.mark, n) for each, n in counts.items() if each.confidence == level]
    n = sum(times for _, times in n_by_mark)
    right = sum(times for mark, times in n_by_mark if mark == 1)
    share = when(n >= ENOUGH, n, lambda: Fraction(right, n))
    return Calibration(confidence=level, n=n, right=told(share))
