"""Recomputing the books: every law that must hold, with what was found and what was expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from club.domain.ledger import Account
from club.domain.offers import by_lot
from club.domain.rounds import Round
from club.operations.context import Context
from club.operations.questioning import is_in_question
from club.store import books, clearings, holdings, rounds
from club.store.books import Balance
from club.store.database import Connection


class Law(StrEnum):
    """What must be equal, in the order in which things happen."""

    ENTRIES_BALANCE = "entries_balance"
    """No entry has postings that do not sum to zero in a measure and a lot."""
    ACCOUNTS_BALANCE = "accounts_balance"
    """All accounts together are zero in yen, and in kilograms for each lot."""
    SHARED_IS_BOUGHT = "shared_is_bought"
    """Members' kilograms of each award are the award."""
    CHARGED_IS_OWED = "charged_is_owed"
    """The value on members' invoices is the value of the awards, once none is in question."""
    CLEARING_IS_EMPTY = "clearing_is_empty"
    """Nothing of a round's value has stayed with the club."""
    RECEIVABLE_IS_UNPAID = "receivable_is_unpaid"
    """What members owe by the ledger is what is due on the invoices not paid."""
    BANK_IS_PAID = "bank_is_paid"
    """What came in by the ledger is what was paid on the invoices that stand."""
    DELIVERED_IS_BOUGHT = "delivered_is_bought"
    """The units of accepted deliveries are their awards and what went into custody."""
    LEDGER_IS_DELIVERED = "ledger_is_delivered"
    """Kilograms held or retired by the ledger are the units of accepted deliveries."""
    LEDGER_IS_RETIRED = "ledger_is_retired"
    """Kilograms retired by the ledger, assigned or not, are the units of the batches."""
    CERTIFIED_IS_RETIRED = "certified_is_retired"
    """In a closed round certificates tell all kilograms that were retired for members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One law where it applies: the club, a round, or a lot."""

    law: Law
    subject_id: str | None = None
    found: int
    expected: int

    @property
    def holds(self) -> bool:
        return self.found == self.expected

    @property
    def text(self) -> str:
        """One line for a terminal."""
        subject = f" {self.subject_id}" if self.subject_id else ""
        sign = "=" if self.holds else "≠"
        mark = "ok     " if self.holds else "DIFFERS"
        return f"{mark} {self.law}{subject}: {self.found} {sign} {self.expected}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksProof:
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)

    @property
    def differing(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.holds)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(check.text for check in self.checks)


def prove(context: Context) -> BooksProof:
    """Recompute everything in one moment of the database."""
    with context.database.read() as tx:
        balances = books.balances(tx)
        checks = [*_ledger(tx, balances), *_payments(tx, balances)]
        for round_ in rounds.listed(tx):
            checks += _bought(tx, round_)
            checks += _retired(tx, round_)
        checks += _lots(tx, balances)
        return BooksProof(checks=tuple(checks))


def _ledger(tx: Connection, balances: list[Balance]) -> Iterator[Check]:
    yield Check(law=Law.ENTRIES_BALANCE, found=len(books.unbalanced(tx)), expected=0)
    totals: dict[str | None, int] = defaultdict(int)
    for balance in balances:
        totals[balance.lot_id] += balance.amount
    for lot_id, total in sorted(totals.items(), key=lambda each: each[0] or ""):
        yield Check(law=Law.ACCOUNTS_BALANCE, subject_id=lot_id, found=total, expected=0)


def _payments(tx: Connection, balances: list[Balance]) -> Iterator[Check]:
    issued = books.all_invoices(tx)
    yield Check(
        law=Law.RECEIVABLE_IS_UNPAID,
        found=_on(balances, Account.RECEIVABLE),
        expected=sum(i.due_jpy for i in issued if i.is_owed),
    )
    yield Check(
        law=Law.BANK_IS_PAID,
        found=_on(balances, Account.BANK),
        expected=sum(
            i.total_jpy if i.paid_at else i.paid_before_jpy for i in issued if i.is_standing
        ),
    )


