"""The books: double entry, immutable, whole numbers; money by organisation, kilograms by lot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Measure(StrEnum):
    """What an account counts; two measures are never added."""

    JPY = "jpy"
    KG = "kg"


class Account(StrEnum):
    """The accounts there are; each is held by an organisation, those in kg for a lot."""

    RECEIVABLE = "receivable"
    """What a member owes the club, tax included."""
    PAYABLE = "payable"
    """What the club owes a supplier, tax included."""
    CLEARING = "clearing"
    """Value of awards passing from suppliers to members: zero once a round is shared."""
    TAX = "tax"
    """Consumption tax charged less tax paid."""
    FEE = "fee"
    """The club's fee."""
    CUSTODY = "custody"
    """Yen: what the club spent on the surplus of a last unit."""
    BANK = "bank"
    SUPPLIED = "supplied"
    """Kilograms a supplier has delivered (negative), per lot."""
    HELD = "held"
    """Kilograms held, per lot, by a member or in the club's custody."""
    RETIRED = "retired"
    """Kilograms retired, per lot and organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """An amount on one account; debit is positive, credit negative."""

    account: Account
    holder_id: str
    lot_id: str | None = None
    measure: Measure
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened, as postings that sum to zero in each measure; never edited, only reversed."""

    id: str
    round_id: str | None
    code: str
    """Why: award, invoice, payment, delivery, custody, retirement, reversal."""
    reverses: str | None = None
    made_at: datetime
    made_by: str
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        assert self.postings, "an entry without postings"
        assert all(total == 0 for total in sums(self.postings).values()), (
            f"{self.code} does not balance"
        )
        assert all((p.lot_id is None) == (p.measure is Measure.JPY) for p in self.postings)


def sums(postings: Iterable[Posting]) -> dict[tuple[Measure, str | None], int]:
    """Totals by measure and, for kilograms, by lot."""
    totals: dict[tuple[Measure, str | None], int] = defaultdict(int)
    for posting in postings:
        totals[posting.measure, posting.lot_id] += posting.amount
    return dict(totals)


def jpy(account: Account, holder_id: str, amount: int) -> Posting:
    return Posting(account=account, holder_id=holder_id, measure=Measure.JPY, amount=amount)


def kg(account: Account, holder_id: str, lot_id: str, amount: int) -> Posting:
    return Posting(
        account=account, holder_id=holder_id, lot_id=lot_id, measure=Measure.KG, amount=amount
    )


def without_zeros(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    return tuple(p for p in postings if p.amount)


def balances(entries: Iterable[Entry]) -> Mapping[tuple[Account, str, str | None], int]:
    """What stands on each account, by holder and lot."""
    totals: dict[tuple[Account, str, str | None], int] = defaultdict(int)
    for entry in entries:
        for posting in entry.postings:
            totals[posting.account, posting.holder_id, posting.lot_id] += posting.amount
    return dict(totals)
