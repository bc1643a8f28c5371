"""What papers are built of: bilingual lines, pairs of label and value, tables, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer, Table

from club.documents.bilingual import Bilingual, say
from club.documents.fonts import markup
from club.documents.layout import WIDTH, Heading
from club.documents.styles import (
    AI,
    BODY,
    HAIRLINE,
    LABEL,
    NAME,
    RULE,
    SECTION,
    SMALL,
    SUBTITLE,
    SUMI,
    TITLE,
    TOTAL,
    WASHI,
    centred,
    right,
)

Cell = list[Flowable]
_BESIDE = 98 * mm
_BETWEEN = 7 * mm
_HALF = (WIDTH - _BETWEEN) // 2
_APART = "\u00a0\u00a0"
"""Between the two languages on one line."""
_CODE = 26 * mm
_PADDING = 6
"""A table cell's own, on the left."""
_NO_PADDING = [
    (side, (0, 0), (-1, -1), 0)
    for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
]
_FIRST_WIDE = "\u2e80"
"""From here on writing breaks between any two letters."""


def line(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph, broken as its own script breaks."""
    is_wide = any(char >= _FIRST_WIDE for char in text)
    return Paragraph(markup(text), _wide(style) if is_wide else style)


def both(
    text: Bilingual, style: ParagraphStyle = BODY, under: ParagraphStyle = SMALL
) -> list[Flowable]:
    """Japanese, and English small beneath it where it says it differently."""
    if text.ja == text.en:
        return [line(text.ja, style)]
    return [line(text.ja, style), line(text.en, under)]


def inline(text: Bilingual, style: ParagraphStyle = BODY) -> Paragraph:
    """Japanese, and English small after it on the same line."""
    under = f'<font size="{SMALL.fontSize}" color="{SMALL.textColor.hexval()}">'
    words = f"{markup(text.ja)}{_APART}{under}{markup(text.en)}</font>"
    return Paragraph(markup(text.ja) if text.ja == text.en else words, _wide(style))


def number(text: str, style: ParagraphStyle = BODY) -> Cell:
    return [Paragraph(markup(text), right(style))]


def gap(height_mm: float) -> Spacer:
    return Spacer(1, height_mm * mm)


def title(text: Bilingual, *, is_centred: bool = False) -> list[Flowable]:
    ja, en = (centred(TITLE), centred(SUBTITLE)) if is_centred else (TITLE, SUBTITLE)
    heading = Heading(markup(text.ja), ja, entry=f"{text.ja} / {text.en}", level=0)
    return [heading, line(text.en, en), gap(4)]


def section(text: Bilingual) -> list[Flowable]:
    entry = f"{text.ja} / {text.en}"
    return [CondPageBreak(25 * mm), Heading(_heading(text), SECTION, entry=entry, level=1)]


def caption(text: Bilingual) -> Paragraph:
    """A section's head inside a column."""
    return Paragraph(_heading(text), SECTION)


def pairs(
    rows: Iterable[tuple[Bilingual, Bilingual]], *, label_mm: float = 46, width: float = WIDTH
) -> Table:
    """Labels on the left, values on the right, a hairline between rows."""
    widths = [label_mm * mm, width - label_mm * mm]
    cells = [[inline(label, LABEL), _value(value, widths[1])] for label, value in rows]
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
    """A table whose head comes again on every page; the first column takes what is left.

    After the first, `plain` columns hold words; the others numbers, set to the right. The row
    numbered `total` is tinted.
    """
    rest = WIDTH - sum(widths_mm) * mm
    tinted = [] if total is None else [("BACKGROUND", (0, total + 1), (-1, total + 1), WASHI)]
    words, numbers = heads[: plain + 1], heads[plain + 1 :]
    head = [
        *(both(text, LABEL) for text in words),
        *(both(text, right(LABEL), right(SMALL)) for text in numbers),
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
            ("LINEABOVE", (0, 0), (-1, 0), 0.8, AI),
            ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, AI),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            *tinted,
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return table


def letterhead(
    to: Bilingual, opening: Bilingual, rows: Iterable[tuple[Bilingual, Bilingual]]
) -> list[Flowable]:
    """Who is written to; below, the opening sentence beside the paper's facts."""
    facts = [pairs(rows, label_mm=40, width=_BESIDE)]
    left = WIDTH - _BESIDE - _BETWEEN
    table = Table([[both(opening), "", facts]], colWidths=[left, _BETWEEN, _BESIDE])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_NO_PADDING])
    return [*both(say("to", name=to), NAME, SUBTITLE), gap(3), table]


