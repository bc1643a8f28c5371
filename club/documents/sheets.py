"""Sheets as people exchange them, CSV and Excel: rows of text to bytes, and bytes to rows of text.

A file from outside is never trusted: it may be huge, a bomb, or no sheet at all.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from club.domain.errors import InputRefused

MOST_BYTES = 2_000_000
MOST_UNPACKED = 20_000_000
"""What an Excel file may come to unpacked: a small file that claims more is a bomb."""
MOST_PARTS = 200
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCODINGS = ("utf-8-sig", "cp932")
"""As spreadsheets write CSV: marked UTF-8, and in Japan what Excel still saves by itself."""

Row = tuple[int, list[str]]
"""A row's number in the sheet, from 1 on, and its cells as text."""


def read_sheet(content: bytes, *, most_rows: int, most_columns: int) -> list[Row]:
    """The rows of the first sheet that have anything in them, at most so many.

    Cells beyond `most_columns` are left out but for one, so that it is noticed. Raises
    InputRefused for what is no sheet, or too much of one.
    """
    if len(content) > MOST_BYTES:
        raise InputRefused("sheet_too_large", field="sheet", most=MOST_BYTES // 1_000_000)
    if content.startswith(OLE):
        raise InputRefused("sheet_locked_or_old", field="sheet")
    cells = _excel if content.startswith(ZIP) else _csv
    try:
        rows = list(islice(_filled(cells(content, most_columns + 1)), most_rows + 1))
    except InputRefused:
        raise
    except Exception as error:  # whatever a foreign file makes its reader raise
        raise InputRefused("sheet_unreadable", field="sheet") from error
    if len(rows) > most_rows:
        raise InputRefused("sheet_too_many_rows", field="sheet", most=most_rows)
    return rows


def _filled(rows: Iterable[Sequence[str]]) -> Iterator[Row]:
    """Rows that have anything in them, up to the last cell that has."""
    for number, row in enumerate(rows, start=1):
        cells = list(row)
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _csv(content: bytes, columns: int) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise InputRefused("sheet_unreadable", field="sheet")
    delimiter = max(",\t;", key=text.partition("\n")[0].count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
        yield row[:columns]


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputRefused("sheet_unreadable", field="sheet")


def _excel(content: bytes, columns: int) -> Iterator[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        listed = parts.infolist()
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
        raise InputRefused("sheet_too_large", field="sheet", most=MOST_BYTES // 1_000_000)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        for row in book.worksheets[0].iter_rows(max_col=columns, values_only=True):
            yield [_text(cell) for cell in row]
    finally:
        book.close()


def _text(cell: object) -> str:
    """A cell as it would be typed: a whole number without the point that Excel keeps it with."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def write_excel(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """One sheet with its heads frozen; a text is a text, whatever it begins with."""
    book = Workbook()
    sheet = book.active
    for number, cells in enumerate([heads, *rows], start=1):
        for column, value in enumerate(cells, start=1):
            _write(sheet.cell(number, column), value)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F2EEE6")
    sheet.freeze_panes = "A2"
    for column, head in enumerate(heads, start=1):
        longest = max((len(str(row[column - 1] or "")) for row in rows), default=0)
        width = min(60, 4 + 2 * max(len(head), longest // 2))
        sheet.column_dimensions[get_column_letter(column)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Cell, value: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # else a name that begins with = would be a formula
