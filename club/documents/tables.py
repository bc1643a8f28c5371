"""The tables of a paper: its facts, its lines, its sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Table

from club.documents import blocks
from club.documents.bilingual import Bilingual, say
from club.documents.layout import WIDTH
from club.documents.styles import (
    AI,
    BODY,
    HAIRLINE,
    LABEL,
    NAME,
    RULE,
    SMALL,
    SUBTITLE,
    TOTAL,
    WASHI,
    right,
)

Cell = list[Flowable]

_FACTS = 98 * mm
_BETWEEN = 7 * mm
COLUMN = (WIDTH - _BETWEEN) // 2
"""The width of one of two columns."""
_STRONG = 0.8
_PADDING = 6
"""A table cell's own, on the left."""
_PLAIN = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *(
        (side, (0, 0), (-1, -1), 0)
        for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    ),
]


def letterhead(
    to: Bilingual, opening: Bilingual, rows: Iterable[tuple[Bilingual, Bilingual]]
) -> list[Flowable]:
    """Who is written to; below, the opening sentence beside the paper's facts."""
    facts = [pairs(rows, label_mm=40, width=_FACTS)]
    left = WIDTH - _FACTS - _BETWEEN
    table = Table([[blocks.both(opening), "", facts]], colWidths=[left, _BETWEEN, _FACTS])
    table.setStyle(_PLAIN)
    return [*blocks.both(say("documents.to", name=to), NAME, SUBTITLE), blocks.gap(3), table]


def pairs(
    rows: Iterable[tuple[Bilingual, Bilingual]], *, label_mm: float = 46, width: float = WIDTH
) -> Table:
    """Labels on the left, values on the right, a hairline between rows."""
    widths = [label_mm * mm, width - label_mm * mm]
    cells = [[blocks.inline(label, LABEL), _value(value, widths[1])] for label, value in rows]
    table = Table(cells, colWidths=widths, splitInRow=1)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE),
        ]
    )
    return table


def listing(
    heads: Sequence[Bilingual],
    rows: Sequence[Sequence[Cell]],
    widths_mm: Sequence[float],
    *,
    plain: int = 0,
    total: int | None = None,
) -> Table:
    """Make a table whose head comes again on every page; the first column takes what is left.

    After the first, `plain` columns hold words; the others numbers, set to the right. The row
    numbered `total` is tinted.
    """
    rest = WIDTH - sum(widths_mm) * mm
    tinted = [] if total is None else [("BACKGROUND", (0, total + 1), (-1, total + 1), WASHI)]
    words, numbers = heads[: plain + 1], heads[plain + 1 :]
    head = [
        *(blocks.both(text, LABEL) for text in words),
        *(blocks.both(text, right(LABEL), right(SMALL)) for text in numbers),
    ]
    table = Table(
        [head, *map(list, rows)],
        colWidths=[rest, *(width * mm for width in widths_mm)],
        repeatRows=1,
    )
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("VALIGN", (0, 1), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), WASHI),
            ("LINEABOVE", (0, 0), (-1, 0), _STRONG, AI),
            ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE),
            ("LINEBELOW", (0, -1), (-1, -1), _STRONG, AI),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            *tinted,
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return table


def sums(rows: Iterable[tuple[Bilingual, str]]) -> KeepTogether:
    """Set sums at the right edge, the last one under a stronger line."""
    *parts, (whole, amount) = rows
    cells = [[[blocks.inline(label, LABEL)], blocks.at_right(value)] for label, value in parts]
    cells.append([[blocks.inline(whole)], blocks.at_right(amount, TOTAL)])
    table = Table(cells, colWidths=[84 * mm, 32 * mm], hAlign="RIGHT")
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE),
            ("LINEABOVE", (0, -1), (-1, -1), _STRONG, AI),
            ("LINEBELOW", (0, -1), (-1, -1), _STRONG, AI),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return KeepTogether([table])


def band(cells: Sequence[Cell], widths_mm: Sequence[float]) -> Table:
    """Make a tinted band for what the reader looks for first."""
    rest = WIDTH - sum(widths_mm) * mm
    table = Table([list(cells)], colWidths=[*(width * mm for width in widths_mm), rest])
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("BACKGROUND", (0, 0), (-1, -1), WASHI),
            ("LINEABOVE", (0, 0), (-1, -1), _STRONG, AI),
            ("LINEBELOW", (0, 0), (-1, -1), _STRONG, AI),
            ("TOPPADDING", (0, 0), (-1, -1), 7),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ]
    )
    return table


def columns(one: list[Flowable], other: list[Flowable]) -> KeepTogether:
    """Two columns of equal width, on one page."""
    table = Table([[one, "", other]], colWidths=[COLUMN, _BETWEEN, COLUMN])
    table.setStyle(_PLAIN)
    return KeepTogether([table])


def _value(text: Bilingual, width: float) -> list[Flowable]:
    """On one line what fits there; the languages one below the other what does not."""
    value = blocks.inline(text)
    _, height = value.wrap(width - _PADDING, 0)
    return [value] if height <= BODY.leading else blocks.both(text)


def code_and_words(url: str, words: list[Flowable]) -> Table:
    """Put the address as a QR code on the left of a column, and words beside it."""
    code = blocks.code(url)
    width = code.width + 5 * mm
    table = Table([[code, words]], colWidths=[width, COLUMN - width])
    table.setStyle(_PLAIN)
    return table
