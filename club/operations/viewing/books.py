"""The books for those who keep them, invoices for those who owe, award notes for those who sell."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import datetime

from club.documents import (
    AwardedLot,
    AwardNote,
    InvoicedAward,
    InvoicePaper,
    Party,
    Priced,
    issuer_of,
)
from club.domain import ledger, retirements
from club.domain.errors import NotFound
from club.domain.invoices import Invoice, InvoiceLine
from club.domain.ledger import Account, EntryCode, Measure
from club.domain.offers import LotAwards, by_lot
from club.domain.organisations import Actor, Kind, Organisation, Role
from club.domain.rounds import Round
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.questioning import waits_for
from club.operations.settling import local_day
from club.operations.viewing.proving import BooksProof, Check, Law, prove
from club.store import books, catalogue, clearings, people, rounds
from club.store.books import Balance
from club.store.database import Connection

__all__ = [
    "BOOKKEEPERS",
    "BalanceRow",
    "BooksProof",
    "Check",
    "InvoiceRow",
    "Law",
    "LedgerRow",
    "all_invoices",
    "award_note",
    "credit_note_paper",
    "invoice_paper",
    "ledger_csv",
    "ledger_rows",
    "my_invoices",
    "proof",
    "prove",
    "trial_balance",
]

BOOKKEEPERS = (Role.TREASURER, Role.AUDITOR, Role.FACILITATOR)
"""Who may read the club's books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRow:
    """What stands on one account, and whose it is."""

    balance: Balance
    holder: Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    invoice: Invoice
    organisation: Organisation
    round_: Round


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One posting with its entry, as a line of a table."""

    made_at: datetime
    entry_id: str
    code: EntryCode
    reverses: str | None
    round_id: str | None
    subject_id: str
    account: Account
    holder_id: str
    holder_ja: str
    holder_en: str
    lot_id: str | None
    measure: Measure
    amount: int


def trial_balance(context: Context, actor: Actor) -> list[BalanceRow]:
    """Every account that has been used, by account, holder and lot."""
    with looking(context, actor, *BOOKKEEPERS) as (tx, _):
        holders = _organisations(tx)
        return [
            BalanceRow(balance=balance, holder=holders[balance.holder_id])
            for balance in books.balances(tx)
        ]


def ledger_rows(context: Context, actor: Actor, *, round_id: str | None = None) -> list[LedgerRow]:
    """The ledger, of one round or the whole, oldest first."""
    with looking(context, actor, *BOOKKEEPERS) as (tx, _):
        holders = _organisations(tx)
        found = books.entries_of_round(tx, round_id) if round_id else books.all_entries(tx)
        return [
            LedgerRow(
                made_at=entry.made_at,
                entry_id=entry.id,
                code=entry.code,
                reverses=entry.reverses,
                round_id=entry.round_id,
                subject_id=entry.subject_id,
                account=posting.account,
                holder_id=posting.holder_id,
                holder_ja=holders[posting.holder_id].name_ja,
                holder_en=holders[posting.holder_id].name_en,
                lot_id=posting.lot_id,
                measure=posting.measure,
                amount=posting.amount,
            )
            for entry in found
            for posting in entry.postings
        ]


def ledger_csv(context: Context, actor: Actor, *, round_id: str | None = None) -> str:
    """The same as CSV: ids, words and whole numbers, no names, times in UTC."""
    text = io.StringIO()
    columns = [
        name for name in LedgerRow.__dataclass_fields__ if name not in {"holder_ja", "holder_en"}
    ]
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in ledger_rows(context, actor, round_id=round_id):
        cells = [getattr(row, name) for name in columns]
        writer.writerow([c.isoformat() if isinstance(c, datetime) else c for c in cells])
    return text.getvalue()


def proof(context: Context, actor: Actor) -> BooksProof:
    """Whether the books hold, for those who answer for them."""
    with looking(context, actor, *BOOKKEEPERS):
        pass
    return prove(context)


def my_invoices(context: Context, actor: Actor) -> list[Invoice]:
    """The invoices of the actor's organisation, the newest first."""
    with looking(context, actor) as (tx, fresh):
        return books.invoices_of_organisation(tx, fresh.organisation_id)


def all_invoices(context: Context, actor: Actor) -> list[InvoiceRow]:
    """Every invoice of the club, the newest first."""
    with looking(context, actor, *BOOKKEEPERS) as (tx, _):
        members = _organisations(tx)
        all_rounds = {round_.id: round_ for round_ in rounds.listed(tx)}
        return [
            InvoiceRow(
                invoice=invoice,
                organisation=members[invoice.organisation_id],
                round_=all_rounds[invoice.round_id],
            )
            for invoice in books.all_invoices(tx)
        ]


