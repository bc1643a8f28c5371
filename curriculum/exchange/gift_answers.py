"""What stands between GIFT's braces: the kind of question that it makes, and its answers."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from curriculum.exchange.entries import (
    EDGES,
    GRADING,
    ChoiceAnswer,
    ChoiceEntry,
    Entry,
    EssayEntry,
    MatchEntry,
    MatchPair,
    NumberAnswer,
    NumberEntry,
    OrderEntry,
    ShortAnswer,
    ShortEntry,
    TrueFalseEntry,
    Words,
)
from curriculum.exchange.gift_text import show, words
from curriculum.exchange.numbers import read_number, read_percent
from curriculum.exchange.reporting import Dropped, Passage, short

WEIGHT = re.compile(r"%(-*[0-9]{1,2}\.?[0-9]*)%")
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")
ANYTHING = "*"
NOTHING, WHOLE = Fraction(0), Fraction(1)
GRADINGS = (
    "ALL_OR_NOTHING", "ABSOLUTE_POSITION", "ABSOLUTE", "ABS", "RELATIVE_NEXT_EXCLUDE_LAST",
    "RELATIVE_NEXT_INCLUDE_LAST", "RELATIVE_ONE_PREVIOUS_AND_NEXT",
    "RELATIVE_ALL_PREVIOUS_AND_NEXT", "RELATIVE_TO_CORRECT", "LONGEST_ORDERED_SUBSET",
    "LONGEST_CONTIGUOUS_SUBSET", "RELATIVE", "REL",
)  # fmt: skip
ORDERING = re.compile(
    r">\s*(?P<count>[0-9]+)\s*(?P<choice>ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?\s*"
    r"(?P<layout>HORIZONTAL|HORI|H|1|VERTICAL|VERT|V|0)?\s*"
    rf"(?P<grading>{'|'.join(GRADINGS)})?\s*"
    r"(?P<details>SHOW|TRUE|YES|1|HIDE|FALSE|NO|0)?\s*"
    r"(?P<style>none|123|abc|ABCD|iii|IIII)?"
)
Reader = Callable[[str, Mapping[str, Any], str, Passage], Entry]
USUAL_ORDERING = {"choice": "ALL", "layout": "VERTICAL", "details": "SHOW", "style": "none"}


def read_answers(answers: str, common: Mapping[str, Any], format: str, passage: Passage) -> Entry:
    """Tell the kind by the marks that stand in it, in Moodle's order of asking."""
    read = _reader(answers)
    return EssayEntry(**common) if read is None else read(answers, common, format, passage)


def _reader(answers: str) -> Reader | None:
    first = answers.partition("#")[0].strip(EDGES)
    rules: tuple[tuple[bool, Reader | None], ...] = (
        (not answers, None),
        (ORDERING.match(answers) is not None, _order),
        (answers.startswith("#"), _numbers),
        ("~" in answers, _choices),
        ("=" in answers and "->" in answers, _match),
        (first in TRUE + FALSE, _true_false),
        (True, _short),
    )
    return next(reader for holds, reader in rules if holds)


def _split(answers: str, mark: str, passage: Passage, *, least: int) -> list[str]:
    parts = [part.strip(EDGES) for part in answers.split(mark)]
    parts = parts[1:] if not parts[0] else parts
    if not all(parts):
        passage.note("blank_answer")
    whole = [part for part in parts if part]
    if len(whole) < least:
        raise Dropped("too_few_answers", count=len(whole), least=least)
    return whole


def _weighed(answer: str, usual: Fraction) -> tuple[Fraction, str]:
    found = WEIGHT.match(answer)
    if found is None:
        return usual, answer
    weight = read_percent(found[1])
    if weight is None:
        raise Dropped("bad_weight", text=short(found[1]))
    return weight, answer[found.end() :]


def _commented(answer: str, format: str) -> tuple[Words, Words]:
    text, _, feedback = answer.partition("#")
    return words(text.strip(EDGES), format), words(feedback.strip(EDGES), format)


