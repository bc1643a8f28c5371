"""All answers of many tries on one sheet: each different answer is kept and marked once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import lcm

import numpy as np
from numpy.typing import NDArray

from curriculum.confidence import Judgement
from curriculum.marking import Answer
from curriculum.questions import Question
from curriculum.scores import MOST, Scores, Whole

NOT_ASKED = -1
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer as somebody gave it, what it earns, and how sure they said they were."""

    answer: Answer
    judgement: Judgement


Counted = tuple[tuple[Given, int], ...]
"""Different answers to a question, each with how many gave it, in no order that tells anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Which try gave which answer: `codes` has a row a question and a column a try.

    A code is the place among the question's `given`, or NOT_ASKED.
    """

    questions: tuple[Question, ...]
    given: tuple[tuple[Given, ...], ...]
    codes: Codes

    def of_tries(self, chosen: Sequence[bool]) -> "Sheet":
        """Keep the tries that are chosen, in their order."""
        return replace(self, codes=self.codes[:, np.array(chosen, dtype=bool)])

    def scores(self) -> Scores:
        scale = lcm(*{given.judgement.mark.denominator for each in self.given for given in each})
        kind = np.int64 if scale <= MOST else object
        share = [self._ticks(row, scale, kind) for row in range(len(self.questions))]
        return Scores.weighted(
            np.array(share, dtype=kind).reshape(self.codes.shape),
            self.codes != NOT_ASKED,
            points={question.id: question.points for question in self.questions},
            scale=scale,
        )

    def _ticks(self, row: int, scale: int, kind: type) -> Whole:
        marks = [given.judgement.mark for given in self.given[row]]
        ticks = [mark.numerator * (scale // mark.denominator) for mark in marks]
        by_code: Whole = np.array([*ticks, 0], dtype=kind)
        earned: Whole = by_code[self.codes[row]]  # NOT_ASKED finds the last
        return earned

    def counted(self) -> dict[str, Counted]:
        """Count each answer that somebody gave, by question."""
        return {
            question.id: self._counted(given, codes)
            for question, given, codes in zip(self.questions, self.given, self.codes, strict=True)
        }

    def _counted(self, given: tuple[Given, ...], codes: Codes) -> Counted:
        counts = np.bincount(codes - NOT_ASKED, minlength=len(given) + 1)[1:].tolist()
        return tuple((each, n) for each, n in zip(given, counts, strict=True) if n)
