"""Posting a round's awards, issuing its invoices, and recording their payment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from club.domain import invoices as rules
from club.domain import ledger, settlement
from club.domain.errors import TermsRefused
from club.domain.invoices import Invoice
from club.domain.ledger import EntryCode, Made
from club.domain.notices import NoticeKind
from club.domain.offers import Allocation, Award
from club.domain.organisations import Actor, Role
from club.domain.rounds import Round
from club.domain.settlement import Bill
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.telling import round_facts
from club.store import books, journal, people


def local_day(context: Context, at: datetime) -> date:
    """The day of an instant where the club is."""
    return at.astimezone(ZoneInfo(context.settings.time_zone)).date()


def made(deed: Deed) -> Made:
    """A new entry's id, and the deed's instant and author."""
    return Made(id=deed.context.new_id(), at=deed.at, by=deed.by)


def post_awards(  # noqa: PLR0917 - what a clearing writes, in the order in which it comes about
    deed: Deed,
    round_: Round,
    awards: Sequence[Award],
    allocations: Sequence[Allocation],
    amounts_jpy: Mapping[str, int],
) -> None:
    """Enter a cleared round in the books and send each member its invoice, all in the deed.

    The caller holds the round and has stored awards and allocations; members' amounts sum to the
    awards' value, or nothing is posted and it is a bug.
    """
    settlement.require_whole(awards, allocations, amounts_jpy)
    operator_id = people.operator(deed.tx).id
    _enter_purchases(deed, round_, awards, allocations, operator_id=operator_id)
    lines = settlement.lines(round_.id, awards, allocations, amounts_jpy)
    bills = settlement.bills(round_, allocations, amounts_jpy)
    issued = _invoices(deed, round_, bills)
    for invoice in issued:
        books.add_invoice(deed.tx, invoice, lines[invoice.organisation_id])
        entry = settlement.charge(made(deed), invoice, operator_id=operator_id)
        books.add_entry(deed.tx, entry)
        _tell(deed, round_, invoice)
    facts: dict[str, object] = {
        "id": round_.id,
        "awards": [award.id for award in awards],
        "invoices": [
            {"id": i.id, "number": i.number, "of": i.organisation_id, "total_jpy": i.total_jpy}
            for i in issued
        ],
    }
    journal.record(deed.tx, round_.id, "invoices.issued", facts, at=deed.at, by=deed.by)


def _enter_purchases(
    deed: Deed,
    round_: Round,
    awards: Sequence[Award],
    allocations: Sequence[Allocation],
    *,
    operator_id: str,
) -> None:
    by_supplier: dict[str, list[Award]] = defaultdict(list)
    for award in awards:
        by_supplier[award.supplier_id].append(award)
    for _, bought in sorted(by_supplier.items()):
        entry = settlement.purchase(
            made(deed),
            bought,
            allocations,
            operator_id=operator_id,
            tax_percent=round_.tax_percent,
        )
        books.add_entry(deed.tx, entry)


def _invoices(deed: Deed, round_: Round, bills: Sequence[Bill]) -> list[Invoice]:
    """An invoice for each bill, numbered in their order."""
    issued_on = local_day(deed.context, deed.at)
    sequence = books.next_numbers(deed.tx, f"INV-{issued_on.year}", len(bills))
    return [
        Invoice(
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
        for bill, number in zip(bills, sequence, strict=True)
    ]


def _tell(deed: Deed, round_: Round, invoice: Invoice) -> None:
    for person in people.people_of(deed.tx, invoice.organisation_id):
        if person.is_active and Role.BUYER in person.roles:
            deed.tell(
                person,
                NoticeKind.INVOICED,
                **round_facts(round_),
                invoice_id=invoice.id,
                number=invoice.number,
                quantity_kg=invoice.quantity_kg,
                total_jpy=invoice.total_jpy,
                due_on=invoice.due_on.isoformat(),
            )


def record_payment(
    context: Context, actor: Actor, *, request_id: str, invoice_id: str, amount_jpy: int
) -> Invoice:
    """Take down that an invoice was paid, in full; another amount, or a second time, is refused."""
    with begin(context, actor, Role.TREASURER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return books.invoice(deed.tx, deed.outcome_id)
        invoice = books.invoice(deed.tx, invoice_id, lock=True)
        if invoice.paid_at is not None:
            raise TermsRefused("already_done")
        rules.require_amount(invoice, amount_jpy)
        paid = replace(invoice, paid_at=deed.at, paid_by=deed.by)
        books.change_invoice(deed.tx, paid)
        operator_id = people.operator(deed.tx).id
        books.add_entry(deed.tx, settlement.payment(made(deed), paid, operator_id=operator_id))
        _done(deed, "invoice.paid", paid)
        return paid


def reverse_payment(context: Context, actor: Actor, *, request_id: str, invoice_id: str) -> Invoice:
    """Undo a payment taken down by mistake: a reversing entry, and the invoice is owed again."""
    with begin(context, actor, Role.TREASURER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return books.invoice(deed.tx, deed.outcome_id)
        invoice = books.invoice(deed.tx, invoice_id, lock=True)
        payment = ledger.standing(books.entries_about(deed.tx, invoice.id), EntryCode.PAYMENT)
        if invoice.paid_at is None or payment is None:
            raise TermsRefused("already_done")
        owed = replace(invoice, paid_at=None, paid_by=None)
        books.change_invoice(deed.tx, owed)
        books.add_entry(deed.tx, ledger.reverse(made(deed), payment))
        _done(deed, "invoice.payment_reversed", owed)
        return owed


def _done(deed: Deed, kind: str, invoice: Invoice) -> None:
    facts: dict[str, object] = {
        "number": invoice.number,
        "of": invoice.organisation_id,
        "total_jpy": invoice.total_jpy,
    }
    deed.done(kind, invoice.id, chain=invoice.round_id, facts=facts)
