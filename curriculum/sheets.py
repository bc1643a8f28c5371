"""All answers of many tries on one sheet: each different answer is kept and marked once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curriculum.confidence import Judgement
from curriculum.marking import NONE, Answer
from curriculum.questions import Question
from curriculum.scores import MOST, Scores, in_ticks

NOT_ASKED = -1
Codes = NDArray[np.integer[Any]]


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
        by_place = [[NONE, *(given.judgement.mark for given in each)] for each in self.given]
        ticks, scale = in_ticks(list(chain.from_iterable(by_place)))
        kind = np.int64 if scale <= MOST else object
        return Scores.weighted(
            np.array(ticks, dtype=kind)[self._places()],
            self.codes != NOT_ASKED,
            points={question.id: question.points for question in self.questions},
            scale=scale,
        )

    def counted(self) -> dict[str, Counted]:
        """Count each answer that somebody gave, by question."""
        times = iter(np.bincount(self._places().ravel(), minlength=self._starts()[-1]).tolist())
        return {
            question.id: _given_at_all(given, list(islice(times, 1 + len(given)))[1:])
            for question, given in zip(self.questions, self.given, strict=True)
        }

    def _starts(self) -> Codes:
        """Where each question's answers begin in one row of all; and where the last one's end.

        Before each question's answers there is a place for those who were not asked.
        """
        return np.cumsum([0, *(1 + len(given) for given in self.given)])

    def _places(self) -> Codes:
        """The codes, counted over all questions."""
        return self.codes - NOT_ASKED + self._starts()[:-1].reshape(-1, 1)


def _given_at_all(given: tuple[Given, ...], times: list[int]) -> Counted:
    return tuple((each, n) for each, n in zip(given, times, strict=True) if n)
