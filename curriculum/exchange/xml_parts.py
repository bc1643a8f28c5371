"""Pieces of Moodle XML: a text with its markup, a setting, a weight."""

from fractions import Fraction
from xml.etree.ElementTree import Element

from curriculum.exchange.entries import Words, tidy
from curriculum.exchange.numbers import read_percent
from curriculum.exchange.reporting import Dropped, Passage, short

FORMAT_BY_NAME = {
    "moodle_auto_format": "moodle",
    "html": "html",
    "plain_text": "plain",
    "wiki_like": "wiki",
    "markdown": "markdown",
}
NAME_BY_FORMAT = {format: name for name, format in FORMAT_BY_NAME.items()}


def own_text(element: Element, name: str | None = None) -> str:
    """The words of `<name><text>…</text></name>`, or of `<name>…</name>`; blank where none."""
    part = element if name is None else element.find(name)
    if part is None:
        return ""
    text = part.find("text")
    return tidy((part if text is None else text).text or "")


def words_in(element: Element, name: str | None, default: str, passage: Passage) -> Words:
    """A text and its markup. Raises Dropped where the markup is not wrapped into the text."""
    part = element if name is None else element.find(name)
    if part is None:
        return Words()
    for file in part.findall("file"):
        passage.note("file_lost", name=short(file.get("name", "?")))
    text = part.find("text")
    if text is None:
        return Words()
    if len(text):
        raise Dropped("bad_markup")
    format = FORMAT_BY_NAME.get(part.get("format", "").strip(), "")
    return Words(text.text or "", format or (default if "format" not in part.attrib else "html"))


def setting(element: Element, name: str, usual: str) -> str:
    part = element.find(name)
    return usual if part is None else tidy(part.text or "")


def is_on(written: str) -> bool:
    """As Moodle takes it: everything is on but `false`, `0` and nothing."""
    return written not in {"false", "0", ""}


def weight_of(answer: Element) -> Fraction:
    written = answer.get("fraction", "0").strip()
    weight = read_percent(written)
    if weight is None:
        raise Dropped("bad_weight", text=short(written))
    return weight
