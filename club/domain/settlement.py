"""What a round's awards come to: what each member owes, and the entries that tell of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auctions.sharing import matrix
from club.domain import invoices, ledger
from club.domain.invoices import Invoice, InvoiceLine
from club.domain.ledger import Account, Entry, EntryCode, Made
from club.domain.offers import Allocation, Award, LotAwards
from club.domain.retirements import Backing, Batch, Delivery
from club.domain.rounds import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What one member owes for a round."""

    organisation_id: str
    quantity_kg: int
    value_jpy: int
    fee_jpy: int
    tax_jpy: int

    @property
    def total_jpy(self) -> int:
        return self.value_jpy + self.fee_jpy + self.tax_jpy


def require_whole(
    awards: Iterable[Award], allocations: Iterable[Allocation], amounts_jpy: Mapping[str, int]
) -> None:
    """Assert that members get every kilogram that was bought and owe every yen of its value."""
    awards = tuple(awards)
    shared_kg: dict[str, int] = defaultdict(int)
    receivers = set()
    for allocation in allocations:
        shared_kg[allocation.award_id] += allocation.quantity_kg
        receivers.add(allocation.organisation_id)
    assert dict(shared_kg) == {award.id: award.quantity_kg for award in awards}, "kilograms differ"
    assert sum(amounts_jpy.values()) == sum(award.value_jpy for award in awards), "yen differ"
    assert {o for o, owed_jpy in amounts_jpy.items() if owed_jpy} <= receivers, "owes for nothing"
    assert receivers <= amounts_jpy.keys(), "an amount is missing"


def bills(
    round_: Round, allocations: Iterable[Allocation], amounts_jpy: Mapping[str, int]
) -> list[Bill]:
    """What each member owes, in the order of ids: value, fee, and tax once on the two.

    Who owes nothing, because a few kilograms at a low price come to less than a yen, gets no bill.
    """
    totals_kg: dict[str, int] = defaultdict(int)
    for allocation in allocations:
        totals_kg[allocation.organisation_id] += allocation.quantity_kg
    all_bills = []
    for organisation_id, quantity_kg in sorted(totals_kg.items()):
        value_jpy = amounts_jpy[organisation_id]
        fee_jpy = invoices.fee(quantity_kg, round_.fee_per_t)
        bill = Bill(
            organisation_id=organisation_id,
            quantity_kg=quantity_kg,
            value_jpy=value_jpy,
            fee_jpy=fee_jpy,
            tax_jpy=invoices.tax(value_jpy + fee_jpy, round_.tax_percent),
        )
        all_bills.append(bill)
    return [bill for bill in all_bills if bill.total_jpy]


def lines(
    round_id: str,
    awards: Sequence[Award],
    allocations: Iterable[Allocation],
    amounts_jpy: Mapping[str, int],
) -> dict[str, list[InvoiceLine]]:
    """Each member's part of each award in kilograms and yen, by member, in the order of awards.

    The yen are the matrix of amounts and awards' values: a member's lines sum to its amount, an
    award's to its value. The draw between equal fractions moves a yen between the lines of
    invoices, never a total. Whoever gets a few kilograms may owe a yen on a line without any.
    """
    seed = hashlib.sha256(b"invoice lines\0" + round_id.encode()).digest()
    values = matrix(amounts_jpy, {award.id: award.value_jpy for award in awards}, seed)
    shares = {(a.organisation_id, a.award_id): a.quantity_kg for a in allocations}
    by_member: dict[str, list[InvoiceLine]] = defaultdict(list)
    for member_id, cells in sorted(values.items()):
        for award in awards:
            line = InvoiceLine(
                award_id=award.id,
                quantity_kg=shares.get((member_id, award.id), 0),
                value_jpy=cells[award.id],
            )
            if line.quantity_kg or line.value_jpy:
                by_member[member_id].append(line)
    return dict(by_member)


