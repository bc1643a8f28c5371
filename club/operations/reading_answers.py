"""Reading an answer as it was given: a slip of the pen is refused, and so costs no mark."""

from __future__ import annotations

from club.domain.errors import InputRefused
from curriculum.confidence import LEVELS
from curriculum.marking import TRUE_FALSE, Answer, typed_number
from curriculum.questions import (
    LONGEST_WORDS,
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Question,
    ShortAnswer,
)

LONGEST_NUMBER = 40


def read_confidence(question: Question, confidence: int | None) -> int | None:
    """Take how sure somebody says they are, where that is asked."""
    if confidence not in {None, *LEVELS}:
        raise InputRefused("unknown_choice", field="confidence")
    return confidence if question.asks_confidence else None


def read_answer(question: Question, given: Answer) -> Answer:
    """Take what was given if it can be an answer at all, else raise InputRefused."""
    if not "".join(given).strip():
        raise InputRefused("missing", field="answer")
    match question:
        case Numeric():
            return (_read_number(question, " ".join(given)),)
        case ShortAnswer():
            return (_read_typed(" ".join(given), longest=LONGEST_WORDS),)
        case Matching():
            return _read_pairs(question, given)
        case Ordering():
            return _read_order(question, given)
        case _:
            return _read_chosen(question, given)


def _read_chosen(question: Question, given: Answer) -> Answer:
    offered = question.choice_ids or TRUE_FALSE
    most = len(offered) if isinstance(question, MultiChoice) else 1
    if not set(given) <= set(offered) or len(given) > most:
        raise InputRefused("unknown_choice", field="answer")
    return given


def _read_pairs(question: Matching, given: Answer) -> Answer:
    """Take a right for each left, in any order."""
    offered = {f"{pair.id}={right}" for pair in question.pairs for right in question.choice_ids}
    lefts = [each.partition("=")[0] for each in given]
    if not set(given) <= offered or len(set(lefts)) < len(lefts):
        raise InputRefused("unknown_choice", field="answer")
    if len(lefts) < len(question.pairs):
        raise InputRefused("not_all_chosen", field="answer")
    return given


def _read_order(question: Ordering, given: Answer) -> Answer:
    """Take every step once."""
    if not set(given) <= set(question.choice_ids):
        raise InputRefused("unknown_choice", field="answer")
    if len(set(given)) < len(given):
        raise InputRefused("chosen_twice", field="answer")
    if len(given) < len(question.choice_ids):
        raise InputRefused("not_all_chosen", field="answer")
    return given


def _read_number(question: Numeric, written: str) -> str:
    typed = _read_typed(written, longest=LONGEST_NUMBER)
    if typed_number(typed, units=(question.unit.ja, question.unit.en)) is None:
        raise InputRefused("not_a_number", field="answer", typed=typed)
    return typed


def _read_typed(typed: str, *, longest: int) -> str:
    if len(typed) > longest:
        raise InputRefused("too_long", field="answer", longest=longest)
    return typed
