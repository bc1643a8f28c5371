"""A member's invoice for a round, with what a qualified invoice must carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from club.documents.parties import Issuer, Party
from club.domain import invoices


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicedAward:
    """A member's part of one award."""

    project_ja: str
    project_en: str
    quantity_kg: int
    price_per_t: int
    value_jpy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaper:
    """What the invoice says; figures that contradict each other are refused."""

    number: str
    issuer: Issuer
    recipient: Party
    round_ja: str
    round_en: str
    transacted_on: date
    issued_on: date
    due_on: date
    lines: tuple[InvoicedAward, ...]
    value_jpy: int
    fee_per_t: int
    fee_jpy: int
    tax_percent: int
    tax_jpy: int
    total_jpy: int
    is_invented: bool = False

    def __post_init__(self) -> None:
        stated = (self.value_jpy, self.fee_jpy, self.tax_jpy, self.total_jpy)
        value_jpy = sum(line.value_jpy for line in self.lines)
        fee_jpy = invoices.fee(self.quantity_kg, self.fee_per_t)
        tax_jpy = invoices.tax(value_jpy + fee_jpy, self.tax_percent)
        if stated != (value_jpy, fee_jpy, tax_jpy, value_jpy + fee_jpy + tax_jpy):
            raise ValueError(f"{self.number}: the figures do not add up: {stated}")

    @property
    def quantity_kg(self) -> int:
        return sum(line.quantity_kg for line in self.lines)

    @property
    def taxable_jpy(self) -> int:
        """Everything at the invoice's one rate, before tax."""
        return self.value_jpy + self.fee_jpy
