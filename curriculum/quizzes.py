"""A quiz drawn from a module's bank: the same seed, the same questions in the same order."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice
from types import MappingProxyType

from curriculum.marking import Answer, mark, reduced
from curriculum.modules import Module
from curriculum.questions import Question

QuestionKey = tuple[str, int]
"""A question's id and version."""

NO_OUTCOME = ""
"""Under which questions take their turn that name no outcome."""


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
    tries: int = 1
    """How often one question may be answered."""
    reduction: Fraction = Fraction(0)
    """What each answer before the last takes off its mark."""
    bank: frozenset[QuestionKey] | None = None
    """Every ready question of the module as the try begins; None where that was not kept."""
    carries: str | None = None
    """Of a delta quiz: the passing try that it carries over."""


def draw(module: Module, seed: str, *, on: date) -> Quiz:
    """Draw the module's quiz from the questions that may be asked on that day.

    The outcomes take turns, so that none is left out while another gives two more; a question
    counts for whichever of its outcomes comes to it first. The order of the outcomes, within an
    outcome, among the questions and among the choices is ascending SHA-256 of seed, purpose and
    id, then id. Raises TooFewQuestions.
    """
    fresh = [question for question in module.questions if question.may_be_asked(on)]
    if len(fresh) < module.quiz_size:
        raise TooFewQuestions(module.id, wanted=module.quiz_size, fresh=len(fresh))
    by_id = {question.id: question for question in fresh}
    drawn = islice(_in_turns(fresh, seed), module.quiz_size)
    return Quiz(
        module_id=module.id,
        module_version=module.version,
        pass_mark=module.pass_mark,
        asked=tuple(_ask(by_id[id], seed) for id in shuffle(drawn, seed=seed, purpose="order")),
        tries=module.tries,
        reduction=module.reduction,
    )


def _in_turns(questions: Iterable[Question], seed: str) -> Iterator[str]:
    """Give the next question of each outcome in turn, each question once, until none is left."""
    ids_by_outcome: dict[str, list[str]] = {}
    for question in questions:
        for outcome in question.outcomes or (NO_OUTCOME,):
            ids_by_outcome.setdefault(outcome, []).append(question.id)
    outcomes = shuffle(ids_by_outcome, seed=seed, purpose="outcomes")
    left = [deque(shuffle(ids_by_outcome[o], seed=seed, purpose="draw")) for o in outcomes]
    given: set[str] = set()
    while any(left):
        for ids in left:
            while ids and ids[0] in given:
                ids.popleft()
            if ids:
                given.add(ids[0])
                yield ids.popleft()


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
    quiz: Quiz,
    questions: Iterable[Question],
    answer_by_question: Mapping[str, Answer],
    tries_by_question: Mapping[str, int] = MappingProxyType({}),
) -> Fraction:
    """Give the share of all points earned; a question left open earns nothing.

    The last answer to each question counts, reduced by the tries before it. `questions` holds
    the asked questions in the versions asked. Raises KeyError if one is gone.
    """
    by_key = {(question.id, question.version): question for question in questions}
    asked = [by_key[ask.question_id, ask.question_version] for ask in quiz.asked]
    earned = sum(
        q.points
        * reduced(
            mark(q, answer_by_question.get(q.id, ())),
            tries=tries_by_question.get(q.id, 1),
            reduction=quiz.reduction,
        )
        for q in asked
    )
    return Fraction(earned, sum(q.points for q in asked))
