"""Taking a module's quiz as somebody who knows the right answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from club.demo.stage import Stage
from club.domain.organisations import Actor
from club.operations import learning
from club.operations.viewing.tries import my_try
from curriculum.marking import Answer
from curriculum.modules import Module
from curriculum.questions import (
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)

CERTAIN = 3


def may_be_taken(module: Module, on: date) -> bool:
    """Whether enough of its questions are ready and not past their review on that day."""
    return sum(q.may_be_asked(on) for q in module.questions) >= module.quiz_size


def pass_module(stage: Stage, actor: Actor, module: Module) -> None:
    """Start a try, answer each question as its author would, and so finish it."""
    attempt = learning.start_try(
        stage.context, actor, request_id=stage.request(), module_id=module.id
    )
    by_id = {question.id: question for question in module.questions}
    while question := my_try(stage.context, actor, attempt.id).question:
        learning.answer_question(
            stage.context,
            actor,
            request_id=stage.request(),
            try_id=attempt.id,
            question_id=question.id,
            given=right_answer(by_id[question.id]),
            confidence=CERTAIN if question.asks_confidence else None,
        )


def right_answer(question: Question) -> Answer:
    """What earns the whole mark."""
    match question:
        case MultiChoice():
            given = tuple(choice.id for choice in question.choices if choice.weight > 0)
        case SingleChoice():
            given = _first(choice.id for choice in question.choices if choice.weight == 1)
        case TrueFalse():
            given = ("true" if question.is_true else "false",)
        case Numeric():
            given = (_typed(question.value),)
        case ShortAnswer():
            given = _first(question.answers[0].variants)
        case Matching():
            given = _pairs(question)
        case Ordering():
            given = question.choice_ids
        case _:
            raise TypeError(f"no right answer is known of a {type(question).__name__}")
    return given


def _first(ids: Iterable[str]) -> Answer:
    return (next(iter(ids)),)


def _pairs(question: Matching) -> Answer:
    """Name each right as it is offered: of several with the same words by the first."""
    rights = question.right_by_id
    offered = {rights[id]: id for id in question.choice_ids}
    return tuple(f"{pair.id}={offered[pair.right]}" for pair in question.pairs)


def _typed(value: Fraction) -> str:
    """The number as one would type it, to twelve places."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{number:.12f}".rstrip("0").rstrip(".")