def _choices(answers: str, common: Mapping[str, Any], format: str, passage: Passage) -> ChoiceEntry:
    """Read a choice; without any `=` several answers may be chosen."""
    found = []
    for part in _split(answers.replace("=", "~="), "~", passage, least=2):
        is_right = part.startswith("=")
        weight, answer = (WHOLE, part[1:]) if is_right else _weighed(part, NOTHING)
        text, feedback = _commented(answer, format)
        if text.text:
            found.append(ChoiceAnswer(text=text, weight=weight, feedback=feedback))
        else:
            passage.note("blank_answer")
    return ChoiceEntry(**common, is_single="=" in answers, answers=tuple(found))


def _match(answers: str, common: Mapping[str, Any], format: str, passage: Passage) -> MatchEntry:
    pairs = []
    for part in _split(answers, "=", passage, least=2):
        left, arrow, right = part.partition("->")
        if not arrow:
            raise Dropped("no_arrow", text=short(show(part)))
        pair = MatchPair(left=words(left, format), right=show(right.strip(EDGES)))
        if pair.right:
            pairs.append(pair)
        else:
            passage.note("blank_answer")
    return MatchEntry(**common, pairs=tuple(pairs))


def _true_false(answers: str, common: Mapping[str, Any], format: str, _: Passage) -> TrueFalseEntry:
    """The first comment is for whoever is wrong, the second for whoever is right."""
    said, wrong, right = (*answers.split("#", 2), "", "")[:3]
    when_wrong, when_right = words(wrong.strip(EDGES), format), words(right.strip(EDGES), format)
    is_true = said.strip(EDGES) in TRUE
    return TrueFalseEntry(
        **common,
        is_true=is_true,
        when_true=when_right if is_true else when_wrong,
        when_false=when_wrong if is_true else when_right,
    )


def _short(answers: str, common: Mapping[str, Any], format: str, passage: Passage) -> ShortEntry:
    found = []
    for part in _split(answers, "=", passage, least=1):
        weight, answer = _weighed(part, WHOLE)
        text, feedback = _commented(answer, format)
        if text.text:
            found.append(ShortAnswer(text=text.text, weight=weight, feedback=feedback))
        else:
            passage.note("blank_answer")
    return ShortEntry(**common, answers=tuple(found))


def _numbers(answers: str, common: Mapping[str, Any], format: str, passage: Passage) -> NumberEntry:
    """Read numbers; what stands behind a `~` is said of every other number."""
    right, others, wrong = answers.removeprefix("#").partition("~")
    found = []
    for part in _split(right, "=", passage, least=1):
        weight, answer = _weighed(part, WHOLE)
        text, feedback = _commented(answer, format)
        value, tolerance = _value(text.text)
        found.append(
            NumberAnswer(value=value, tolerance=tolerance, weight=weight, feedback=feedback)
        )
    if others:
        _, feedback = _commented(wrong, format)
        found.append(NumberAnswer(value=None, tolerance=NOTHING, weight=NOTHING, feedback=feedback))
    return NumberEntry(**common, answers=tuple(found))


def _value(text: str) -> tuple[Fraction | None, Fraction]:
    """Read `1822`, `1822:5`, `1817..1827`, or a star for any number."""
    if text == ANYTHING:
        return None, NOTHING
    low, dots, high = text.partition("..")
    if dots and low:
        least, most = _number(low), _number(high)
        if most < least:
            raise Dropped("bad_range", text=short(text))
        return Fraction(least + most, 2), Fraction(most - least, 2)
    value, colon, tolerance = text.partition(":")
    about = _number(tolerance) if colon and value else NOTHING
    if about < 0:
        raise Dropped("bad_number", text=short(tolerance))
    return _number(value if colon and value else text), about


def _number(text: str) -> Fraction:
    number = read_number(text.strip(EDGES))
    if number is None:
        raise Dropped("bad_number", text=short(text))
    return number


def _order(answers: str, common: Mapping[str, Any], _: str, passage: Passage) -> OrderEntry:
    """Read Moodle's ordering questions: how to show and mark them, then an item a line."""
    head = ORDERING.match(answers)
    assert head is not None
    lines = answers[head.end() :].strip(EDGES).split("\n")
    items = tuple(Words(show(line)) for line in lines if line.strip(EDGES))
    for name, usual in USUAL_ORDERING.items():
        if head[name] not in {usual, None}:
            passage.note("setting_lost", name=name, value=head[name])
    return OrderEntry(**common, items=items, grading=head["grading"] or GRADING)
