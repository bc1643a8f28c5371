"""The sheet every paper is written on: A4, a quiet head and foot, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from threading import Lock

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from club.documents import fonts
from club.documents.bilingual import Bilingual, say
from club.documents.styles import (
    AI,
    BODY,
    HAIRLINE,
    LABEL,
    MARGIN,
    RULE,
    SMALL,
    WASHI,
    centred,
    right,
)

WIDTH = A4[0] - 2 * MARGIN
"""Of the text."""
_HEAD = 27 * mm
_FOOT = 17 * mm
_BANNER = 8 * mm

_printing = Lock()
"""reportlab reads the font file by a position that all papers share: one paper at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands around the text, and in the file's metadata."""

    title: Bilingual
    number: str
    club: Bilingual
    issued_on: date
    is_invented: bool


class Heading(Paragraph):
    """A line that the reader's outline of the file lists."""

    def __init__(self, text: str, style: ParagraphStyle, *, entry: str, level: int) -> None:
        super().__init__(text, style)
        self.entry = entry
        self.level = level


def print_sheet(sheet: Sheet, story: Callable[[], list[Flowable]]) -> bytes:
    """Print the PDF; the story is told twice, once to count the pages."""
    with _printing:
        fonts.register()
        _, pages = _run(sheet, story(), pages=0)
        printed, _ = _run(sheet, story(), pages=pages)
    return printed


def _run(sheet: Sheet, story: list[Flowable], *, pages: int) -> tuple[bytes, int]:
    buffer = BytesIO()
    document = _Document(buffer, sheet, pages)
    document.build(story)
    return buffer.getvalue(), document.page


class _Document(BaseDocTemplate):
    """One run of a sheet through the press."""

    def __init__(self, buffer: BytesIO, sheet: Sheet, pages: int) -> None:
        super().__init__(
            buffer,
            pagesize=A4,
            title=f"{sheet.title.ja} / {sheet.title.en} {sheet.number}",
            author=f"{sheet.club.ja} / {sheet.club.en}",
            subject=sheet.number,
            creator="Tomoe",
            keywords=[fonts.LICENCE],
            lang="ja-JP",
            displayDocTitle=True,
            invariant=1,
            initialFontName=fonts.FONT,
        )
        self.sheet = sheet
        self.pages = pages
        head = _HEAD + (_BANNER if sheet.is_invented else 0)
        frame = Frame(MARGIN, _FOOT, WIDTH, A4[1] - head - _FOOT, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("sheet", [frame], onPage=self._draw_around))

    def beforeDocument(self) -> None:  # noqa: N802 - reportlab calls it by this name
        stamp = f"D:{self.sheet.issued_on:%Y%m%d}000000Z"
        self.canv.setDateFormatter(lambda *_: stamp)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab calls it by this name
        if isinstance(flowable, Heading):
            key = f"{self.page}-{flowable.entry}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.entry, key, level=flowable.level)

    def _draw_around(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.saveState()
        _draw_head(canvas, self.sheet)
        _draw_foot(canvas, self.sheet, f"{self.page} / {self.pages}")
        if self.sheet.is_invented:
            _draw_banner(canvas)
        canvas.restoreState()


def _draw_head(canvas: Canvas, sheet: Sheet) -> None:
    """Draw the club on the left, the number on the right, a fine line below."""
    top = A4[1] - 12 * mm
    _place(canvas, sheet.club.ja, top, style=BODY)
    if sheet.club.en != sheet.club.ja:
        _place(canvas, sheet.club.en, top - 4.8 * mm, style=SMALL)
    _place(canvas, sheet.number, top, style=right(BODY))
    canvas.setStrokeColor(AI)
    canvas.setLineWidth(0.8)
    canvas.line(MARGIN, A4[1] - 22 * mm, A4[0] - MARGIN, A4[1] - 22 * mm)


def _draw_foot(canvas: Canvas, sheet: Sheet, place: str) -> None:
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(HAIRLINE)
    canvas.line(MARGIN, 13 * mm, A4[0] - MARGIN, 13 * mm)
    _place(canvas, f"{sheet.title.ja} / {sheet.title.en}", 11.7 * mm, style=SMALL)
    _place(canvas, place, 11.7 * mm, style=right(SMALL))


def _draw_banner(canvas: Canvas) -> None:
    """Invented data say so on every page."""
    words = say("documents.invented")
    bottom = A4[1] - 22 * mm - _BANNER
    canvas.setFillColor(WASHI)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(HAIRLINE)
    canvas.rect(MARGIN, bottom, WIDTH, 6 * mm, stroke=1, fill=1)
    _place(canvas, f"{words.ja}　{words.en}", bottom + 5.1 * mm, style=centred(LABEL))


def _place(canvas: Canvas, text: str, top: float, *, style: ParagraphStyle) -> None:
    """One line across the text's width; what is too long for it runs on below."""
    paragraph = Paragraph(fonts.markup(text), style)
    _, height = paragraph.wrapOn(canvas, WIDTH, A4[1])
    paragraph.drawOn(canvas, MARGIN, top - height)
