"""The books: double entry, immutable, whole numbers; money by organisation, kilograms by lot.

What may be read off, debits positive:

* yen: members' RECEIVABLE, suppliers' PAYABLE, TAX_PAID and TAX_CHARGED, the club's FEE, what
  CUSTODY cost, and the BANK; CLEARING passes the awards' value on and stands at zero;
* kilograms of each lot: what suppliers SUPPLIED (negative) is DUE to members until it is
  delivered, then HELD, then RETIRED; what is left of a last unit is HELD by the club and, once
  its unit is retired, RETIRED_UNASSIGNED: retired, and claimed by nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
    """What the club owes a supplier (negative), tax included."""
    CLEARING = "clearing"
    """Value of awards passing from suppliers to members: zero once a round is shared."""
    TAX_PAID = "tax_paid"
    """Consumption tax on what suppliers sold."""
    TAX_CHARGED = "tax_charged"
    """Consumption tax on members' invoices (negative)."""
    FEE = "fee"
    """The club's fee (negative)."""
    CUSTODY = "custody"
    """Yen: what the club spent on the surplus of a last unit."""
    BANK = "bank"
    SUPPLIED = "supplied"
    """Kilograms a supplier has sold (negative), per lot."""
    DUE = "due"
    """Kilograms a member has been promised of a lot and that are not delivered yet."""
    HELD = "held"
    """Kilograms held, per lot, by a member or in the club's custody."""
    RETIRED = "retired"
    """Kilograms retired for a member, per lot."""
    RETIRED_UNASSIGNED = "retired_unassigned"
    """Kilograms retired with their unit and claimed by nobody, in the club's custody, per lot."""


class EntryCode(StrEnum):
    """Why an entry was made."""

    PURCHASE = "purchase"
    INVOICE = "invoice"
    PAYMENT = "payment"
    DELIVERY = "delivery"
    RETIREMENT = "retirement"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """An amount on one account; debit is positive, credit negative."""

    account: Account
    holder_id: str
    lot_id: str | None = None
    measure: Measure
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The id an entry gets, when it is made, and by whom."""

    id: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened, as postings that sum to zero in each measure; never edited, only reversed."""

    id: str
    round_id: str | None
    code: EntryCode
    subject_id: str
    """What it tells of: a supplier, an invoice, a delivery, a batch."""
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


def enter(
    made: Made, round_id: str | None, code: EntryCode, subject_id: str, *postings: Posting
) -> Entry:
    """An entry of the postings that are not zero."""
    return Entry(
        id=made.id,
        round_id=round_id,
        code=code,
        subject_id=subject_id,
        made_at=made.at,
        made_by=made.by,
        postings=tuple(p for p in postings if p.amount),
    )


def reverse(made: Made, entry: Entry) -> Entry:
    """The entry that undoes another: the same postings the other way round."""
    return Entry(
        id=made.id,
        round_id=entry.round_id,
        code=EntryCode.REVERSAL,
        subject_id=entry.subject_id,
        reverses=entry.id,
        made_at=made.at,
        made_by=made.by,
        postings=tuple(replace(p, amount=-p.amount) for p in entry.postings),
    )


def standing(entries: Iterable[Entry], code: EntryCode) -> Entry | None:
    """The newest entry of that code that no other reverses; entries come oldest first."""
    entries = tuple(entries)
    reversed_ids = {entry.reverses for entry in entries}
    left = [e for e in entries if e.code is code and e.id not in reversed_ids]
    return left[-1] if left else None


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


def balances(entries: Iterable[Entry]) -> Mapping[tuple[Account, str, str | None], int]:
    """What stands on each account, by holder and lot."""
    totals: dict[tuple[Account, str, str | None], int] = defaultdict(int)
    for entry in entries:
        for posting in entry.postings:
            totals[posting.account, posting.holder_id, posting.lot_id] += posting.amount
    return dict(totals)