def _bought(tx: Connection, round_: Round) -> Iterator[Check]:
    all_awards = clearings.all_awards_of_round(tx, round_.id)
    if not all_awards:
        return
    awards = [award for award in all_awards if award.fell_at is None]
    shared_kg: dict[str, int] = defaultdict(int)
    for allocation in clearings.allocations_of_round(tx, round_.id):
        shared_kg[allocation.award_id] += allocation.quantity_kg
    for award in all_awards:
        yield Check(
            law=Law.SHARED_IS_BOUGHT,
            subject_id=award.id,
            found=shared_kg[award.id],
            expected=award.quantity_kg,
        )
    if not is_in_question(tx, round_.id):
        issued = books.invoices_of_round(tx, round_.id)
        yield Check(
            law=Law.CHARGED_IS_OWED,
            subject_id=round_.id,
            found=sum(i.value_jpy for i in issued if i.is_standing),
            expected=sum(award.value_jpy for award in awards),
        )
    yield Check(
        law=Law.CLEARING_IS_EMPTY,
        subject_id=round_.id,
        found=_on(books.balances(tx, round_id=round_.id), Account.CLEARING),
        expected=0,
    )
    accepted = [d for d in holdings.deliveries_of_round(tx, round_.id) if d.accepted_at]
    bought_kg = {bought.lot_id: bought.quantity_kg for bought in by_lot(awards)}
    yield Check(
        law=Law.DELIVERED_IS_BOUGHT,
        subject_id=round_.id,
        found=sum(d.units * d.unit_kg for d in accepted),
        expected=sum(bought_kg[d.lot_id] + d.custody_kg for d in accepted),
    )


def _retired(tx: Connection, round_: Round) -> Iterator[Check]:
    issued = holdings.certificates_of_round(tx, round_.id)
    if not issued:
        return
    yield Check(
        law=Law.CERTIFIED_IS_RETIRED,
        subject_id=round_.id,
        found=sum(certificate.quantity_kg for certificate in issued),
        expected=_on(books.balances(tx, round_id=round_.id), Account.RETIRED),
    )
    claimed_kg = holdings.certified_kg(tx)
    retired_kg = books.retired_kg(tx)
    for batch in holdings.batches_of_round(tx, round_.id):
        yield Check(
            law=Law.CERTIFIED_IS_RETIRED,
            subject_id=batch.id,
            found=claimed_kg.get(batch.id, 0),
            expected=retired_kg.get(batch.id, 0),
        )


def _lots(tx: Connection, balances: list[Balance]) -> Iterator[Check]:
    delivered_kg: dict[str, int] = defaultdict(int)
    batched_kg: dict[str, int] = defaultdict(int)
    for round_ in rounds.listed(tx):
        for delivery in holdings.deliveries_of_round(tx, round_.id):
            if delivery.accepted_at:
                delivered_kg[delivery.lot_id] += delivery.units * delivery.unit_kg
        for batch in holdings.batches_of_round(tx, round_.id):
            batched_kg[batch.lot_id] += batch.units * batch.unit_kg
    retired = (Account.RETIRED, Account.RETIRED_UNASSIGNED)
    for lot_id in sorted({b.lot_id for b in balances if b.lot_id}):
        of_lot = [b for b in balances if b.lot_id == lot_id]
        yield Check(
            law=Law.LEDGER_IS_DELIVERED,
            subject_id=lot_id,
            found=_on(of_lot, Account.HELD, *retired),
            expected=delivered_kg[lot_id],
        )
        yield Check(
            law=Law.LEDGER_IS_RETIRED,
            subject_id=lot_id,
            found=_on(of_lot, *retired),
            expected=batched_kg[lot_id],
        )


def _on(balances: Iterable[Balance], *accounts: Account) -> int:
    return sum(balance.amount for balance in balances if balance.account in accounts)