def columns(one: list[Flowable], other: list[Flowable]) -> KeepTogether:
    """Two columns of equal width, on one page."""
    table = Table([[one, "", other]], colWidths=[_HALF, _BETWEEN, _HALF])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_NO_PADDING])
    return KeepTogether([table])


def band(cells: Sequence[Cell], widths_mm: Sequence[float]) -> Table:
    """A tinted band for what the reader looks for first."""
    rest = WIDTH - sum(widths_mm) * mm
    table = Table([list(cells)], colWidths=[*(width * mm for width in widths_mm), rest])
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("BACKGROUND", (0, 0), (-1, -1), WASHI),
            ("LINEABOVE", (0, 0), (-1, -1), 0.8, AI),
            ("LINEBELOW", (0, 0), (-1, -1), 0.8, AI),
            ("TOPPADDING", (0, 0), (-1, -1), 7),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ]
    )
    return table


def sums(rows: Iterable[tuple[Bilingual, str]]) -> KeepTogether:
    """Sums at the right edge, the last one under a stronger line."""
    *parts, (whole, amount) = rows
    cells = [[[inline(label, LABEL)], number(value)] for label, value in parts]
    cells.append([[inline(whole)], number(amount, TOTAL)])
    table = Table(cells, colWidths=[84 * mm, 32 * mm], hAlign="RIGHT")
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE),
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, AI),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, AI),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return KeepTogether([table])


def link(url: str) -> Paragraph:
    style = ParagraphStyle("link", parent=LABEL, textColor=AI, wordWrap="CJK")
    return Paragraph(f'<link href="{escape(url)}">{markup(url)}</link>', style)


def code_beside(url: str, words: list[Flowable]) -> Table:
    """The address as a QR code, and words beside it; between them the white that readers want."""
    widget = QrCodeWidget(url, barLevel="M", barFillColor=SUMI, barBorder=0)
    widget.barWidth = widget.barHeight = _CODE
    drawing = Drawing(_CODE, _CODE)
    drawing.add(widget)
    table = Table([[drawing, words]], colWidths=[_CODE + 5 * mm, _HALF - _CODE - 5 * mm])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_NO_PADDING])
    return table


def notes(texts: Iterable[Bilingual]) -> list[Flowable]:
    """Short statements, each a bullet in Japanese with its English beneath."""
    flowables: list[Flowable] = []
    for text in texts:
        flowables += [*_bullet(text), gap(1.2)]
    return flowables


def _bullet(text: Bilingual) -> list[Flowable]:
    ja = ParagraphStyle(
        "note", parent=LABEL, leftIndent=10, bulletFontSize=8, wordWrap="CJK", keepWithNext=1
    )
    en = ParagraphStyle("note-en", parent=SMALL, leftIndent=10)
    return [Paragraph(markup(text.ja), ja, bulletText="・"), Paragraph(markup(text.en), en)]


def _value(text: Bilingual, width: float) -> list[Flowable]:
    """On one line what fits there; the languages one below the other what does not."""
    value = inline(text)
    _, height = value.wrap(width - _PADDING, 0)
    return [value] if height <= BODY.leading else both(text)


def _heading(text: Bilingual) -> str:
    return f'{markup(text.ja)}{_APART}<font size="7.5">{markup(text.en)}</font>'


def _wide(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}-wide", parent=style, wordWrap="CJK")