def purchase(
    made: Made,
    awards: Sequence[Award],
    allocations: Iterable[Allocation],
    *,
    operator_id: str,
    tax_percent: int,
) -> Entry:
    """What the club buys from one supplier in a round, with tax once on the sum, and for whom."""
    supplier_id, round_id = awards[0].supplier_id, awards[0].round_id
    lots = {award.id: award.lot_id for award in awards}
    own = [allocation for allocation in allocations if allocation.award_id in lots]
    value_jpy = sum(award.value_jpy for award in awards)
    tax_jpy = invoices.tax(value_jpy, tax_percent)
    return ledger.enter(
        made,
        round_id,
        EntryCode.PURCHASE,
        supplier_id,
        ledger.jpy(Account.PAYABLE, supplier_id, -value_jpy - tax_jpy),
        ledger.jpy(Account.CLEARING, operator_id, value_jpy),
        ledger.jpy(Account.TAX_PAID, operator_id, tax_jpy),
        *(ledger.kg(Account.SUPPLIED, supplier_id, a.lot_id, -a.quantity_kg) for a in awards),
        *(
            ledger.kg(Account.DUE, a.organisation_id, lots[a.award_id], a.quantity_kg)
            for a in sorted(own, key=lambda a: (a.award_id, a.organisation_id))
        ),
    )


def charge(made: Made, invoice: Invoice, *, operator_id: str) -> Entry:
    """What a member owes by an invoice."""
    return ledger.enter(
        made,
        invoice.round_id,
        EntryCode.INVOICE,
        invoice.id,
        ledger.jpy(Account.RECEIVABLE, invoice.organisation_id, invoice.total_jpy),
        ledger.jpy(Account.CLEARING, operator_id, -invoice.value_jpy),
        ledger.jpy(Account.FEE, operator_id, -invoice.fee_jpy),
        ledger.jpy(Account.TAX_CHARGED, operator_id, -invoice.tax_jpy),
    )


def payment(made: Made, invoice: Invoice, *, operator_id: str) -> Entry:
    """An invoice paid in full; or, where less is due than was paid before, paid back."""
    return ledger.enter(
        made,
        invoice.round_id,
        EntryCode.PAYMENT,
        invoice.id,
        ledger.jpy(Account.BANK, operator_id, invoice.due_jpy),
        ledger.jpy(Account.RECEIVABLE, invoice.organisation_id, -invoice.due_jpy),
    )


def acceptance(
    made: Made,
    delivery: Delivery,
    bought: LotAwards,
    shares_kg: Mapping[str, int],
    *,
    operator_id: str,
    tax_percent: int,
) -> Entry:
    """A delivery accepted: members hold what was due, the club what is left of the last unit.

    The surplus is a purchase of its own, with its own tax, outside the round's value.
    """
    lot_id, supplier_id = bought.lot_id, bought.supplier_id
    tax_jpy = invoices.tax(delivery.custody_jpy, tax_percent)
    postings = [
        ledger.kg(Account.SUPPLIED, supplier_id, lot_id, -delivery.custody_kg),
        ledger.kg(Account.HELD, operator_id, lot_id, delivery.custody_kg),
        ledger.jpy(Account.PAYABLE, supplier_id, -delivery.custody_jpy - tax_jpy),
        ledger.jpy(Account.CUSTODY, operator_id, delivery.custody_jpy),
        ledger.jpy(Account.TAX_PAID, operator_id, tax_jpy),
    ]
    for member_id, quantity_kg in sorted(shares_kg.items()):
        postings.append(ledger.kg(Account.DUE, member_id, lot_id, -quantity_kg))
        postings.append(ledger.kg(Account.HELD, member_id, lot_id, quantity_kg))
    return ledger.enter(made, delivery.round_id, EntryCode.DELIVERY, delivery.id, *postings)


def retirement(made: Made, batch: Batch, backing: Backing, *, operator_id: str) -> Entry:
    """A batch retired: what members held of it is retired for them, the rest for nobody."""
    lot_id = batch.lot_id
    postings = [
        ledger.kg(Account.HELD, operator_id, lot_id, -backing.unassigned_kg),
        ledger.kg(Account.RETIRED_UNASSIGNED, operator_id, lot_id, backing.unassigned_kg),
    ]
    for member_id, quantity_kg in sorted(backing.members_kg.items()):
        postings.append(ledger.kg(Account.HELD, member_id, lot_id, -quantity_kg))
        postings.append(ledger.kg(Account.RETIRED, member_id, lot_id, quantity_kg))
    return ledger.enter(made, batch.round_id, EntryCode.RETIREMENT, batch.id, *postings)
