"""Plain text in aligned columns, where a Japanese letter is as wide as two Latin ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

Cell = str | int
"""A number is written with separators, and to the right."""
BETWEEN = "  "


def table(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """The heads, then the rows; a column whose cells are numbers is set to the right."""
    to_right = [all(isinstance(row[place], int) for row in rows) for place in range(len(heads))]
    written = [list(heads), *([_written(cell) for cell in row] for row in rows)]
    widths = [max(width(row[place]) for row in written) for place in range(len(heads))]
    for row in written:
        cells = [
            _pad(cell, widths[place], to_right=to_right[place]) for place, cell in enumerate(row)
        ]
        yield BETWEEN + BETWEEN.join(cells).rstrip()


def width(text: str) -> int:
    """How many Latin letters would take the same room on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _written(cell: Cell) -> str:
    return f"{cell:,}" if isinstance(cell, int) else cell


def _pad(text: str, room: int, *, to_right: bool) -> str:
    blanks = " " * (room - width(text))
    return blanks + text if to_right else text + blanks
