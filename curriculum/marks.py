"""A table of marks read strictly: question ids above, then one first try a row."""

import csv
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from io import StringIO
from pathlib import Path

from curriculum.errors import BadContent

MOST_BYTES = 5_000_000
DECIMAL = re.compile(r"-?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][-+]?[0-9]{1,2})?")
SHOWN = 40  # of a cell, in a sentence about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Each try by question, every try with the same questions."""

    question_ids: tuple[str, ...]
    tries: tuple[dict[str, Fraction], ...]


def read_marks(path: Path) -> Marks:
    """Read a CSV file of marks from 0 to 1. Raises BadContent with the line and what to mend."""
    lines = _lines(path)
    if not lines:
        raise BadContent(path, 1, "empty", "The file is empty; its first line names the questions.")
    _, header = lines[0]
    ids = tuple(cell.strip() for cell in header)
    _check_ids(path, ids)
    if len(lines) == 1:
        raise BadContent(path, 1, "empty", "No marks follow the line of questions.")
    return Marks(
        question_ids=ids,
        tries=tuple(_read_row(path, line, ids, cells) for line, cells in lines[1:]),
    )


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(_text(path), newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        lines.extend((reader.line_num, cells) for cells in reader)
    except csv.Error as fault:
        sentence = f"This is not a line of CSV: {fault}."
        raise BadContent(path, reader.line_num, "not_csv", sentence) from None
    while lines and not lines[-1][1]:
        lines.pop()
    return lines


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as fault:
        sentence = f"The file cannot be read: {fault.strerror}."
        raise BadContent(path, 1, "unreadable", sentence) from None
    if len(content) > MOST_BYTES:
        sentence = f"The file is larger than {MOST_BYTES} bytes, the most that is read."
        raise BadContent(path, 1, "too_large", sentence)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise BadContent(
            path, line, "not_utf8", "The file is not UTF-8; save it as UTF-8."
        ) from None


def _check_ids(path: Path, ids: tuple[str, ...]) -> None:
    seen = set()
    for position, id in enumerate(ids, start=1):
        if not id or not id.isprintable():
            raise BadContent(path, 1, "blank", f"Column {position} has no readable question id.")
        if id in seen:
            sentence = f"The question {_shown(id)} is named twice."
            raise BadContent(path, 1, "duplicate_id", sentence)
        seen.add(id)
    if not ids:
        raise BadContent(path, 1, "blank", "The first line names no question.")


def _read_row(path: Path, line: int, ids: tuple[str, ...], cells: list[str]) -> dict[str, Fraction]:
    if len(cells) != len(ids):
        sentence = f"Marks on this line: {len(cells)}; questions named in the first: {len(ids)}."
        raise BadContent(path, line, "ragged", sentence)
    return {id: _read_mark(path, line, id, cell) for id, cell in zip(ids, cells, strict=True)}


def _read_mark(path: Path, line: int, id: str, cell: str) -> Fraction:
    written = cell.strip()
    if DECIMAL.fullmatch(written) is None:
        sentence = f"{_shown(written)} for {_shown(id)} is not a decimal number such as 0.5."
        raise BadContent(path, line, "not_a_number", sentence)
    mark = _exact(written)
    if not 0 <= mark <= 1:
        sentence = f"{_shown(written)} for {_shown(id)} is not a mark from 0 to 1."
        raise BadContent(path, line, "out_of_range", sentence)
    return mark


@lru_cache(maxsize=1024)
def _exact(written: str) -> Fraction:
    """Read a decimal once; of many marks, few differ."""
    return Fraction(written)


def _shown(written: str) -> str:
    return repr(written if len(written) <= SHOWN else f"{written[:SHOWN]}...")
