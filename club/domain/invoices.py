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
    replaces: str | None = None
    """The invoice that this one corrects."""
    paid_before_jpy: int = 0
    """What was paid on invoices that this one replaces, and stands to its credit."""
    credit_number: str | None = None
    """The credit note that cancels this one, if one does."""
    credited_at: datetime | None = None
    credited_by: str | None = None

    @property
    def due_jpy(self) -> int:
        """What is still to be paid; below zero, what is to be paid back."""
        return self.total_jpy - self.paid_before_jpy

    @property
    def is_standing(self) -> bool:
        return self.credited_at is None

    @property
    def is_owed(self) -> bool:
        """Whether money is still to change hands for it."""
        return self.is_standing and self.paid_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """A member's part of one award, as it stands on the invoice."""

    award_id: str
    quantity_kg: int
    value_jpy: int


def require_amount(invoice: Invoice, amount_jpy: int) -> None:
    """A payment is of all that is due, to the yen; what is to be paid back is below zero."""
    if amount_jpy != invoice.due_jpy:
        raise TermsRefused("payment_differs", total_jpy=invoice.due_jpy, paid_jpy=amount_jpy)


def tax(value_jpy: int, percent: int) -> int:
    """Consumption tax once on an invoice's sum at one rate, fractions dropped."""
    return value_jpy * percent // 100


def fee(quantity_kg: int, fee_per_t: int) -> int:
    """The club's fee, fractions dropped."""
    return quantity_kg * fee_per_t // 1_000


def number(year: int, sequence: int) -> str:
    return f"INV-{year}-{sequence:05d}"


def credit_number(year: int, sequence: int) -> str:
    return f"CRN-{year}-{sequence:05d}"
