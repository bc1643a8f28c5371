"""Who writes a paper, and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from club.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation as it is named on paper."""

    name_ja: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The club as it stands on its papers."""

    name_ja: str
    name_en: str
    address: str
    registration_number: str | None
    """The qualified-invoice issuer's number (T and 13 digits); None if the club has none."""
    bank: str


def issuer_of(settings: Settings) -> Issuer:
    return Issuer(
        name_ja=settings.club_name_ja,
        name_en=settings.club_name_en,
        address=settings.club_address,
        registration_number=settings.club_registration_number or None,
        bank=settings.club_bank,
    )
