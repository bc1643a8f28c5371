"""What each type of question holds besides, read strictly."""

from collections.abc import Callable, Mapping
from typing import Any

from curriculum.arrangements import read_matching, read_ordering
from curriculum.blocks import Item
from curriculum.questions import (
    Choice,
    MultiChoice,
    Numeric,
    Question,
    SingleChoice,
    Slip,
    TrueFalse,
)
from curriculum.short_answers import read_short_answer
from curriculum.texts import read_text

OWN_KEYS = {
    "single": ("choices",),
    "multi": ("choices",),
    "truefalse": ("answer", "why_true", "why_false"),
    "numeric": ("value", "tolerance", "unit", "slips"),
    "short": ("answers", "slips"),
    "match": ("pairs", "decoys"),
    "order": ("items",),
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
    "short": read_short_answer,
    "match": read_matching,
    "order": read_ordering,
}
