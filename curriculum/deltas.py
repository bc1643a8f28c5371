"""The delta quiz: after a change one answers what is new or changed, not the whole again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from curriculum.gates import Attempt, current_pass, unlapsed
from curriculum.modules import Module
from curriculum.questions import Question
from curriculum.quizzes import QuestionKey, Quiz, draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What somebody who passed has not been able to be asked yet."""

    carries: Attempt
    """The pass that a passed delta quiz carries over to the current version."""
    questions: tuple[Question, ...]
    """In the order of the bank; never none."""
    quiz_size: int
    is_required: bool
    """Whether the pass counts again only with it: the module has a new version."""


def bank_of(module: Module) -> frozenset[QuestionKey]:
    """Every ready question in its version, whether or not it is past its review."""
    return frozenset((q.id, q.version) for q in module.questions if q.status == "ready")


def due_delta(
    attempts: Iterable[Attempt], module: Module, now: datetime, *, on: date
) -> Delta | None:
    """Find what to ask of somebody with an unexpired pass; None where the whole quiz is due.

    It asks ready, unexpired questions whose id and version the bank did not hold when the latest
    passing try began. Nothing is due where none is such, where that bank was not kept, and where
    the pass has lapsed.
    """
    told = list(attempts)
    valid = unlapsed(told, module, now)
    if not valid or valid[-1].bank is None:
        return None
    latest, known = valid[-1], valid[-1].bank
    changed = tuple(
        question
        for question in module.questions
        if question.may_be_asked(on) and (question.id, question.version) not in known
    )
    if not changed:
        return None
    return Delta(
        carries=latest,
        questions=changed,
        quiz_size=min(len(changed), module.quiz_size),
        is_required=current_pass(told, module, now) is None,
    )


def draw_due(
    module: Module, attempts: Iterable[Attempt], seed: str, now: datetime, *, on: date
) -> Quiz:
    """Draw the delta quiz where one is due, else the whole. Raises TooFewQuestions."""
    delta = due_delta(attempts, module, now, on=on)
    if delta is None:
        return draw_whole(module, seed, on=on)
    return draw_delta(module, delta, seed, on=on)


def draw_whole(module: Module, seed: str, *, on: date) -> Quiz:
    """Draw the module's quiz and keep what its bank held. Raises TooFewQuestions."""
    return replace(draw(module, seed, on=on), bank=bank_of(module))


def draw_delta(module: Module, delta: Delta, seed: str, *, on: date) -> Quiz:
    """Draw the delta quiz: all that changed, or as many as a whole quiz asks."""
    narrowed = replace(module, questions=delta.questions, quiz_size=delta.quiz_size)
    return replace(draw(narrowed, seed, on=on), bank=bank_of(module), carries=delta.carries.id)
