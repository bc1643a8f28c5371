"""Question files as bytes: how large they may be, what they are read as, and what is refused."""

from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from curriculum.errors import BadContent
from curriculum.exchange.as_json import Unreadable, read_json, write_json
from curriculum.exchange.gift_reading import read_gift
from curriculum.exchange.gift_writing import write_gift
from curriculum.exchange.reporting import Passage
from curriculum.exchange.wholeness import CONTROL
from curriculum.exchange.xml_reading import read_xml
from curriculum.exchange.xml_writing import write_xml

LARGEST = 5_000_000
"""Bytes; a bank of ten modules has a tenth of that."""
GIFT, XML, JSON, YAML = ".gift", ".xml", ".json", ".yaml"
KINDS = {GIFT: GIFT, ".txt": GIFT, XML: XML, JSON: JSON, YAML: YAML, ".yml": YAML}
"""The format by suffix; Moodle's own GIFT ends in .txt."""
WRITERS: dict[str, Callable[[list[Passage]], str]] = {
    GIFT: write_gift, XML: write_xml, JSON: write_json,
}  # fmt: skip


def kind_of(path: Path) -> str:
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        listed = f"{GIFT}, {XML}, {YAML}, {JSON}"
        raise BadContent(path, 1, "unknown_suffix", f"A question file ends in one of {listed}.")
    return kind


def read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise _too_large(path)
        return path.read_bytes()
    except OSError:
        raise BadContent(path, 1, "no_file", "This file is missing or cannot be read.") from None


def text_of(path: Path, content: bytes) -> str:
    """Read bytes as UTF-8, with or without a mark. Raises BadContent."""
    if len(content) > LARGEST:
        raise _too_large(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        sentence = "This is not UTF-8 text; save it as UTF-8 (Shift_JIS and Windows-1252 are not)."
        raise BadContent(path, line, "not_utf8", sentence) from None
    found = CONTROL.search(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise BadContent(path, line, "control_mark", "A control character stands in this line.")
    return text


def _too_large(path: Path) -> BadContent:
    most = LARGEST // 1_000_000
    return BadContent(path, 1, "file_too_large", f"This file has more than {most} MB.")


def read_passages(path: Path, content: bytes) -> list[Passage]:
    """Read GIFT, Moodle XML or our JSON by the suffix. Raises BadContent, and nothing else."""
    kind = kind_of(path)
    if kind == YAML:
        raise BadContent(path, 1, "unknown_suffix", "A bank of our own is no question file.")
    text = text_of(path, content)
    if kind == XML:
        passages = read_xml(_parsed(path, text))
    elif kind == JSON:
        try:
            passages = read_json(text)
        except Unreadable as fault:
            raise BadContent(path, 1, "not_our_json", f"{fault}.") from None
    else:
        passages = read_gift(text)
    if not passages:
        raise BadContent(path, 1, "no_question", "No question is found in this file.")
    return passages


def _parsed(path: Path, text: str) -> Element:
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except DefusedXmlException:
        sentence = "This file declares a document type or entities, which no question file needs."
        raise BadContent(path, 1, "declares_entities", sentence) from None
    except ParseError as fault:
        line, _ = fault.position
        raise BadContent(path, line, "not_xml", "This is not XML: it breaks off here.") from None
    if root.tag != "quiz":
        raise BadContent(path, 1, "not_a_quiz", "This is XML, but not a Moodle quiz.")
    return root
