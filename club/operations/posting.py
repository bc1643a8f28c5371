"""The books brought in line with the awards that stand: purchases, invoices, and their correction.

What was entered is never edited: an entry that is no longer right is reversed and made anew, an
invoice that is no longer right is cancelled by a credit note, and another takes its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from club.domain import invoices as rules
from club.domain import ledger, settlement
from club.domain.invoices import Invoice, InvoiceLine
from club.domain.ledger import EntryCode
from club.domain.notices import NoticeKind
from club.domain.offers import Allocation, Award
from club.domain.organisations import Role
from club.domain.rounds import Round
from club.domain.settlement import Bill
from club.domain.tranches import Tranche, owed_jpy
from club.operations.deed import Deed
from club.operations.questioning import is_in_question, standing_tranches
from club.operations.settling import local_day, made
from club.operations.telling import round_facts
from club.store import books, journal, people


def settle_up(deed: Deed, round_: Round) -> bool:
    """Bring the books in line with the awards that stand, unless one of them is in question;
    whether they are now. The caller holds the round.
    """
    if is_in_question(deed.tx, round_.id):
        return False
    post(deed, round_, standing_tranches(deed.tx, round_.id))
    return True


def post_awards(  # noqa: PLR0917 - what a clearing writes, in the order in which it comes about
    deed: Deed,
    round_: Round,
    awards: Sequence[Award],
    allocations: Sequence[Allocation],
    amounts_jpy: Mapping[str, int],
) -> None:
    """Enter a cleared round in the books and send each member its invoice, all in the deed."""
    whole = Tranche(
        number=1,
        awards=tuple(awards),
        allocations=tuple(allocations),
        amounts_jpy=amounts_jpy,
    )
    post(deed, round_, [whole])


def post(deed: Deed, round_: Round, parts: Sequence[Tranche]) -> None:
    """Enter what is not in the books yet, and correct what no longer holds.

    The caller holds the round and has stored awards and allocations; in each part members'
    amounts sum to the awards' value, or nothing is posted and it is a bug.
    """
    for part in parts:
        settlement.require_whole(part.awards, part.allocations, part.amounts_jpy)
    operator_id = people.operator(deed.tx).id
    _enter_purchases(deed, round_, parts, operator_id=operator_id)
    found = books.invoices_of_round(deed.tx, round_.id, lock=True)
    before = {invoice.organisation_id: invoice for invoice in found if invoice.is_standing}
    changed = _changed(deed, round_, parts, before)
    credited = _credit(deed, [before[c.bill.organisation_id] for c in changed if c.replaces])
    issued = _issue(deed, round_, changed, operator_id=operator_id)
    kind = "invoices.corrected" if credited else "invoices.issued"
    facts: dict[str, object] = {
        "id": round_.id,
        "awards": [award.id for part in parts for award in part.awards],
        "invoices": [
            {"id": i.id, "number": i.number, "of": i.organisation_id, "total_jpy": i.total_jpy}
            for i in issued
        ],
    }
    if credited:
        facts["credited"] = [{"id": i.id, "number": i.credit_number} for i in credited]
    journal.record(deed.tx, round_.id, kind, facts, at=deed.at, by=deed.by)
    for invoice in issued:
        _tell(deed, round_, invoice, replaced=before.get(invoice.organisation_id))


def _enter_purchases(
    deed: Deed, round_: Round, parts: Sequence[Tranche], *, operator_id: str
) -> None:
    """What the club buys of each supplier; where that changed, reversed and made anew."""
    by_supplier: dict[str, list[Award]] = defaultdict(list)
    for award in (award for part in parts for award in part.awards):
        by_supplier[award.supplier_id].append(award)
    allocations = [allocation for part in parts for allocation in part.allocations]
    entered = books.entries_of_round(deed.tx, round_.id)
    suppliers = by_supplier.keys() | {
        entry.subject_id for entry in entered if entry.code is EntryCode.PURCHASE
    }
    for supplier_id in sorted(suppliers):
        about = [entry for entry in entered if entry.subject_id == supplier_id]
        old = ledger.standing(about, EntryCode.PURCHASE)
        new = by_supplier[supplier_id] and settlement.purchase(
            made(deed),
            by_supplier[supplier_id],
            allocations,
            operator_id=operator_id,
            tax_percent=round_.tax_percent,
        )
        if old and new and old.postings == new.postings:
            continue
        if old:
            books.add_entry(deed.tx, ledger.reverse(made(deed), old))
        if new:
            books.add_entry(deed.tx, new)


@dataclass(frozen=True, slots=True)
class _Change:
    """A bill for which there is no right invoice, and the wrong one that it replaces, if any."""

    bill: Bill
    lines: Sequence[InvoiceLine]
    replaces: Invoice | None


def _changed(
    deed: Deed, round_: Round, parts: Sequence[Tranche], before: Mapping[str, Invoice]
) -> list[_Change]:
    """In the order of members. Who owes nothing any more gets a credit note alone, and an empty
    invoice where something was paid, since that is to be paid back."""
    lines = _lines(round_, parts)
    allocations = [allocation for part in parts for allocation in part.allocations]
    due = {b.organisation_id: b for b in settlement.bills(round_, allocations, owed_jpy(parts))}
    changes = []
    for member_id in sorted(due.keys() | before.keys()):
        old = before.get(member_id)
        bill = due.get(member_id) or Bill(
            organisation_id=member_id, quantity_kg=0, value_jpy=0, fee_jpy=0, tax_jpy=0
        )
        if old is None or not _is_right(deed, old, bill, lines[member_id]):
            changes.append(_Change(bill, lines[member_id], old))
    return changes


def _lines(round_: Round, parts: Sequence[Tranche]) -> Mapping[str, list[InvoiceLine]]:
    lines: dict[str, list[InvoiceLine]] = defaultdict(list)
    for part in parts:
        told = settlement.lines(round_.id, part.awards, part.allocations, part.amounts_jpy)
        for member_id, of_part in told.items():
            lines[member_id] += of_part
    return lines


def _is_right(deed: Deed, old: Invoice, bill: Bill, lines: Sequence[InvoiceLine]) -> bool:
    sums = (old.quantity_kg, old.value_jpy, old.fee_jpy, old.tax_jpy)
    if sums != (bill.quantity_kg, bill.value_jpy, bill.fee_jpy, bill.tax_jpy):
        return False
    ordered = sorted(lines, key=lambda line: line.award_id)
    return books.invoice_lines_of(deed.tx, old.id) == ordered


def _credit(deed: Deed, wrong: Sequence[Invoice]) -> list[Invoice]:
    """Cancel invoices by credit notes, numbered in their order, and reverse what they entered."""
    year = local_day(deed.context, deed.at).year
    sequence = books.next_numbers(deed.tx, f"CRN-{year}", len(wrong)) if wrong else range(0)
    credited = []
    for invoice, number in zip(wrong, sequence, strict=True):
        note = rules.credit_number(year, number)
        void = replace(invoice, credit_number=note, credited_at=deed.at, credited_by=deed.by)
        books.change_invoice(deed.tx, void)
        charge = ledger.standing(books.entries_about(deed.tx, invoice.id), EntryCode.INVOICE)
        if charge is not None:  # one of nothing at all entered nothing
            books.add_entry(deed.tx, ledger.reverse(made(deed), charge))
        credited.append(void)
    return credited


def _issue(
    deed: Deed, round_: Round, changes: Sequence[_Change], *, operator_id: str
) -> list[Invoice]:
    """An invoice for each bill, numbered in their order."""
    wanted = [c for c in changes if c.bill.total_jpy or (c.replaces and _paid(c.replaces))]
    issued_on = local_day(deed.context, deed.at)
    sequence = books.next_numbers(deed.tx, f"INV-{issued_on.year}", len(wanted))
    issued = []
    for change, number in zip(wanted, sequence, strict=True):
        bill = change.bill
        invoice = Invoice(
            id=deed.context.new_id(),
            number=rules.number(issued_on.year, number),
            round_id=round_.id,
            organisation_id=bill.organisation_id,
            quantity_kg=bill.quantity_kg,
            value_jpy=bill.value_jpy,
            fee_jpy=bill.fee_jpy,
            tax_percent=round_.tax_percent,
            tax_jpy=bill.tax_jpy,
            total_jpy=bill.total_jpy,
            issued_at=deed.at,
            due_on=issued_on + timedelta(days=round_.payment_days),
        )
        if change.replaces:
            invoice = _carried(deed, invoice, change.replaces)
        books.add_invoice(deed.tx, invoice, change.lines)
        if invoice.total_jpy:
            entry = settlement.charge(made(deed), invoice, operator_id=operator_id)
            books.add_entry(deed.tx, entry)
        issued.append(invoice)
    return issued


def _paid(invoice: Invoice) -> int:
    """What has come in on an invoice and on those that it replaced."""
    return invoice.total_jpy if invoice.paid_at else invoice.paid_before_jpy


def _carried(deed: Deed, invoice: Invoice, wrong: Invoice) -> Invoice:
    """The invoice with what was paid on the one it replaces; where that is all, it is paid."""
    invoice = replace(invoice, replaces=wrong.id, paid_before_jpy=_paid(wrong))
    if invoice.due_jpy or not invoice.paid_before_jpy:
        return invoice
    while wrong.paid_at is None and wrong.replaces is not None:
        wrong = books.invoice(deed.tx, wrong.replaces)
    return replace(invoice, paid_at=wrong.paid_at, paid_by=wrong.paid_by)


def _tell(deed: Deed, round_: Round, invoice: Invoice, *, replaced: Invoice | None) -> None:
    facts = round_facts(round_) | {
        "invoice_id": invoice.id,
        "number": invoice.number,
        "quantity_kg": invoice.quantity_kg,
        "total_jpy": invoice.total_jpy,
        "due_on": invoice.due_on.isoformat(),
    }
    kind = NoticeKind.INVOICED
    if replaced:
        kind = NoticeKind.INVOICE_CORRECTED
        facts |= {"replaced_number": replaced.number, "paid_before_jpy": invoice.paid_before_jpy}
    for person in people.people_of(deed.tx, invoice.organisation_id):
        if person.is_active and Role.BUYER in person.roles:
            deed.tell(person, kind, **facts)
