"""A quiz drawn from a module's bank: the same seed, the same questions in the same order."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from curriculum.marking import Answer, mark
from curriculum.modules import Module
from curriculum.questions import Question

QuestionKey = tuple[str, int]
"""A question's id and version."""


class TooFewQuestions(ValueError):
    """A module has fewer ready, unexpired questions than its quiz needs."""

    def __init__(self, module_id: str, *, wanted: int, fresh: int) -> None:
        super().__init__(module_id, wanted, fresh)
        self.module_id = module_id
        self.wanted = wanted
        self.fresh = fresh


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as drawn, its choices in the order shown."""

    question_id: str
    question_version: int
    choice_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """The rules of one try, frozen when it starts: a later edit does not change it."""

    module_id: str
    module_version: int
    pass_mark: Fraction
    asked: tuple[Asked, ...]
    bank: frozenset[QuestionKey] | None = None
    """Every ready question of the module as the try begins; None where that was not kept."""
    carries: str | None = None
    """Of a delta quiz: the passing try that it carries over."""


def draw(module: Module, seed: str, *, on: date) -> Quiz:
    """Draw the module's quiz from the questions that may be asked on that day.

    The lessons take turns, so that none is left out while another gives two more. Order within
    a lesson, among the questions and among the choices is ascending SHA-256 of seed, purpose
    and id, then id. Raises TooFewQuestions.
    """
    fresh = [question for question in module.questions if question.may_be_asked(on)]
    if len(fresh) < module.quiz_size:
        raise TooFewQuestions(module.id, wanted=module.quiz_size, fresh=len(fresh))
    by_id = {question.id: question for question in fresh}
    taken = sorted(_turns(fresh, seed).items(), key=lambda turn: (turn[1], turn[0]))
    drawn = shuffle([id for id, _ in taken[: module.quiz_size]], seed=seed, purpose="order")
    return Quiz(
        module_id=module.id,
        module_version=module.version,
        pass_mark=module.pass_mark,
        asked=tuple(_ask(by_id[id], seed) for id in drawn),
    )


def _turns(questions: Iterable[Question], seed: str) -> dict[str, tuple[int, bytes]]:
    ids_by_lesson: dict[str, list[str]] = {}
    for question in questions:
        ids_by_lesson.setdefault(question.lesson_id, []).append(question.id)
    return {
        id: (turn, _key(seed, "draw", id))
        for ids in ids_by_lesson.values()
        for turn, id in enumerate(shuffle(ids, seed=seed, purpose="draw"))
    }


def _ask(question: Question, seed: str) -> Asked:
    return Asked(
        question_id=question.id,
        question_version=question.version,
        choice_ids=shuffle(question.choice_ids, seed=seed, purpose=f"choices {question.id}"),
    )


def shuffle(ids: Iterable[str], *, seed: str, purpose: str) -> tuple[str, ...]:
    """Put the ids in an order that only the seed and the purpose decide."""
    return tuple(sorted(ids, key=lambda name: (_key(seed, purpose, name), name)))


def _key(seed: str, purpose: str, id: str) -> bytes:
    return hashlib.sha256(f"{seed}\0{purpose}\0{id}".encode()).digest()


def score(
    quiz: Quiz, questions: Iterable[Question], answer_by_question: Mapping[str, Answer]
) -> Fraction:
    """Give the share of all points earned; a question left open earns nothing.

    `questions` holds the asked questions in the versions asked. Raises KeyError if one is gone.
    """
    by_key = {(question.id, question.version): question for question in questions}
    asked = [by_key[ask.question_id, ask.question_version] for ask in quiz.asked]
    earned = sum(q.points * mark(q, answer_by_question.get(q.id, ())) for q in asked)
    return Fraction(earned, sum(q.points for q in asked))
