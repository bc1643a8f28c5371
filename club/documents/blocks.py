"""What papers are built of: bilingual lines, pairs of label and value, tables, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from club.documents.bilingual import Bilingual
from club.documents.fonts import markup
from club.documents.layout import WIDTH, Heading
from club.documents.styles import (
    AI,
    BODY,
    HAIRLINE,
    RULE,
    SECTION,
    SMALL,
    SUBTITLE,
    TITLE,
    WASHI,
    centred,
    right,
)

Cell = list[Flowable]
_FIRST_WIDE = "\u2e80"
"""From here on writing breaks between any two letters."""


def line(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph, broken as its own script breaks."""
    is_wide = any(char >= _FIRST_WIDE for char in text)
    wrap = ParagraphStyle(f"{style.name}-wide", parent=style, wordWrap="CJK") if is_wide else style
    return Paragraph(markup(text), wrap)


def both(
    text: Bilingual, style: ParagraphStyle = BODY, under: ParagraphStyle = SMALL
) -> list[Flowable]:
    """Japanese, and English small beneath it where it says it differently."""
    if text.ja == text.en:
        return [line(text.ja, style)]
    return [line(text.ja, style), line(text.en, under)]


def number(text: str, style: ParagraphStyle = BODY) -> Cell:
    return [Paragraph(markup(text), right(style))]


def gap(height_mm: float) -> Spacer:
    return Spacer(1, height_mm * mm)


def title(text: Bilingual, *, is_centred: bool = False) -> list[Flowable]:
    place = centred if is_centred else _as_it_is
    return [
        Heading(markup(text.ja), place(TITLE), entry=f"{text.ja} / {text.en}", level=0),
        line(text.en, place(SUBTITLE)),
        gap(6),
    ]


def section(text: Bilingual) -> list[Flowable]:
    entry = f"{text.ja} / {text.en}"
    words = f'{markup(text.ja)}　<font size="7.5">{markup(text.en)}</font>'
    heading = Heading(words, SECTION, entry=entry, level=1)
    heading.keepWithNext = True
    return [heading, gap(1.5)]


def pairs(
    rows: Iterable[tuple[Bilingual, Bilingual]], *, label_mm: float = 38, width: float = WIDTH
) -> Table:
    """Labels on the left, values on the right, a hairline between rows."""
    cells = [[both(label, SMALL_LABEL), both(value)] for label, value in rows]
    table = Table(cells, colWidths=[label_mm * mm, width - label_mm * mm], splitInRow=1)
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


SMALL_LABEL = ParagraphStyle("label", parent=BODY, fontSize=8, leading=12)


def listing(
    heads: Sequence[Bilingual], rows: Sequence[Sequence[Cell]], widths_mm: Sequence[float]
) -> Table:
    """A table whose head comes again on every page; the first column takes what is left.

    Every column but the first and those of several lines holds numbers, set to the right.
    """
    rest = WIDTH - sum(widths_mm) * mm
    first, *others = heads
    head = [both(first, SMALL_LABEL), *(both(text, right(SMALL_LABEL), right(SMALL)) for text in others)]
    table = Table(
        [head, *rows],
        colWidths=[rest, *(width * mm for width in widths_mm)],
        repeatRows=1,
        splitInRow=1,
    )
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("VALIGN", (0, 1), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), WASHI),
            ("LINEABOVE", (0, 0), (-1, 0), 0.8, AI),
            ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, AI),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return table


def notes(texts: Iterable[Bilingual]) -> list[Flowable]:
    """Short statements, each a bullet in Japanese with its English beneath."""
    flowables: list[Flowable] = []
    for text in texts:
        flowables += [KeepTogether([*_bullet(text), gap(1.2)])]
    return flowables


def _bullet(text: Bilingual) -> list[Flowable]:
    ja = ParagraphStyle("note", parent=SMALL_LABEL, leftIndent=9, bulletIndent=0)
    en = ParagraphStyle("note-en", parent=SMALL, leftIndent=9)
    ja.wordWrap = "CJK"
    return [Paragraph(markup(text.ja), ja, bulletText="・"), Paragraph(markup(text.en), en)]


def _as_it_is(style: ParagraphStyle) -> ParagraphStyle:
    return style
