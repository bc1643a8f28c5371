"""Questions written as a bank in strict YAML, one choice a line, as `curriculum.bank` reads it."""

import json
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

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
from curriculum.texts import Text

ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
"""What JSON leaves as it is and YAML would not, or would take for the end of a line."""
PLAIN = re.compile(r"(?!(?:true|false|null|yes|no|on|off|y|n)\Z)[a-z]+(?:-[a-z0-9]+)*")
"""An id that is a text to YAML without quotes."""


def write_bank(questions: Sequence[Question]) -> str:
    return "\n".join(_block(question) for question in questions)


def type_name(question: Question) -> str:
    return OWN[type(question)][0]


def _block(question: Question) -> str:
    type_, own = OWN[type(question)]
    sources = ", ".join(
        _flow({"doc": source.document.id, "clause": _quoted(source.clause)})
        for source in question.sources
    )
    reviewer = [f"reviewer: {_quoted(question.reviewer)}"] if question.reviewer else []
    lines = [
        f"- id: {_quoted(question.id)}",
        f"version: {question.version}",
        f"status: {question.status}",
        f"type: {type_}",
        f"topic: {_quoted(question.topic)}",
        f"lesson: {_quoted(question.lesson_id)}",
        f"outcomes: [{', '.join(map(_quoted, question.outcomes))}]",
        f"mark: {question.points}",
        f"confidence: {_flag(question.asks_confidence)}",
        f"stem:{_text(question.stem)}",
        *own(question),
        f"explanation:{_text(question.explanation)}",
        f"sources: [{sources}]",
        f"reviewed_on: {question.reviewed_on}",
        f"review_by: {question.review_by}",
        *reviewer,
    ]
    return "\n  ".join(lines) + "\n"


def _quoted(name: str) -> str:
    """Write an id bare where YAML takes it for a text, else in quotes."""
    return name if PLAIN.fullmatch(name) else _string(name)


def _text(text: Text) -> str:
    """Write both languages on lines of their own."""
    return f"\n    ja: {_string(text.ja)}\n    en: {_string(text.en)}"


def _string(text: str) -> str:
    return ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _both(text: Text) -> str:
    return _flow({"ja": _string(text.ja), "en": _string(text.en)})


def _flow(pairs: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in pairs.items()) + "}"


def _flag(is_so: bool) -> str:
    return "true" if is_so else "false"


def _ratio(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f'"{value}"'


def _list(name: str, items: Sequence[dict[str, str]]) -> list[str]:
    if not items:
        return [f"{name}: []"]
    return [f"{name}:", *(f"  - {_flow(item)}" for item in items)]


def _choices(question: SingleChoice | MultiChoice) -> list[str]:
    return _list(
        "choices",
        [
            {
                "id": _quoted(choice.id),
                "weight": _ratio(choice.weight),
                "text": _both(choice.text),
                "why": _both(choice.why),
            }
            for choice in question.choices
        ],
    )


def _true_false(question: TrueFalse) -> list[str]:
    return [
        f"answer: {_flag(question.is_true)}",
        f"why_true:{_text(question.why_true)}",
        f"why_false:{_text(question.why_false)}",
    ]


def _number(question: Numeric) -> list[str]:
    slips = [{"value": _ratio(s.value), "why": _both(s.why)} for s in question.slips]
    return [
        f"value: {_ratio(question.value)}",
        f"tolerance: {_ratio(question.tolerance)}",
        f"unit: {_both(question.unit)}",
        *_list("slips", slips),
    ]


def _short(question: ShortAnswer) -> list[str]:
    return [
        *_list("answers", [_word(word, has_weight=True) for word in question.answers]),
        *_list("slips", [_word(word, has_weight=False) for word in question.slips]),
    ]


def _word(word: Word, *, has_weight: bool) -> dict[str, str]:
    ja, en = (", ".join(map(_string, variants)) for variants in (word.ja, word.en))
    return {
        "id": _quoted(word.id),
        **({"weight": _ratio(word.weight)} if has_weight else {}),
        "variants": _flow({"ja": f"[{ja}]", "en": f"[{en}]"}),
        "why": _both(word.why),
    }


def _match(question: Matching) -> list[str]:
    pairs = [
        {
            "id": _quoted(pair.id),
            "left": _both(pair.left),
            "right": _both(pair.right),
            "why": _both(pair.why),
        }
        for pair in question.pairs
    ]
    decoys = [
        {"id": _quoted(each.id), "right": _both(each.right), "why": _both(each.why)}
        for each in question.decoys
    ]
    return [*_list("pairs", pairs), *_list("decoys", decoys)]


def _order(question: Ordering) -> list[str]:
    items = [
        {"id": _quoted(item.id), "text": _both(item.text), "why": _both(item.why)}
        for item in question.items
    ]
    return _list("items", items)


OWN: dict[type[Question], tuple[str, Callable[[Any], list[str]]]] = {
    SingleChoice: ("single", _choices),
    MultiChoice: ("multi", _choices),
    TrueFalse: ("truefalse", _true_false),
    Numeric: ("numeric", _number),
    ShortAnswer: ("short", _short),
    Matching: ("match", _match),
    Ordering: ("order", _order),
}
