"""Answers of finished tries as this process has read them: once, for what is finished stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from itertools import chain
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from club.store.answer_sheets import (
    WrittenAnswer,
    answer_written,
    carried_over,
    written_sheets,
)
from club.store.database import Connection
from curriculum.confidence import Judgement
from curriculum.marking import Answer, mark
from curriculum.questions import Question
from curriculum.scores import Try
from curriculum.sheets import NOT_ASKED, Codes, Given, Sheet

T = TypeVar("T")
MOST_TOLD = 8
"""So many computations are kept of a module: one for each day that is compared."""
REWRITTEN = -1
"""The place of a question that the bank no longer has in that version."""


class NumberedAnswers(dict[str, int]):
    """The number of each different answer, by its text; one that is not known yet is entered.

    Under its number stand the place of the question, and the answer's among those `given` to it.
    """

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__()
        self.places: list[int] = []
        self.codes: list[int] = []
        self.given: list[list[Given]] = [[] for _ in questions]
        self._questions = questions
        self._place = {(q.id, q.version): place for place, q in enumerate(questions)}
        self._marked: dict[tuple[int, str], tuple[Answer, Fraction]] = {}
        self._judgements: dict[tuple[int | None, int, int], Judgement] = {}

    def __missing__(self, text: str) -> int:
        written = answer_written(text)
        key = (written.question_id, written.question_version)
        place = self._place.get(key, REWRITTEN)
        code = REWRITTEN
        if place != REWRITTEN:
            code = len(self.given[place])
            self.given[place].append(self._judged(place, written))
        self.places.append(place)
        self.codes.append(code)
        return self.setdefault(text, len(self))

    def _judged(self, place: int, written: WrittenAnswer) -> Given:
        """Mark the same answer once, however sure those were who gave it."""
        answer, earned = self._marked.get((place, written.raw)) or self._mark(place, written.raw)
        key = (written.confidence, *earned.as_integer_ratio())  # of many judgements, few differ
        judgement = self._judgements.get(key)
        if judgement is None:
            judgement = Judgement(confidence=written.confidence, mark=earned)
            self._judgements[key] = judgement
        return Given(answer=answer, judgement=judgement)

    def _mark(self, place: int, raw: str) -> tuple[Answer, Fraction]:
        answer = tuple(json.loads(raw))
        earned = mark(self._questions[place], answer)
        return self._marked.setdefault((place, raw), (answer, earned))


class AnswerBook:
    """The tries at one bank of questions, each as a row of codes; grows with every reading."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = questions
        self._numbered = NumberedAnswers(questions)
        self._codes_by_try: dict[str, Codes] = {}
        self._rewritten: set[str] = set()
        self._carried_over: set[str] = set()
        self._reading = Lock()  # screens run in threads
        self._told: dict[Hashable, tuple[Sequence[Try], Any]] = {}

    def sheet(self, tx: Connection, tries: Sequence[Try]) -> tuple[tuple[Try, ...], Sheet, int]:
        """Give the tries that count, their sheet, and how many were left out.

        Left out is a try with a question that has been rewritten since: what it was marked by
        is gone. A delta quiz is no first try, and is passed over.
        """
        with self._reading:
            self._read(tx, [each.id for each in tries if not self._knows(each.id)])
            kept = tuple(each for each in tries if each.id in self._codes_by_try)
            codes = [self._codes_by_try[each.id] for each in kept]
            sheet = Sheet(
                questions=self.questions,
                given=tuple(map(tuple, self._numbered.given)),
                codes=np.array(codes, dtype=np.int32).reshape(-1, len(self.questions)).T,
            )
            return kept, sheet, sum(each.id in self._rewritten for each in tries)

    def told(self, about: Hashable, tries: Sequence[Try], compute: Callable[[], T]) -> T:
        """Give what was computed of the same tries before, else compute it now."""
        known = self._told.get(about)
        if known is not None and known[0] == tries:
            value: T = known[1]
            return value
        if len(self._told) >= MOST_TOLD:
            self._told = {}
        value = compute()
        self._told[about] = (tries, value)
        return value

    def _knows(self, id: str) -> bool:
        return id in self._codes_by_try or id in self._rewritten or id in self._carried_over

    def _read(self, tx: Connection, ids: list[str]) -> None:
        if not ids:
            return
        self._carried_over |= carried_over(tx, ids)
        sheets = list(written_sheets(tx, [id for id in ids if id not in self._carried_over]))
        number_of = self._numbered.__getitem__
        numbers = np.fromiter(
            chain.from_iterable(map(number_of, sheet.answers) for sheet in sheets), dtype=np.intp
        )
        tries = np.repeat(np.arange(len(sheets)), [len(sheet.answers) for sheet in sheets])
        places = np.array(self._numbered.places, dtype=np.intp)[numbers]
        codes = np.array(self._numbered.codes, dtype=np.int32)[numbers]
        is_known = places != REWRITTEN
        rows = np.full((len(sheets), len(self.questions)), NOT_ASKED, dtype=np.int32)
        rows[tries[is_known], places[is_known]] = codes[is_known]
        self._rewritten |= {sheets[number].attempt_id for number in set(tries[~is_known].tolist())}
        by_try = zip((sheet.attempt_id for sheet in sheets), rows, strict=True)
        self._codes_by_try |= {id: row for id, row in by_try if id not in self._rewritten}


def book_of(books: dict[str, AnswerBook], module_id: str, bank: tuple[Question, ...]) -> AnswerBook:
    """Find the book of a module; another bank begins another book."""
    book = books.get(module_id)
    if book is None or book.questions is not bank:
        book = books[module_id] = AnswerBook(bank)
    return book
