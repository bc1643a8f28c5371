"""A member's invoice for a round, with what a qualified invoice must carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from reportlab.platypus import Flowable

from club.documents import blocks, tables
from club.documents.bilingual import Bilingual, day, jpy, name, number, price, same, say
from club.documents.layout import Sheet, print_sheet
from club.documents.parties import Issuer, Party
from club.documents.styles import NAME, SUM
from club.domain import invoices


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicedAward:
    """A member's part of one award."""

    project_ja: str
    project_en: str
    quantity_kg: int
    price_per_t: int | Fraction
    value_jpy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaper:
    """What the invoice says; figures that contradict each other are refused."""

    number: str
    issuer: Issuer
    recipient: Party
    round_ja: str
    round_en: str
    transacted_on: date
    issued_on: date
    due_on: date
    lines: tuple[InvoicedAward, ...]
    value_jpy: int
    fee_per_t: int
    fee_jpy: int
    tax_percent: int
    tax_jpy: int
    total_jpy: int
    is_invented: bool = False
    cancels: str | None = None
    """The invoice that this paper cancels, if it is a credit note."""
    replaces: str | None = None
    """The invoice that was cancelled before this one took its place."""
    paid_before_jpy: int = 0
    """What was paid on it, and counts for this one."""

    def __post_init__(self) -> None:
        stated = (self.value_jpy, self.fee_jpy, self.tax_jpy, self.total_jpy)
        value_jpy = sum(line.value_jpy for line in self.lines)
        fee_jpy = invoices.fee(self.quantity_kg, self.fee_per_t)
        tax_jpy = invoices.tax(value_jpy + fee_jpy, self.tax_percent)
        if stated != (value_jpy, fee_jpy, tax_jpy, value_jpy + fee_jpy + tax_jpy):
            raise ValueError(f"{self.number}: the figures do not add up: {stated}")

    @property
    def quantity_kg(self) -> int:
        return sum(line.quantity_kg for line in self.lines)

    @property
    def taxable_jpy(self) -> int:
        """Everything at the invoice's one rate, before tax."""
        return self.value_jpy + self.fee_jpy

    @property
    def due_jpy(self) -> int:
        return self.total_jpy - self.paid_before_jpy


def write_invoice(paper: InvoicePaper) -> bytes:
    """Write the invoice, or credit note, as PDF; qualified where the club has a registration
    number."""
    kind = "title_credit" if paper.cancels else "title"
    qualified = "_qualified" if paper.issuer.registration_number else ""
    sheet = Sheet(
        title=say(f"documents.invoice.{kind}{qualified}"),
        number=paper.number,
        club=name(paper.issuer),
        issued_on=paper.issued_on,
        is_invented=paper.is_invented,
    )
    return print_sheet(sheet, lambda: _story(paper, sheet))


def _story(paper: InvoicePaper, sheet: Sheet) -> list[Flowable]:
    round_ = Bilingual(paper.round_ja, paper.round_en)
    opening = say("documents.invoice.opening", round=round_)
    if paper.due_jpy < 0:
        opening = say("documents.invoice.opening_back", round=round_)
    if paper.cancels:
        opening = say("documents.invoice.opening_credit", round=round_, number=paper.cancels)
    return [
        *blocks.title(sheet.title),
        *tables.letterhead(name(paper.recipient), opening, _facts(paper)),
        blocks.gap(4),
        _amount_due(paper),
        blocks.gap(4),
        *blocks.section(say("documents.invoice.lines")),
        _lines(paper),
        blocks.gap(3),
        _sums(paper),
        blocks.gap(5),
        *_payment(paper),
        *blocks.section(say("documents.invoice.notes")),
        *blocks.notes(_remarks(paper)),
    ]


