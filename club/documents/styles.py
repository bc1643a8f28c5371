"""Washi, sumi and indigo: the colours and the letter sizes of every paper."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from club.documents.fonts import FONT

WASHI = HexColor("#FAF8F4")
SUMI = HexColor("#1F2328")
AI = HexColor("#264E70")
GREY = HexColor("#5F666D")
RULE = HexColor("#CFC9BD")

MARGIN = 22 * mm
HAIRLINE = 0.4

BODY = ParagraphStyle(
    "body", fontName=FONT, bulletFontName=FONT, fontSize=9, leading=13, textColor=SUMI
)
LABEL = ParagraphStyle("label", parent=BODY, fontSize=8, leading=12)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=7, leading=9.5, textColor=GREY)
TITLE = ParagraphStyle("title", parent=BODY, fontSize=20, leading=26, textColor=AI)
SUBTITLE = ParagraphStyle("subtitle", parent=BODY, fontSize=10, leading=14, textColor=GREY)
SECTION = ParagraphStyle(
    "section", parent=BODY, fontSize=10.5, leading=15, textColor=AI, spaceAfter=4
)
NAME = ParagraphStyle("name", parent=BODY, fontSize=13, leading=19)
TOTAL = ParagraphStyle("total", parent=BODY, fontSize=12, leading=16, textColor=AI)
SUM = ParagraphStyle("sum", parent=BODY, fontSize=18, leading=24, textColor=AI)


def right(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}-right", parent=style, alignment=TA_RIGHT)


def centred(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}-centred", parent=style, alignment=TA_CENTER)