def invoice_paper(context: Context, actor: Actor, invoice_id: str) -> InvoicePaper:
    """What the invoice's PDF says; one's own, or any for those who keep the books."""
    with looking(context, actor) as (tx, fresh):
        invoice = books.invoice(tx, invoice_id)
        _require_own(fresh, invoice.organisation_id)
        round_ = rounds.get(tx, invoice.round_id)
        lines = books.invoice_lines_of(tx, invoice.id)
        issued_on = local_day(context, invoice.issued_at)
        wrong = books.invoice(tx, invoice.replaces) if invoice.replaces else None
        return InvoicePaper(
            number=invoice.number,
            issuer=issuer_of(context.settings),
            recipient=_party(people.organisation(tx, invoice.organisation_id)),
            round_ja=round_.name_ja,
            round_en=round_.name_en,
            transacted_on=issued_on,
            issued_on=issued_on,
            due_on=invoice.due_on,
            lines=tuple(_invoiced(tx, line) for line in lines),
            value_jpy=invoice.value_jpy,
            fee_per_t=round_.fee_per_t,
            fee_jpy=invoice.fee_jpy,
            tax_percent=invoice.tax_percent,
            tax_jpy=invoice.tax_jpy,
            total_jpy=invoice.total_jpy,
            is_invented=round_.is_invented,
            replaces=wrong.number if wrong else None,
            paid_before_jpy=invoice.paid_before_jpy,
        )


def credit_note_paper(context: Context, actor: Actor, invoice_id: str) -> InvoicePaper:
    """What the credit note's PDF says that cancels an invoice; NotFound where none does."""
    paper = invoice_paper(context, actor, invoice_id)
    with looking(context, actor) as (tx, _):
        invoice = books.invoice(tx, invoice_id)
        if invoice.credit_number is None or invoice.credited_at is None:
            raise NotFound
        return replace(
            paper,
            number=invoice.credit_number,
            cancels=paper.number,
            replaces=None,
            paid_before_jpy=0,
            issued_on=local_day(context, invoice.credited_at),
        )


def award_note(context: Context, actor: Actor, *, round_id: str, supplier_id: str) -> AwardNote:
    """What a supplier won in a round and has to deliver; NotFound where it won nothing.

    Its number comes from the ledger's entry of the purchase.
    """
    with looking(context, actor) as (tx, fresh):
        _require_own(fresh, supplier_id)
        round_ = rounds.get(tx, round_id)
        own = [a for a in clearings.awards_of_round(tx, round_id) if a.supplier_id == supplier_id]
        won = [bought for bought in by_lot(own) if waits_for(tx, bought) is None]
        entered = [e for e in books.entries_about(tx, supplier_id) if e.round_id == round_id]
        purchase = ledger.standing(entered, EntryCode.PURCHASE)
        if not won or purchase is None:
            raise NotFound
        settings = context.settings
        return AwardNote(
            number=f"AWD-{purchase.id[:10].upper()}",
            issuer=issuer_of(settings),
            supplier=_party(people.organisation(tx, supplier_id)),
            round_ja=round_.name_ja,
            round_en=round_.name_en,
            awards=tuple(_awarded(bought, tx) for bought in won),
            deliver_to=f"{settings.club_name_ja} / {settings.club_name_en}",
            issued_on=local_day(context, purchase.made_at),
            is_invented=round_.is_invented,
        )


def _require_own(actor: Actor, organisation_id: str) -> None:
    """Papers are their owner's; those who keep the books see all, anybody else sees none."""
    is_bookkeeper = actor.kind is Kind.OPERATOR and actor.has(*BOOKKEEPERS)
    if actor.organisation_id != organisation_id and not is_bookkeeper:
        raise NotFound


def _organisations(tx: Connection) -> dict[str, Organisation]:
    return {o.id: o for o in people.all_organisations(tx)}


def _party(organisation: Organisation) -> Party:
    return Party(name_ja=organisation.name_ja, name_en=organisation.name_en)


def _invoiced(tx: Connection, line: InvoiceLine) -> InvoicedAward:
    award = clearings.award(tx, line.award_id)
    project = catalogue.project(tx, catalogue.lot(tx, award.lot_id).project_id)
    return InvoicedAward(
        project_ja=project.name_ja,
        project_en=project.name_en,
        quantity_kg=line.quantity_kg,
        price_per_t=award.price_per_t,
        value_jpy=line.value_jpy,
    )


def _awarded(bought: LotAwards, tx: Connection) -> AwardedLot:
    lot = catalogue.lot(tx, bought.lot_id)
    project = catalogue.project(tx, lot.project_id)
    units = retirements.units_due(bought.quantity_kg, lot.unit_kg)
    custody_kg = units * lot.unit_kg - bought.quantity_kg
    return AwardedLot(
        project_ja=project.name_ja,
        project_en=project.name_en,
        vintage=lot.vintage,
        prices=tuple(
            Priced(
                quantity_kg=award.quantity_kg,
                price_per_t=award.price_per_t,
                value_jpy=award.value_jpy,
            )
            for award in bought.awards
        ),
        units=units,
        unit_kg=lot.unit_kg,
        custody_jpy=retirements.custody_jpy(custody_kg, bought.surplus_per_t),
        deliver_by_on=lot.deliver_by_on,
    )
