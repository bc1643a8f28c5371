"""What papers are built of: bilingual lines, headings, notes, a QR code."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from club.documents.bilingual import Bilingual
from club.documents.fonts import markup
from club.documents.layout import Heading
from club.documents.styles import (
    AI,
    BODY,
    LABEL,
    SECTION,
    SMALL,
    SUBTITLE,
    SUMI,
    TITLE,
    centred,
    right,
)

_APART = "\u00a0\u00a0"
"""Between the two languages on one line."""
_CODE = 26 * mm
_FIRST_WIDE = "\u2e80"
"""From here on writing breaks between any two letters."""


def line(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """Make a paragraph, broken as its own script breaks."""
    is_wide = any(char >= _FIRST_WIDE for char in text)
    return Paragraph(markup(text), _wide(style) if is_wide else style)


def both(
    text: Bilingual, style: ParagraphStyle = BODY, under: ParagraphStyle = SMALL
) -> list[Flowable]:
    """Japanese, and English small beneath it where it says it differently."""
    if text.is_one:
        return [line(text.ja or text.en, style)]
    return [line(text.ja, style), line(text.en, under)]


def inline(text: Bilingual, style: ParagraphStyle = BODY) -> Paragraph:
    """Japanese, and English small after it on the same line."""
    if text.is_one:
        return line(text.ja or text.en, style)
    under = f'<font size="{SMALL.fontSize}" color="{SMALL.textColor.hexval()}">'
    words = f"{markup(text.ja)}{_APART}{under}{markup(text.en)}</font>"
    return Paragraph(words, _wide(style))


def at_right(text: str, style: ParagraphStyle = BODY) -> list[Flowable]:
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
    """Make a section's head inside a column."""
    return Paragraph(_heading(text), SECTION)


def link(url: str) -> Paragraph:
    style = ParagraphStyle("link", parent=LABEL, textColor=AI, wordWrap="CJK")
    return Paragraph(f'<link href="{escape(url)}">{markup(url)}</link>', style)


def code(url: str) -> Drawing:
    """Draw the address as a QR code, without the white that must stay around it."""
    widget = QrCodeWidget(url, barLevel="M", barFillColor=SUMI, barBorder=0)
    widget.barWidth = widget.barHeight = _CODE
    drawing = Drawing(_CODE, _CODE)
    drawing.add(widget)
    return drawing


def notes(texts: Iterable[Bilingual]) -> list[Flowable]:
    """Short statements, each a bullet in Japanese with its English beneath."""
    flowables: list[Flowable] = []
    for text in texts:
        flowables += [*_bullet(text), gap(1.2)]
    return flowables


def _bullet(text: Bilingual) -> list[Flowable]:
    ja = ParagraphStyle(
        "note", parent=LABEL, leftIndent=13, bulletFontSize=8, wordWrap="CJK", keepWithNext=1
    )
    en = ParagraphStyle("note-en", parent=SMALL, leftIndent=13)
    return [Paragraph(markup(text.ja), ja, bulletText="・"), Paragraph(markup(text.en), en)]


def _heading(text: Bilingual) -> str:
    return f'{markup(text.ja)}{_APART}<font size="7.5">{markup(text.en)}</font>'


def _wide(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}-wide", parent=style, wordWrap="CJK")
