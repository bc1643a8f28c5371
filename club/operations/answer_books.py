"""Answers of finished tries as this process has read them: once, for what is finished stays."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from club.store.answer_sheets import RawAnswer, carried_over, raw_answers
from club.store.database import Connection
from curriculum.confidence import Judgement
from curriculum.marking import mark
from curriculum.questions import Question
from curriculum.scores import Try
from curriculum.sheets import NOT_ASKED, Codes, Given, Sheet

T = TypeVar("T")
MOST_TOLD = 8
"""So many computations are kept of a module: one for each day that is compared."""
Written = tuple[str, int | None]
"""An answer's text as it is stored, and the confidence."""


class AnswerBook:
    """The tries at one bank of questions, each as a row of codes; grows with every reading."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = questions
        self._place = {(q.id, q.version): place for place, q in enumerate(questions)}
        self._given: list[list[Given]] = [[] for _ in questions]
        self._code: list[dict[Written, int]] = [{} for _ in questions]
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
                given=tuple(map(tuple, self._given)),
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
        found: defaultdict[str, list[RawAnswer]] = defaultdict(list)
        for answer in raw_answers(tx, [id for id in ids if id not in self._carried_over]):
            found[answer.attempt_id].append(answer)
        for id, answers in found.items():
            if all((a.question_id, a.question_version) in self._place for a in answers):
                self._codes_by_try[id] = self._coded(answers)
            else:
                self._rewritten.add(id)

    def _coded(self, answers: Sequence[RawAnswer]) -> Codes:
        codes = np.full(len(self.questions), NOT_ASKED, dtype=np.int32)
        for answer in answers:
            place = self._place[answer.question_id, answer.question_version]
            written = (answer.raw, answer.confidence)
            code = self._code[place].get(written)
            codes[place] = self._enter(place, written) if code is None else code
        return codes

    def _enter(self, place: int, written: Written) -> int:
        raw, confidence = written
        answer = tuple(json.loads(raw))
        earned = mark(self.questions[place], answer)
        judgement = Judgement(confidence=confidence, mark=earned)
        self._given[place].append(Given(answer=answer, judgement=judgement))
        return self._code[place].setdefault(written, len(self._code[place]))


def book_of(books: dict[str, AnswerBook], module_id: str, bank: tuple[Question, ...]) -> AnswerBook:
    """Find the book of a module; another bank begins another book."""
    book = books.get(module_id)
    if book is None or book.questions is not bank:
        book = books[module_id] = AnswerBook(bank)
    return book
