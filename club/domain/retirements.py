"""Delivery in whole registry units, the surplus in custody, and retirement shared in kilograms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from club.domain.errors import InputRefused, TermsRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Serials:
    """A range of registry serials: everything before the last number, first and last."""

    prefix: str
    first: int
    last: int

    @property
    def units(self) -> int:
        return self.last - self.first + 1

    def overlaps(self, other: Serials) -> bool:
        return (
            self.prefix == other.prefix and self.first <= other.last and other.first <= self.last
        )


def read_serials(text: str) -> Serials:
    """Read "PREFIX-1001 to PREFIX-1233", "PREFIX-1001-1233" or "PREFIX-1001 ~ 1233"."""
    plain = re.sub(r"\s*(?:to|~|〜|～|から)\s*", " to ", text.strip())
    match = re.fullmatch(r"(.*?)(\d{1,18}) to (?:\1)?(\d{1,18})", plain)
    match = match or re.fullmatch(r"(.*?[^\d])(\d{1,18})-(\d{1,18})", plain)
    if match is None or int(match[2]) > int(match[3]):
        raise InputRefused("serials_unreadable", field="serials")
    return Serials(prefix=match[1], first=int(match[2]), last=int(match[3]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Whole units handed over for an award; what exceeds the award is the club's, in custody."""

    id: str
    round_id: str
    award_id: str
    lot_id: str
    units: int
    unit_kg: int
    custody_kg: int
    custody_jpy: int
    serial_prefix: str
    serial_first: int
    serial_last: int
    delivered_at: datetime
    delivered_by: str
    accepted_at: datetime | None = None
    accepted_by: str | None = None


def units_due(award_kg: int, unit_kg: int) -> int:
    """⌈award / unit⌉."""
    return -(-award_kg // unit_kg)


def require_units(serials: Serials, award_kg: int, unit_kg: int) -> None:
    """The range's length equals the units that are due."""
    due = units_due(award_kg, unit_kg)
    if serials.units != due:
        raise TermsRefused("units_mismatch", due=due, given=serials.units, unit_kg=unit_kg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Whole units of one lot retired at the registry at once; it backs members' kilograms."""

    id: str
    round_id: str
    lot_id: str
    units: int
    unit_kg: int
    serial_prefix: str
    serial_first: int
    serial_last: int
    retired_on: date
    registry_reference: str
    purpose_ja: str
    purpose_en: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLine:
    """A member's kilograms of one batch."""

    certificate_id: str
    batch_id: str
    quantity_kg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The club's document that a member's kilograms are backed by retired units."""

    id: str
    number: str
    token: str
    """What the QR code's address carries; not guessable, reveals nothing."""
    round_id: str
    organisation_id: str
    beneficiary_ja: str
    beneficiary_en: str
    quantity_kg: int
    issued_at: datetime
    issued_by: str
