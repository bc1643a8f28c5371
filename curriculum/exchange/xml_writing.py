"""Moodle XML, with everything that Moodle's own export would say of the question."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

from curriculum.exchange.entries import (
    ChoiceEntry,
    Entry,
    MatchEntry,
    NumberEntry,
    OrderEntry,
    Overall,
    ShortEntry,
    TrueFalseEntry,
    Words,
)
from curriculum.exchange.gift_writing import exact
from curriculum.exchange.numbers import (
    decimal,
    is_listed,
    nearest_grade,
    percent,
    read_number,
    read_percent,
)
from curriculum.exchange.reporting import Passage, write_each
from curriculum.exchange.wholeness import require_whole
from curriculum.exchange.xml_answers import OVERALL
from curriculum.exchange.xml_parts import NAME_BY_FORMAT

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
USUAL_PLACES = 7


def write_xml(passages: list[Passage]) -> str:
    root = ET.Element("quiz")
    category = ""
    for entry_category, element in write_each(passages, _question):
        if entry_category != category:
            category = entry_category
            switch = ET.SubElement(root, "question", type="category")
            _text(ET.SubElement(switch, "category"), category)
        root.append(element)
    ET.indent(root)
    return HEAD + ET.tostring(root, encoding="unicode") + "\n"


def _question(entry: Entry, passage: Passage) -> tuple[str, ET.Element]:
    require_whole(entry)
    element = ET.Element("question", type=entry.kind)
    _text(ET.SubElement(element, "name"), entry.name)
    _words(element, "questiontext", entry.stem)
    _words(element, "generalfeedback", entry.feedback)
    _set(element, "defaultgrade", exact(entry.points, passage))
    _set(element, "penalty", _penalty(entry.penalty, passage))
    _set(element, "hidden", "0")
    _set(element, "idnumber", entry.id)
    own = OWN.get(type(entry))
    if own is not None:
        own(element, entry, passage)
    for hint in entry.hints:
        _words(element, "hint", hint)
    if entry.tags:
        tags = ET.SubElement(element, "tags")
        for tag in entry.tags:
            _text(ET.SubElement(tags, "tag"), tag)
    return entry.category, element


def _penalty(penalty: Fraction, passage: Passage) -> str:
    written = decimal(penalty, USUAL_PLACES)
    if nearest_grade(read_number(written) or Fraction(0)) != penalty:
        passage.note("number_rounded", number=written)
    return written


def _text(element: ET.Element, text: str) -> None:
    ET.SubElement(element, "text").text = text


def _words(element: ET.Element, name: str, words: Words) -> ET.Element:
    part = ET.SubElement(element, name, format=NAME_BY_FORMAT[words.format])
    _text(part, words.text)
    return part


def _set(element: ET.Element, name: str, value: str) -> None:
    ET.SubElement(element, name).text = value


def _flag(is_so: bool) -> str:
    return "true" if is_so else "false"


def _answer(
    element: ET.Element, text: Words, feedback: Words, *, weight: Fraction, passage: Passage
) -> ET.Element:
    written = percent(weight)
    if read_percent(written) != weight:
        passage.note("weight_rounded", percent=written)
    if not is_listed(weight):
        passage.note("weight_unlisted", percent=written)
    answer = _words(element, "answer", text)
    answer.set("fraction", written)
    _words(answer, "feedback", feedback)
    return answer


def _overall(element: ET.Element, overall: Overall) -> None:
    for name, words in zip(OVERALL, (overall.right, overall.partly, overall.wrong), strict=True):
        _words(element, name, words)


def _choices(element: ET.Element, entry: ChoiceEntry, passage: Passage) -> None:
    _set(element, "single", _flag(entry.is_single))
    _set(element, "shuffleanswers", _flag(entry.shuffles))
    _set(element, "answernumbering", "abc")
    _overall(element, entry.overall)
    for each in entry.answers:
        _answer(element, each.text, each.feedback, weight=each.weight, passage=passage)


def _true_false(element: ET.Element, entry: TrueFalseEntry, passage: Passage) -> None:
    for name, feedback in (("true", entry.when_true), ("false", entry.when_false)):
        weight = Fraction(int((name == "true") is entry.is_true))
        _answer(element, Words(name), feedback, weight=weight, passage=passage)


def _short(element: ET.Element, entry: ShortEntry, passage: Passage) -> None:
    _set(element, "usecase", str(int(entry.minds_case)))
    for each in entry.answers:
        _answer(element, Words(each.text), each.feedback, weight=each.weight, passage=passage)


def _numbers(element: ET.Element, entry: NumberEntry, passage: Passage) -> None:
    for each in entry.answers:
        value = "*" if each.value is None else exact(each.value, passage)
        answer = _answer(element, Words(value), each.feedback, weight=each.weight, passage=passage)
        _set(answer, "tolerance", exact(each.tolerance, passage))
    if entry.units:
        units = ET.SubElement(element, "units")
        for unit in entry.units:
            part = ET.SubElement(units, "unit")
            _set(part, "multiplier", exact(unit.multiplier, passage))
            _set(part, "unit_name", unit.name)


def _match(element: ET.Element, entry: MatchEntry, _: Passage) -> None:
    _set(element, "shuffleanswers", _flag(entry.shuffles))
    _overall(element, entry.overall)
    for pair in entry.pairs:
        part = _words(element, "subquestion", pair.left)
        _text(ET.SubElement(part, "answer"), pair.right)


def _order(element: ET.Element, entry: OrderEntry, _: Passage) -> None:
    _set(element, "layouttype", "VERTICAL")
    _set(element, "selecttype", "ALL")
    _set(element, "selectcount", str(len(entry.items)))
    _set(element, "gradingtype", entry.grading)
    _set(element, "showgrading", "SHOW")
    _set(element, "numberingstyle", "none")
    _overall(element, entry.overall)
    for place, item in enumerate(entry.items, start=1):
        _words(element, "answer", item).set("fraction", str(place))


OWN: dict[type[Entry], Callable[[ET.Element, Any, Passage], None]] = {
    ChoiceEntry: _choices,
    TrueFalseEntry: _true_false,
    ShortEntry: _short,
    NumberEntry: _numbers,
    MatchEntry: _match,
    OrderEntry: _order,
}
