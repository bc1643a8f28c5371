"""What an answer that was given came to, and why: told only once it has been given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from club.store.learning import AnswerRow, Given
from curriculum.confidence import Judgement
from curriculum.marking import (
    TRUE_FALSE,
    Answer,
    mark,
    reduced,
    rights_chosen,
    typed_number,
    word_given,
)
from curriculum.questions import (
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    Word,
)
from curriculum.texts import Source, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice as shown; true and false have no words of their own."""

    id: str
    text: Text | None


class Worth(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What a choice, a known word or a decoy was worth."""

    option: Option
    is_chosen: bool
    worth: Worth
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTold:
    """A left, the right that was given to it, and its own."""

    left: Text
    given: Text | None
    right: Text
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTold:
    """A step in its right place, and the place that it was given; places count from 1."""

    place: int
    given_place: int
    text: Text
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The last answer to a question, its share of the mark, and why."""

    given: Answer
    tries: int
    first: Judgement
    """How sure the first answer was, and how right."""
    mark: Fraction
    earned: Fraction
    """The mark, reduced by the tries before."""
    reasons: tuple[Reason, ...]
    pairs: tuple[PairTold, ...]
    steps: tuple[StepTold, ...]
    """In the right order."""
    right_value: Fraction | None
    slip: Text | None
    """How people come to the wrong number that was typed, where that is known."""
    explanation: Text
    sources: tuple[Source, ...]


def worth_of(share: Fraction) -> Worth:
    if share == 1:
        return Worth.RIGHT
    return Worth.PARTLY if share > 0 else Worth.WRONG


def marked(
    question: Question, options: tuple[Option, ...], answers: Given, reduction: Fraction
) -> Marked:
    """Mark the last answer and gather the reasons; choices are told in the order shown."""
    given = answers.last
    share = mark(question, given)
    return Marked(
        given=given,
        tries=answers.tries,
        first=judged(question, answers.first),
        mark=share,
        earned=reduced(share, tries=answers.tries, reduction=reduction),
        reasons=_reasons(question, options, given),
        pairs=_pairs(question, given) if isinstance(question, Matching) else (),
        steps=_steps(question, given) if isinstance(question, Ordering) else (),
        right_value=question.value if isinstance(question, Numeric) else None,
        slip=_slip(question, given) if isinstance(question, Numeric) else None,
        explanation=question.explanation,
        sources=question.sources,
    )


def judged(question: Question, answer: AnswerRow) -> Judgement:
    return Judgement(confidence=answer.confidence, mark=mark(question, tuple(answer.raw)))


def _reasons(question: Question, options: tuple[Option, ...], given: Answer) -> tuple[Reason, ...]:
    match question:
        case SingleChoice() | MultiChoice() | TrueFalse():
            return tuple(_reason(question, option, given) for option in options)
        case ShortAnswer():
            typed = word_given(question, given)
            return tuple(_word(word, is_typed=word == typed) for word in question.known)
        case Matching():
            return _decoys(question, given)
        case _:
            return ()


def _reason(
    question: SingleChoice | MultiChoice | TrueFalse, option: Option, given: Answer
) -> Reason:
    if isinstance(question, TrueFalse):
        worth = Worth.RIGHT if option.id == TRUE_FALSE[not question.is_true] else Worth.WRONG
        why = question.why_true if option.id == TRUE_FALSE[0] else question.why_false
    else:
        choice = next(choice for choice in question.choices if choice.id == option.id)
        is_part = isinstance(question, MultiChoice) and choice.weight > 0
        worth = Worth.RIGHT if is_part else worth_of(choice.weight)
        why = choice.why
    return Reason(option=option, is_chosen=option.id in given, worth=worth, why=why)


def _word(word: Word, *, is_typed: bool) -> Reason:
    return Reason(
        option=Option(id=word.id, text=Text(ja=word.ja[0], en=word.en[0])),
        is_chosen=is_typed,
        worth=worth_of(word.weight),
        why=word.why,
    )


def _decoys(question: Matching, given: Answer) -> tuple[Reason, ...]:
    chosen = rights_chosen(given).values()
    return tuple(
        Reason(
            option=Option(id=decoy.id, text=decoy.right),
            is_chosen=decoy.id in chosen,
            worth=Worth.WRONG,
            why=decoy.why,
        )
        for decoy in question.decoys
    )


def _pairs(question: Matching, given: Answer) -> tuple[PairTold, ...]:
    chosen = rights_chosen(given)
    rights = question.right_by_id
    return tuple(
        PairTold(
            left=pair.left,
            given=rights.get(chosen.get(pair.id, "")),
            right=pair.right,
            why=pair.why,
        )
        for pair in question.pairs
    )


def _steps(question: Ordering, given: Answer) -> tuple[StepTold, ...]:
    return tuple(
        StepTold(place=place, given_place=given.index(item.id) + 1, text=item.text, why=item.why)
        for place, item in enumerate(question.items, 1)
    )


def _slip(question: Numeric, given: Answer) -> Text | None:
    typed = typed_number(given[0], units=(question.unit.ja, question.unit.en))
    return next((slip.why for slip in question.slips if slip.value == typed), None)
