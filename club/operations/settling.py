"""Recording that an invoice was paid, and undoing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from club.domain import invoices as rules
from club.domain import ledger, settlement
from club.domain.errors import TermsRefused
from club.domain.invoices import Invoice
from club.domain.ledger import EntryCode, Made
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.store import books, people


def local_day(context: Context, at: datetime) -> date:
    """The day of an instant where the club is."""
    return at.astimezone(ZoneInfo(context.settings.time_zone)).date()


def made(deed: Deed) -> Made:
    """A new entry's id, and the deed's instant and author."""
    return Made(id=deed.context.new_id(), at=deed.at, by=deed.by)


def record_payment(
    context: Context, actor: Actor, *, request_id: str, invoice_id: str, amount_jpy: int
) -> Invoice:
    """Take down that an invoice was paid, in full; another amount, or a second time, is refused.

    Where less is due than was paid on the invoice that this one replaces, the amount is below
    zero: it was paid back.
    """
    with begin(context, actor, Role.TREASURER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return books.invoice(deed.tx, deed.outcome_id)
        invoice = books.invoice(deed.tx, invoice_id, lock=True)
        if not invoice.is_owed:
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
        if invoice.is_owed or not invoice.is_standing or payment is None:
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
