"""The answers of each kind of question in Moodle XML."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from curriculum.exchange.entries import (
    GRADING,
    ChoiceAnswer,
    ChoiceEntry,
    Entry,
    MatchEntry,
    MatchPair,
    NumberAnswer,
    NumberEntry,
    OrderEntry,
    Overall,
    ShortAnswer,
    ShortEntry,
    TrueFalseEntry,
    Unit,
    Words,
)
from curriculum.exchange.numbers import nearest_grade, read_number
from curriculum.exchange.reporting import Dropped, Passage, short
from curriculum.exchange.xml_parts import is_on, own_text, setting, weight_of, words_in

Common = dict[str, Any]
OVERALL = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
NOTHING = Fraction(0)


def _format(common: Common) -> str:
    """The markup that a text of the question has where it names none."""
    stem: Words = common["stem"]
    return stem.format if stem.text else "html"


def _overall(element: Element, common: Common, passage: Passage) -> Overall:
    found = [words_in(element, name, _format(common), passage) for name in OVERALL]
    return Overall(right=found[0], partly=found[1], wrong=found[2])


def _choices(element: Element, common: Common, passage: Passage) -> Entry:
    answers = []
    for answer in element.findall("answer"):
        text = words_in(answer, None, _format(common), passage)
        feedback = words_in(answer, "feedback", _format(common), passage)
        if text.text:
            each = ChoiceAnswer(text=text, weight=weight_of(answer), feedback=feedback)
            answers.append(each)
        else:
            passage.note("blank_answer")
    return ChoiceEntry(
        **common,
        is_single=is_on(setting(element, "single", "true")),
        shuffles=is_on(setting(element, "shuffleanswers", "false")),
        answers=tuple(answers),
        overall=_overall(element, common, passage),
    )


def _true_false(element: Element, common: Common, passage: Passage) -> Entry:
    """Answers are named `true` and `false`; where old files name them otherwise, true is first."""
    answers = element.findall("answer")
    if len(answers) != 2:  # noqa: PLR2004 - one for true, one for false
        raise Dropped("too_few_answers", count=len(answers), least=2)
    if {own_text(answer) for answer in answers} != {"true", "false"}:
        passage.note("unordered_answers")
    elif own_text(answers[0]) == "false":
        answers.reverse()
    when_true, when_false = (
        words_in(answer, "feedback", _format(common), passage) for answer in answers
    )
    rights = [weight_of(answer) == 1 for answer in answers]
    if rights[0] == rights[1]:
        raise Dropped("two_right", count=sum(rights))
    return TrueFalseEntry(**common, is_true=rights[0], when_true=when_true, when_false=when_false)


def _short(element: Element, common: Common, passage: Passage) -> Entry:
    answers = []
    for answer in element.findall("answer"):
        feedback = words_in(answer, "feedback", _format(common), passage)
        text = words_in(answer, None, "plain", passage).text
        if text:
            each = ShortAnswer(text=text, weight=weight_of(answer), feedback=feedback)
            answers.append(each)
        else:
            passage.note("blank_answer")
    minds_case = is_on(setting(element, "usecase", "0"))
    return ShortEntry(**common, answers=tuple(answers), minds_case=minds_case)


def _numbers(element: Element, common: Common, passage: Passage) -> Entry:
    answers = [_answer(answer, common, passage) for answer in element.findall("answer")]
    units = [
        Unit(
            name=setting(unit, "unit_name", ""),
            multiplier=_number(setting(unit, "multiplier", "1")),
        )
        for unit in element.findall("units/unit")
    ]
    return NumberEntry(**common, answers=tuple(answers), units=tuple(units))


def _answer(answer: Element, common: Common, passage: Passage) -> NumberAnswer:
    """A blank answer or a star stands for any number; a fraction of its own is from old files."""
    written = own_text(answer)
    old = answer.find("fraction")
    weight = weight_of(answer) if old is None else nearest_grade(_number(own_text(old)))
    is_any = written in {"*", ""}
    tolerance = setting(answer, "tolerance", "0") or "0"
    return NumberAnswer(
        value=None if is_any else _number(written),
        tolerance=NOTHING if is_any else abs(_number(tolerance)),
        weight=weight,
        feedback=words_in(answer, "feedback", _format(common), passage),
    )


def _number(written: str) -> Fraction:
    number = read_number(written)
    if number is None:
        raise Dropped("bad_number", text=short(written))
    return number


def _match(element: Element, common: Common, passage: Passage) -> Entry:
    pairs = []
    for part in element.findall("subquestion"):
        left = words_in(part, None, _format(common), passage)
        right = own_text(part, "answer")
        if right:
            pairs.append(MatchPair(left=left, right=right))
        else:
            passage.note("blank_answer")
    return MatchEntry(
        **common,
        pairs=tuple(pairs),
        shuffles=is_on(setting(element, "shuffleanswers", "1")),
        overall=_overall(element, common, passage),
    )


def _order(element: Element, common: Common, passage: Passage) -> Entry:
    """The items stand in the right order, whatever their fractions say."""
    items = []
    for answer in element.findall("answer"):
        text = words_in(answer, None, _format(common), passage)
        if words_in(answer, "feedback", _format(common), passage).text:
            passage.note("whys_lost", count=1)
        items += [text] if text.text else []
    count = setting(element, "selectcount", str(len(items)))
    if setting(element, "selecttype", "RANDOM") != "ALL" and count != str(len(items)):
        passage.note("setting_lost", name="selectcount", value=short(count))
    return OrderEntry(
        **common,
        items=tuple(items),
        grading=setting(element, "gradingtype", "RELATIVE").upper() or GRADING,
        overall=_overall(element, common, passage),
    )


Reader = Callable[[Element, Common, Passage], Entry]
_CHOICE = {"answer", "single", "shuffleanswers", *OVERALL}
_MATCH = {"subquestion", "shuffleanswers", *OVERALL}
READERS: dict[str, tuple[set[str], Reader]] = {
    "multichoice": (_CHOICE, _choices),
    "truefalse": ({"answer"}, _true_false),
    "shortanswer": ({"answer", "usecase"}, _short),
    "numerical": ({"answer", "units"}, _numbers),
    "matching": (_MATCH, _match),
    "match": (_MATCH, _match),
    "ordering": ({"answer", "gradingtype", "selectcount", *OVERALL}, _order),
}
