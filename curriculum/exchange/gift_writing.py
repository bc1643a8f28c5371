"""GIFT, written so that Moodle and this package read the same question again."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from curriculum.exchange.entries import (
    GRADING,
    NO_OVERALL,
    USUAL,
    ChoiceEntry,
    DescriptionEntry,
    Entry,
    EssayEntry,
    MatchEntry,
    NumberAnswer,
    NumberEntry,
    OrderEntry,
    ShortEntry,
    TrueFalseEntry,
    Words,
)
from curriculum.exchange.gift_answers import GRADINGS
from curriculum.exchange.gift_text import NAMED, escape, write_labels, write_words
from curriculum.exchange.numbers import decimal, is_exact, is_listed, percent, read_percent
from curriculum.exchange.reporting import Dropped, Passage, short, write_each
from curriculum.exchange.wholeness import require_whole

CATEGORY = "$CATEGORY: "
ARROW = "->"
UNHELD_ITEM = re.compile(r"[{}\n]|####|\A//|\A0?\Z")


def write_gift(passages: list[Passage]) -> str:
    """Write the questions that GIFT can hold; what it cannot is noted or dropped."""
    category = ""
    blocks: list[str] = []
    for entry_category, block in write_each(passages, _block):
        if entry_category != category:
            category = entry_category
            blocks.append(f"{CATEGORY}{category}\n".replace(" \n", "\n"))
        blocks.append(block)
    return "\n".join(blocks)


def _block(entry: Entry, passage: Passage) -> tuple[str, str]:
    own = OWN.get(type(entry))
    require_whole(entry)
    format = entry.stem.format if entry.stem.format in NAMED else USUAL
    answers = "" if own is None else f"{{{own(entry, format, passage)}}}"
    labels = write_labels(entry.id, entry.tags, passage)
    _note_losses(entry, passage)
    stem = write_words(entry.stem, USUAL, passage)
    return _category(entry.category), f"{labels}::{escape(entry.name)}::{stem}{answers}\n"


def _category(category: str) -> str:
    """Moodle undoes only the escape of the backslash in a category."""
    return category.replace("\\", "\\\\")


def _note_losses(entry: Entry, passage: Passage) -> None:
    if entry.points != entry.usual_points:
        passage.note("points_lost", points=decimal(entry.points))
    if entry.penalty != entry.usual_penalty:
        passage.note("penalty_lost", penalty=decimal(entry.penalty, 7))
    if entry.hints:
        passage.note("hints_lost", count=len(entry.hints))
    if isinstance(entry, DescriptionEntry) and entry.feedback.text:
        passage.note("feedback_lost")
    if isinstance(entry, ChoiceEntry | MatchEntry | OrderEntry) and entry.overall != NO_OVERALL:
        passage.note("overall_lost")
    if isinstance(entry, ChoiceEntry | MatchEntry) and not entry.shuffles:
        passage.note("order_lost")


def _feedback(feedback: Words, format: str, passage: Passage) -> str:
    written = write_words(feedback, format, passage)
    return f"#{written}" if written else ""


def _lines(lines: list[str], entry: Entry, format: str, passage: Passage, *, head: str = "") -> str:
    """Set answers a line each, and the general feedback last."""
    general = write_words(entry.feedback, format, passage)
    every = [*lines, *([f"####{general}"] if general else [])]
    return head + "\n" + "".join(f"\t{line}\n" for line in every)


def _weight(weight: Fraction, passage: Passage) -> str:
    written = percent(weight)
    if read_percent(written) != weight:
        passage.note("weight_rounded", percent=written)
    if not is_listed(weight):
        passage.note("weight_unlisted", percent=written)
    return f"%{written}%"


def _choices(entry: ChoiceEntry, format: str, passage: Passage) -> str:
    """Mark the first wholly right answer of a single choice by `=`: it makes the choice one."""
    weights = [answer.weight for answer in entry.answers]
    if entry.is_single and 1 not in weights:
        raise Dropped("no_full_answer")
    right = weights.index(Fraction(1)) if entry.is_single else None
    lines = []
    for place, answer in enumerate(entry.answers):
        text = write_words(answer.text, format, passage)
        is_plain = not answer.weight and not text.startswith("%")
        weight = "" if is_plain else _weight(answer.weight, passage)
        mark = "=" if place == right else f"~{weight}"
        lines.append(mark + text + _feedback(answer.feedback, format, passage))
    return _lines(lines, entry, format, passage)


def _true_false(entry: TrueFalseEntry, format: str, passage: Passage) -> str:
    right, wrong = entry.when_true, entry.when_false
    if not entry.is_true:
        right, wrong = wrong, right
    when_right = _feedback(right, format, passage)
    when_wrong = _feedback(wrong, format, passage) or ("#" if when_right else "")
    general = write_words(entry.feedback, format, passage)
    said = "TRUE" if entry.is_true else "FALSE"
    return said + when_wrong + when_right + (f"####{general}" if general else "")


def _short(entry: ShortEntry, format: str, passage: Passage) -> str:
    if entry.minds_case:
        passage.note("case_lost")
    lines = []
    for answer in entry.answers:
        if ARROW in answer.text:
            raise Dropped("arrow_answer", text=short(answer.text))
        text = ("[moodle]" if answer.text.startswith("[") else "") + escape(answer.text)
        feedback = _feedback(_without_arrow(answer.feedback, passage), format, passage)
        lines.append(f"={_weight(answer.weight, passage)}{text}{feedback}")
    return _lines(lines, entry, format, passage)


def _without_arrow(text: Words, passage: Passage) -> Words:
    if ARROW not in text.text:
        return text
    passage.note("arrow_changed")
    return Words(text.text.replace(ARROW, "→"), text.format)


def _numbers(entry: NumberEntry, format: str, passage: Passage) -> str:
    if entry.units:
        passage.note("units_lost", names=", ".join(unit.name for unit in entry.units))
    lines = []
    for place, answer in enumerate(entry.answers, start=1):
        feedback = _feedback(answer.feedback, format, passage)
        is_rest = answer.value is None and not answer.weight and place == len(entry.answers)
        lines.append(f"~{feedback}" if is_rest else _number(answer, passage) + feedback)
    return _lines(lines, entry, format, passage, head="#")


def _number(answer: NumberAnswer, passage: Passage) -> str:
    weight = _weight(answer.weight, passage)
    if answer.value is None:
        return f"={weight}*"
    return f"={weight}{exact(answer.value, passage)}:{exact(answer.tolerance, passage)}"


def exact(value: Fraction, passage: Passage) -> str:
    """Write a number, noting where it had to be rounded."""
    written = decimal(value)
    if not is_exact(value):
        passage.note("number_rounded", number=written)
    return written


def _match(entry: MatchEntry, format: str, passage: Passage) -> str:
    lines = []
    for pair in entry.pairs:
        left = write_words(_without_arrow(pair.left, passage), format, passage)
        lines.append(f"={left} -> {escape(pair.right)}")
    return _lines(lines, entry, format, passage)


def _order(entry: OrderEntry, format: str, passage: Passage) -> str:
    """Write the items raw: Moodle reads them without undoing any escape but the backslash's."""
    for item in entry.items:
        if UNHELD_ITEM.search(item.text):
            raise Dropped("item_text", text=short(item.text))
        if item.format != USUAL:
            passage.note("item_markup")
    grading = entry.grading
    if grading not in GRADINGS:
        passage.note("setting_lost", name="grading", value=grading)
        grading = GRADING
    head = f">{len(entry.items)} ALL VERTICAL {grading} SHOW none"
    lines = [item.text.replace("\\", "\\\\") for item in entry.items]
    return _lines(lines, entry, format, passage, head=head)


def _essay(entry: EssayEntry, format: str, passage: Passage) -> str:
    general = write_words(entry.feedback, format, passage)
    return f"####{general}" if general else ""


OWN: dict[type[Entry], Callable[[Any, str, Passage], str]] = {
    ChoiceEntry: _choices,
    TrueFalseEntry: _true_false,
    ShortEntry: _short,
    NumberEntry: _numbers,
    MatchEntry: _match,
    OrderEntry: _order,
    EssayEntry: _essay,
}
