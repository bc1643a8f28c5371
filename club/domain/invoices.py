"""Invoices: what a member owes for a round, with tax once per invoice and rate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from club.domain.errors import TermsRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """A member's invoice for a round, in yen."""

    id: str
    number: str
    """Printed on the paper; runs without gaps within a year."""
    round_id: str
    organisation_id: str
    quantity_kg: int
    value_jpy: int
    """The member's share of the awards' value."""
    fee_jpy: int
    tax_percent: int
    tax_jpy: int
    total_jpy: int
    issued_at: datetime
    due_on: date
    paid_at: datetime | None = None
    paid_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """A member's part of one award, as it stands on the invoice."""

    award_id: str
    quantity_kg: int
    value_jpy: int


def require_amount(invoice: Invoice, amount_jpy: int) -> None:
    """A payment is of the whole invoice, to the yen."""
    if amount_jpy != invoice.total_jpy:
        raise TermsRefused("payment_differs", total_jpy=invoice.total_jpy, paid_jpy=amount_jpy)


def tax(value_jpy: int, percent: int) -> int:
    """Consumption tax once on an invoice's sum at one rate, fractions dropped."""
    return value_jpy * percent // 100


def fee(quantity_kg: int, fee_per_t: int) -> int:
    """The club's fee, fractions dropped."""
    return quantity_kg * fee_per_t // 1_000


def number(year: int, sequence: int) -> str:
    return f"INV-{year}-{sequence:05d}"