def _facts(paper: InvoicePaper) -> list[tuple[Bilingual, Bilingual]]:
    registration = paper.issuer.registration_number
    rows = [
        (say("documents.number"), same(paper.number)),
        (say("documents.issued_on"), day(paper.issued_on)),
        (say("documents.invoice.transacted_on"), day(paper.transacted_on)),
        (say("documents.issuer"), name(paper.issuer)),
        (say("documents.address"), same(paper.issuer.address)),
        (
            say("documents.invoice.registration"),
            same(registration) if registration else say("documents.invoice.unregistered"),
        ),
    ]
    rows += [
        (say(f"documents.invoice.{word}"), same(other))
        for word, other in (("cancels", paper.cancels), ("replaces", paper.replaces))
        if other
    ]
    return [row for row in rows if row[1].ja]


def _amount_due(paper: InvoicePaper) -> Flowable:
    if paper.cancels or paper.due_jpy < 0:
        word = "amount_cancelled" if paper.cancels else "amount_back"
        amount_jpy = paper.total_jpy if paper.cancels else -paper.due_jpy
        return tables.band(
            [
                blocks.both(say(f"documents.invoice.{word}")),
                [blocks.line(jpy(amount_jpy), SUM)],
            ],
            (48,),
        )
    cells: list[tables.Cell] = [
        blocks.both(say("documents.invoice.amount_due")),
        [blocks.line(jpy(paper.due_jpy), SUM)],
        blocks.both(say("documents.invoice.due_on")),
        blocks.both(day(paper.due_on), NAME),
    ]
    return tables.band(cells, (40, 56, 26))


def _lines(paper: InvoicePaper) -> Flowable:
    heads = [
        say("documents.project"),
        say("documents.quantity"),
        say("documents.price"),
        say("documents.value"),
    ]
    rows: list[list[tables.Cell]] = [
        [
            blocks.both(Bilingual(line.project_ja, line.project_en)),
            blocks.at_right(number(line.quantity_kg)),
            blocks.at_right(price(line.price_per_t)),
            blocks.at_right(number(line.value_jpy)),
        ]
        for line in paper.lines
    ]
    rows.append(
        [
            [blocks.inline(say("documents.invoice.credits"))],
            blocks.at_right(number(paper.quantity_kg)),
            [],
            blocks.at_right(number(paper.value_jpy)),
        ]
    )
    if paper.fee_jpy:
        rows.append(
            [
                [blocks.inline(say("documents.invoice.fee"))],
                blocks.at_right(number(paper.quantity_kg)),
                blocks.at_right(number(paper.fee_per_t)),
                blocks.at_right(number(paper.fee_jpy)),
            ]
        )
    return tables.listing(heads, rows, (24, 24, 30), total=len(paper.lines))


def _sums(paper: InvoicePaper) -> Flowable:
    """By rate: what is taxed, the tax on it, and the two together."""
    percent = paper.tax_percent
    rows = [
        (say("documents.invoice.taxable", percent=percent), jpy(paper.taxable_jpy)),
        (say("documents.invoice.tax", percent=percent), jpy(paper.tax_jpy)),
        (say("documents.invoice.total"), jpy(paper.total_jpy)),
    ]
    if paper.paid_before_jpy:
        word = "amount_back" if paper.due_jpy < 0 else "still_due"
        rows += [
            (say("documents.invoice.paid_before"), jpy(paper.paid_before_jpy)),
            (say(f"documents.invoice.{word}"), jpy(abs(paper.due_jpy))),
        ]
    return tables.sums(rows)


def _payment(paper: InvoicePaper) -> list[Flowable]:
    if not paper.issuer.bank or paper.cancels or paper.due_jpy <= 0:
        return []
    return [
        *blocks.section(say("documents.invoice.payment")),
        *blocks.both(same(paper.issuer.bank)),
        blocks.gap(5),
    ]


def _remarks(paper: InvoicePaper) -> list[Bilingual]:
    remarks = [
        say("documents.invoice.remark_shares"),
        say("documents.invoice.remark_tax"),
    ]
    if paper.cancels:
        remarks.insert(0, say("documents.invoice.remark_credit"))
    if not paper.issuer.registration_number:
        remarks.insert(0, say("documents.invoice.remark_unregistered"))
    return remarks
