"""Moodle XML, read as Moodle reads it; what has no place here is reported by its name."""

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from curriculum.exchange.entries import (
    DescriptionEntry,
    Entry,
    EssayEntry,
    Words,
    tidy,
)
from curriculum.exchange.numbers import nearest_grade, read_number
from curriculum.exchange.reporting import Dropped, Passage, short
from curriculum.exchange.wholeness import require_whole
from curriculum.exchange.xml_answers import READERS
from curriculum.exchange.xml_parts import own_text, setting, words_in

COMMON = {
    "name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "idnumber", "tags",
    "hint",
}  # fmt: skip
USUAL_SETTINGS: Mapping[str, tuple[str, ...]] = {
    "hidden": ("0",),
    "answernumbering": ("abc",),
    "showstandardinstruction": ("0", "1"),
    "shownumcorrect": ("", "0", "1"),
    "unitgradingtype": ("0",),
    "unitpenalty": ("0.1", "0.1000000"),
    "showunits": ("0", "3"),
    "unitsleft": ("0",),
    "layouttype": ("VERTICAL",),
    "selecttype": ("ALL",),
    "showgrading": ("SHOW",),
    "numberingstyle": ("none",),
    "responseformat": ("editor",),
    "responserequired": ("1",),
    "responsefieldlines": ("15",),
    "attachments": ("0",),
    "attachmentsrequired": ("0",),
    "maxbytes": ("0",),
}
"""What Moodle sets by itself: saying it again says nothing."""


def read_xml(root: Element) -> list[Passage]:
    """Read every question of a quiz; one that cannot be read is dropped with its reason."""
    passages: list[Passage] = []
    category = ""
    for element in root.findall("question"):
        kind = element.get("type", "")
        if kind == "category":
            category = own_text(element, "category")
        else:
            passages.append(_question(len(passages) + 1, kind, element, category))
    return passages


def _question(number: int, kind: str, element: Element, category: str) -> Passage:
    name = own_text(element, "name") or own_text(element, "idnumber")
    passage = Passage(number=number, name=name, kind=kind)

    def read() -> Entry:
        return require_whole(_entry(kind, element, category, passage))

    passage.entry = passage.attempt(read)
    if passage.entry is not None:
        passage.kind = passage.entry.kind
    return passage


def _entry(kind: str, element: Element, category: str, passage: Passage) -> Entry:
    if kind not in KINDS:
        raise Dropped("unknown_kind", kind=short(kind) or "?")
    held, read = KINDS[kind]
    common = _common(element, category, passage)
    entry = read(element, common, passage)
    _note_settings(element, COMMON | held, passage)
    return entry


def _common(element: Element, category: str, passage: Passage) -> dict[str, Any]:
    stem = words_in(element, "questiontext", "html", passage)
    format = stem.format if stem.text else "html"
    common: dict[str, Any] = {
        "id": own_text(element, "idnumber"),
        "name": own_text(element, "name"),
        "category": category,
        "stem": stem,
        "feedback": words_in(element, "generalfeedback", format, passage),
        "tags": tuple(filter(None, (own_text(tag) for tag in element.findall("tags/tag")))),
        "hints": tuple(_hints(element, format, passage)),
    }
    points, penalty = (_number(element, name) for name in ("defaultgrade", "penalty"))
    common |= {} if points is None else {"points": points}
    return common | ({} if penalty is None else {"penalty": nearest_grade(penalty)})


def _number(element: Element, name: str) -> Any:
    written = setting(element, name, "")
    if not written:
        return None
    number = read_number(written)
    if number is None or number < 0:
        raise Dropped("bad_number", text=short(written))
    return number


def _hints(element: Element, format: str, passage: Passage) -> list[Words]:
    hints = []
    for hint in element.findall("hint"):
        text = words_in(hint, "hintcontent", format, passage)
        hints.append(text if text.text else words_in(hint, None, format, passage))
        for part in hint:
            if part.tag in {"shownumcorrect", "clearwrong", "options"}:
                value = tidy(part.text or "") or "1"
                passage.note("setting_lost", name=part.tag, value=short(value))
    return [hint for hint in hints if hint.text]


def _note_settings(element: Element, held: set[str], passage: Passage) -> None:
    """Whatever else a question says, and Moodle would not say by itself, is reported."""
    for part in element:
        value = tidy("".join(part.itertext()))
        usual = USUAL_SETTINGS.get(part.tag, ())
        if part.tag not in held and value not in {"", *usual}:
            passage.note("setting_lost", name=short(str(part.tag)), value=short(value))


Reader = Callable[[Element, dict[str, Any], Passage], Entry]
KINDS: dict[str, tuple[set[str], Reader]] = {
    **READERS,
    "essay": (set(), lambda _, common, __: EssayEntry(**common)),
    "description": (set(), lambda _, common, __: DescriptionEntry(**common)),
}
