"""Delivery in whole registry units, the surplus in custody, and retirement shared in kilograms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from club.domain.errors import PhaseRefused, TermsRefused
from club.domain.offers import LotAwards
from club.domain.serials import Serials, require_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Whole units handed over for what a round bought of a lot; what exceeds it is the club's, in
    custody."""

    id: str
    round_id: str
    lot_id: str
    units: int
    unit_kg: int
    custody_kg: int
    custody_jpy: int
    serial_prefix: str
    serial_first: int
    serial_last: int
    serial_width: int
    delivered_at: datetime
    delivered_by: str
    accepted_at: datetime | None = None
    accepted_by: str | None = None

    @property
    def serials(self) -> Serials:
        return _serials_of(self)


def units_due(bought_kg: int, unit_kg: int) -> int:
    """⌈bought / unit⌉."""
    return -(-bought_kg // unit_kg)


def require_units(serials: Serials, bought_kg: int, unit_kg: int) -> None:
    """The range's length equals the units that are due."""
    due = units_due(bought_kg, unit_kg)
    if serials.units != due:
        raise TermsRefused("units_mismatch", due=due, given=serials.units, unit_kg=unit_kg)


def custody_jpy(custody_kg: int, price_per_t: int | Fraction) -> int:
    """The price of a last unit's surplus, fractions of a yen dropped."""
    return int(custody_kg * price_per_t // 1_000)


def deliver(
    bought: LotAwards, unit_kg: int, serials: Serials, *, id: str, at: datetime, by: str
) -> Delivery:
    """The delivery of what was bought of a lot by a range of as many units as are due.

    The surplus, under one unit, is bought for the club's custody at the price of the last
    kilogram.
    """
    require_units(serials, bought.quantity_kg, unit_kg)
    custody_kg = serials.units * unit_kg - bought.quantity_kg
    return Delivery(
        id=id,
        round_id=bought.round_id,
        lot_id=bought.lot_id,
        units=serials.units,
        unit_kg=unit_kg,
        custody_kg=custody_kg,
        custody_jpy=custody_jpy(custody_kg, bought.surplus_per_t),
        serial_prefix=serials.prefix,
        serial_first=serials.first,
        serial_last=serials.last,
        serial_width=serials.width,
        delivered_at=at,
        delivered_by=by,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Whole units of one lot retired at the registry at once; it backs members' kilograms."""

    id: str
    round_id: str
    delivery_id: str
    lot_id: str
    units: int
    unit_kg: int
    serial_prefix: str
    serial_first: int
    serial_last: int
    serial_width: int
    retired_on: date
    registry_reference: str
    beneficiary: str
    """Who the registry's record says it was retired for."""
    purpose_ja: str
    purpose_en: str
    recorded_at: datetime
    recorded_by: str

    @property
    def serials(self) -> Serials:
        return _serials_of(self)


def _serials_of(range_: Delivery | Batch) -> Serials:
    return Serials(
        prefix=range_.serial_prefix,
        first=range_.serial_first,
        last=range_.serial_last,
        width=range_.serial_width,
    )


def require_open(delivery: Delivery, serials: Serials, batches: Iterable[Batch]) -> None:
    """Only units of an accepted delivery can be retired, and each only once."""
    if delivery.accepted_at is None:
        raise PhaseRefused("delivery_not_accepted")
    if not delivery.serials.covers(serials):
        outer = delivery.serials
        raise TermsRefused("serials_outside", first=outer.first_text, last=outer.last_text)
    require_apart(serials, (batch.serials for batch in batches))


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """Whose kilograms a range of units is."""

    members_kg: Mapping[str, int]
    """By organisation; only those that have any."""
    unassigned_kg: int
    """What is left of the last unit: retired with it, claimed by nobody, in custody."""


def backing(delivery: Delivery, serials: Serials, shares_kg: Mapping[str, int]) -> Backing:
    """Whose kilograms a range of a delivery's units is.

    Members' kilograms lie along the delivery's serials in the order of the members' ids, without
    gaps; the surplus lies at the end of the last unit. So every kilogram belongs to one unit, and
    ranges that together make up the delivery together back exactly the members' shares.
    """
    start_kg = (serials.first - delivery.serial_first) * delivery.unit_kg
    end_kg = start_kg + serials.units * delivery.unit_kg
    members_kg, reached_kg = {}, 0
    for member_id in sorted(shares_kg):
        following_kg = reached_kg + shares_kg[member_id]
        inside_kg = min(end_kg, following_kg) - max(start_kg, reached_kg)
        if inside_kg > 0:
            members_kg[member_id] = inside_kg
        reached_kg = following_kg
    assert reached_kg + delivery.custody_kg == delivery.units * delivery.unit_kg, "shares differ"
    unassigned_kg = end_kg - start_kg - sum(members_kg.values())
    return Backing(members_kg=members_kg, unassigned_kg=unassigned_kg)


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


def certificate_number(year: int, sequence: int) -> str:
    return f"CERT-{year}-{sequence:05d}"


TOKEN_BYTES = 16


def is_token(text: str) -> bool:
    """Whether a text has the form of a certificate's token; anybody may type anything here."""
    return re.fullmatch(f"[0-9a-f]{{{2 * TOKEN_BYTES}}}", text) is not None
