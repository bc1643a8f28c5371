"""A crediting programme as the reader calls it."""

from __future__ import annotations

from club.domain.eligibility import Programme, programme_of
from pages.parts.visit import Visit


def programme(visit: Visit, written: str) -> str:
    """The scheme of the club's own country by its name in the reader's language, any other as it
    was written."""
    known = programme_of(written)
    return visit.speech.word(known) if known is Programme.J_CREDIT else written
