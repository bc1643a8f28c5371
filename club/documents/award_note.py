"""The note that tells a supplier what was awarded, and what to deliver by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from club.documents.parties import Issuer, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardedLot:
    """One award: kilograms bought, and the whole units that deliver them."""

    project_ja: str
    project_en: str
    vintage: int | None
    quantity_kg: int
    price_per_t: int
    value_jpy: int
    units: int
    unit_kg: int
    custody_jpy: int
    """What the club pays for the rest of the last unit, which it takes into custody."""
    deliver_by_on: date | None
    """None where the terms name no day."""

    @property
    def custody_kg(self) -> int:
        return self.units * self.unit_kg - self.quantity_kg


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardNote:
    """What the note says; units that do not cover the award to less than one are refused."""

    number: str
    issuer: Issuer
    supplier: Party
    round_ja: str
    round_en: str
    awards: tuple[AwardedLot, ...]
    deliver_to: str
    """The registry account that receives the units."""
    issued_on: date
    is_invented: bool = False

    def __post_init__(self) -> None:
        for award in self.awards:
            if not 0 <= award.custody_kg < award.unit_kg:
                raise ValueError(f"{self.number}: {award.units} units for {award.quantity_kg} kg")

    @property
    def value_jpy(self) -> int:
        return sum(award.value_jpy for award in self.awards)

    @property
    def custody_jpy(self) -> int:
        return sum(award.custody_jpy for award in self.awards)
