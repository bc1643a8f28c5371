"""Questions as their authors write them: each choice says why, each answer names its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from curriculum.blocks import Item
from curriculum.texts import Document, Source, Text, read_sources, read_text

STATUSES = ("draft", "ready", "retired")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every question has; attempts keep `id` and `version`, never the words."""

    id: str
    version: int
    status: str
    topic: str
    lesson_id: str
    outcomes: tuple[str, ...]
    points: int
    asks_confidence: bool
    stem: Text
    explanation: Text
    sources: tuple[Source, ...]
    reviewed_on: date
    review_by: date
    reviewer: str | None

    @property
    def choice_ids(self) -> tuple[str, ...]:
        """The choices that may be shown in another order."""
        return ()

    def may_be_asked(self, on: date) -> bool:
        """Whether it is ready and, on that day, not past its review."""
        return self.status == "ready" and on <= self.review_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    id: str
    text: Text
    weight: Fraction
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _WithChoices(Question):
    choices: tuple[Choice, ...]

    @property
    def choice_ids(self) -> tuple[str, ...]:
        return tuple(choice.id for choice in self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(_WithChoices):
    """One choice is to be picked; exactly one is wholly right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiChoice(_WithChoices):
    """Any number may be picked; weights add up, the good ones to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(Question):
    is_true: bool
    why_true: Text
    why_false: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A wrong number that people often reach, and how they get there."""

    value: Fraction
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Question):
    value: Fraction
    tolerance: Fraction
    unit: Text
    slips: tuple[Slip, ...]


COMMON_KEYS = (
    "id", "version", "status", "type", "topic", "lesson", "outcomes", "mark", "confidence",
    "stem", "explanation", "sources", "reviewed_on", "review_by",
)  # fmt: skip
OWN_KEYS = {
    "single": ("choices",),
    "multi": ("choices",),
    "truefalse": ("answer", "why_true", "why_false"),
    "numeric": ("value", "tolerance", "unit", "slips"),
}


def read_questions(
    item: Item, documents: Mapping[str, Document], *, on: date | None
) -> tuple[Question, ...]:
    questions: dict[str, Question] = {}
    for entry in item.items():
        question = _read_question(entry, documents, on)
        if question.id in questions:
            entry.refuse("duplicate_id", f"The question {question.id!r} is written twice.")
        questions[question.id] = question
    return tuple(questions.values())


def _read_question(item: Item, documents: Mapping[str, Document], on: date | None) -> Question:
    every_key = {key for keys in OWN_KEYS.values() for key in keys}
    anything = item.block("type", optional=[*COMMON_KEYS, *sorted(every_key), "reviewer"])
    kind = anything["type"].one_of(OWN_KEYS)
    found = item.block(*COMMON_KEYS, *OWN_KEYS[kind], optional=["reviewer"])
    question = READERS[kind](found, _read_common(found, documents))
    if question.status == "ready":
        found["review_by"].review_day(on)
        if not question.sources:
            found["sources"].refuse("no_source", "A ready question names at least one source.")
    if question.review_by <= question.reviewed_on:
        found["review_by"].refuse("review_too_early", "`review_by` comes after `reviewed_on`.")
    return question


def _read_common(found: Mapping[str, Item], documents: Mapping[str, Document]) -> dict[str, Any]:
    return {
        "id": found["id"].id(),
        "version": found["version"].whole(least=1),
        "status": found["status"].one_of(STATUSES),
        "topic": found["topic"].id(),
        "lesson_id": found["lesson"].id(),
        "outcomes": tuple(outcome.id() for outcome in found["outcomes"].items()),
        "points": found["mark"].whole(least=1),
        "asks_confidence": found["confidence"].flag(),
        "stem": read_text(found["stem"]),
        "explanation": read_text(found["explanation"]),
        "sources": read_sources(found["sources"], documents),
        "reviewed_on": found["reviewed_on"].day(),
        "review_by": found["review_by"].day(),
        "reviewer": found["reviewer"].text() if "reviewer" in found else None,
    }


def _read_choices(item: Item) -> tuple[Choice, ...]:
    choices: dict[str, Choice] = {}
    for entry in item.items():
        found = entry.block("id", "text", "weight", "why")
        choice = Choice(
            id=found["id"].id(),
            text=read_text(found["text"]),
            weight=found["weight"].ratio(),
            why=read_text(found["why"]),
        )
        if choice.id in choices:
            entry.refuse("duplicate_id", f"The choice {choice.id!r} is written twice.")
        choices[choice.id] = choice
    if len(choices) < 2:  # noqa: PLR2004 - one choice is no choice
        item.refuse("too_few_choices", "A question offers at least two choices.")
    return tuple(choices.values())


def _read_single(found: Mapping[str, Item], common: Mapping[str, Any]) -> Question:
    choices = _read_choices(found["choices"])
    weights = sorted(choice.weight for choice in choices)
    if weights[-1] != 1 or weights[-2] == 1 or weights[0] < 0:
        found["choices"].refuse(
            "bad_weights", "In a single choice one weight is 1 and the others are 0 or less than 1."
        )
    return SingleChoice(**common, choices=choices)


def _read_multi(found: Mapping[str, Item], common: Mapping[str, Any]) -> Question:
    choices = _read_choices(found["choices"])
    weights = [choice.weight for choice in choices]
    total = sum(weight for weight in weights if weight > 0)
    if total != 1:
        found["choices"].refuse("bad_weights", f"The positive weights sum to {total}, not to 1.")
    if min(weights) < -1:
        found["choices"].refuse("bad_weights", "No weight is below -1.")
    return MultiChoice(**common, choices=choices)


def _read_true_false(found: Mapping[str, Item], common: Mapping[str, Any]) -> Question:
    return TrueFalse(
        **common,
        is_true=found["answer"].flag(),
        why_true=read_text(found["why_true"]),
        why_false=read_text(found["why_false"]),
    )


def _read_numeric(found: Mapping[str, Item], common: Mapping[str, Any]) -> Question:
    question = Numeric(
        **common,
        value=found["value"].ratio(),
        tolerance=found["tolerance"].ratio(),
        unit=read_text(found["unit"]),
        slips=tuple(_read_slip(entry) for entry in found["slips"].items()),
    )
    if question.tolerance < 0:
        found["tolerance"].refuse("bad_tolerance", "A tolerance is 0 or more.")
    if any(abs(slip.value - question.value) <= question.tolerance for slip in question.slips):
        found["slips"].refuse("right_slip", "A slip lies within the tolerance of the answer.")
    return question


def _read_slip(item: Item) -> Slip:
    found = item.block("value", "why")
    return Slip(value=found["value"].ratio(), why=read_text(found["why"]))


READERS: dict[str, Callable[[Mapping[str, Item], Mapping[str, Any]], Question]] = {
    "single": _read_single,
    "multi": _read_multi,
    "truefalse": _read_true_false,
    "numeric": _read_numeric,
}
