"""Countries by their ISO 3166 letters and prefectures by their number, in the reader's words."""

from __future__ import annotations

from functools import cache

from babel import Locale

from pages.parts.visit import Visit

NOT_COUNTRIES = frozenset(
    ["AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)
"""Codes of two letters that the list of names has and that ISO gives to no country."""


@cache
def _names(language: str) -> dict[str, str]:
    """Names by code, in the order of the names, the club's own country first."""
    names = Locale.parse(language).territories
    named = {str(code): str(name) for code, name in names.items()}
    known = [code for code in named if code.isalpha() and code not in NOT_COUNTRIES]
    return {code: named[code] for code in sorted(known, key=lambda c: (c != "JP", named[c]))}


def codes(visit: Visit) -> list[str]:
    return list(_names(visit.speech.language))


def country(visit: Visit, code: str) -> str:
    """The country's name; a code that has none is shown as it is."""
    return _names(visit.speech.language).get(code, code)


def prefecture(visit: Visit, code: str) -> str:
    """The prefecture of a JIS X 0401 number."""
    return visit.speech.say(f"words.prefecture.{code}")
