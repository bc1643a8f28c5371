"""The club's participation terms: versioned, accepted by the organisation, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A version; its text stands in `data/terms/<version>.<language>.md`."""

    version: str
    effective_on: date


VERSIONS = (Terms(version="2026-11", effective_on=date(2026, 11, 1)),)
"""Every version there ever was, oldest first."""


def in_force(on: date) -> Terms:
    """The newest version whose day has come."""
    return [terms for terms in VERSIONS if terms.effective_on <= on or terms is VERSIONS[0]][-1]
