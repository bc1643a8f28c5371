"""The papers' one font, IPAex Gothic, and what to write where it lacks a glyph.

The font comes with the package matplotlib-fontja, its licence (IPA Font License Agreement v1.0)
beside it; a paper embeds only the glyphs it uses, and names the licence in its metadata.
"""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from functools import cache
from html import escape
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT = "IPAexGothic"
LICENCE = "IPAex Gothic, IPA Font License v1.0"
UNKNOWN = "〓"
"""The geta mark, with which Japanese printers hold the place of a missing letter."""

_DIGITS = {0x2080 + digit: f"<sub>{digit}</sub>" for digit in range(10)}
_REPLACED = _DIGITS | {
    ord("≤"): "≦",
    ord("≥"): "≧",
    ord("™"): "<super>TM</super>",
    ord("𠮷"): "吉",  # the same name to banks and tax offices
}
_COMPOSED = re.compile(r"[^\s][\u0300-\u036f\u3099\u309a]+")
_SILENT = frozenset({"Cf", "Mn"})
"""Joiners, direction marks and variant selectors: nothing to see, so nothing is lost."""

_registering = Lock()


def register() -> TTFont:
    """Make the font known to reportlab; harmless when done twice, or by two threads."""
    with _registering:
        if FONT not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(FONT, str(_path())))
            pdfmetrics.registerFontFamily(
                FONT, normal=FONT, bold=FONT, italic=FONT, boldItalic=FONT
            )
    font = pdfmetrics.getFont(FONT)
    assert isinstance(font, TTFont)  # noqa: S101 - it was registered as one
    return font


def has_glyphs(text: str) -> bool:
    """Whether the font can write every character as it stands."""
    return {ord(char) for char in text} <= _drawable()


def markup(text: str) -> str:
    """People's text as reportlab's paragraph markup: escaped, and every character drawable.

    What the font lacks is written by its known stand-in, else by its compatibility form, else as
    〓; a line break is kept.
    """
    composed = _COMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return "<br/>".join("".join(map(_written, line)) for line in composed.splitlines())


def _written(char: str) -> str:
    """One character as markup."""
    if ord(char) in _drawable():
        return escape(char)
    if ord(char) in _REPLACED:
        return _REPLACED[ord(char)]
    if unicodedata.category(char) == "Zs" or char == "\t":
        return " "
    if unicodedata.category(char) in _SILENT:
        return ""
    plain = unicodedata.normalize("NFKC", char)
    return escape(plain) if has_glyphs(plain) else UNKNOWN


@cache
def _drawable() -> frozenset[int]:
    return frozenset(register().face.charToGlyph)


def _path() -> Path:
    spec = importlib.util.find_spec("matplotlib_fontja")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("IPAex Gothic: the package matplotlib-fontja is not installed")
    return Path(spec.origin).parent / "fonts" / "ipaexg.ttf"
