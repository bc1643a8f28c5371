"""A member's invoice for a round, with what a qualified invoice must carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from club.documents import blocks
from club.documents.bilingual import Bilingual, day, jpy, name, number, same, say
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
    price_per_t: int
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


def write_invoice(paper: InvoicePaper) -> bytes:
    """The invoice as PDF; a qualified invoice where the club has a registration number."""
    is_qualified = paper.issuer.registration_number is not None
    sheet = Sheet(
        title=say("invoice.title_qualified" if is_qualified else "invoice.title"),
        number=paper.number,
        club=name(paper.issuer),
        issued_on=paper.issued_on,
        is_invented=paper.is_invented,
    )
    return print_sheet(sheet, lambda: _story(paper, sheet))


def _story(paper: InvoicePaper, sheet: Sheet) -> list[Flowable]:
    round_ = Bilingual(paper.round_ja, paper.round_en)
    return [
        *blocks.title(sheet.title),
        *blocks.letterhead(
            name(paper.recipient), say("invoice.opening", round=round_), _facts(paper)
        ),
        blocks.gap(4),
        _amount_due(paper),
        blocks.gap(4),
        *blocks.section(say("invoice.lines")),
        _lines(paper),
        blocks.gap(3),
        _sums(paper),
        blocks.gap(5),
        *_payment(paper),
        *blocks.section(say("invoice.notes")),
        *blocks.notes(_remarks(paper)),
    ]


def _facts(paper: InvoicePaper) -> list[tuple[Bilingual, Bilingual]]:
    registration = paper.issuer.registration_number
    rows = [
        (say("number"), same(paper.number)),
        (say("issued_on"), day(paper.issued_on)),
        (say("invoice.transacted_on"), day(paper.transacted_on)),
        (say("issuer"), name(paper.issuer)),
        (say("address"), same(paper.issuer.address)),
        (
            say("invoice.registration"),
            same(registration) if registration else say("invoice.unregistered"),
        ),
    ]
    return [row for row in rows if row[1].ja]


def _amount_due(paper: InvoicePaper) -> Flowable:
    cells: list[list[Flowable]] = [
        blocks.both(say("invoice.amount_due")),
        [blocks.line(jpy(paper.total_jpy), SUM)],
        blocks.both(say("invoice.due_on")),
        blocks.both(day(paper.due_on), NAME),
    ]
    return blocks.band(cells, (40, 56, 26))


def _lines(paper: InvoicePaper) -> Flowable:
    heads = [say("project"), say("quantity"), say("price"), say("value")]
    rows: list[list[list[Flowable]]] = [
        [
            blocks.both(Bilingual(line.project_ja, line.project_en)),
            blocks.number(number(line.quantity_kg)),
            blocks.number(number(line.price_per_t)),
            blocks.number(number(line.value_jpy)),
        ]
        for line in paper.lines
    ]
    rows.append(
        [
            [blocks.inline(say("invoice.credits"))],
            blocks.number(number(paper.quantity_kg)),
            [],
            blocks.number(number(paper.value_jpy)),
        ]
    )
    if paper.fee_jpy:
        rows.append(
            [
                [blocks.inline(say("invoice.fee"))],
                blocks.number(number(paper.quantity_kg)),
                blocks.number(number(paper.fee_per_t)),
                blocks.number(number(paper.fee_jpy)),
            ]
        )
    return blocks.listing(heads, rows, (24, 24, 30), total=len(paper.lines))


def _sums(paper: InvoicePaper) -> Flowable:
    """By rate: what is taxed, the tax on it, and the two together."""
    percent = paper.tax_percent
    return blocks.sums(
        [
            (say("invoice.taxable", percent=percent), jpy(paper.taxable_jpy)),
            (say("invoice.tax", percent=percent), jpy(paper.tax_jpy)),
            (say("invoice.total"), jpy(paper.total_jpy)),
        ]
    )


def _payment(paper: InvoicePaper) -> list[Flowable]:
    if not paper.issuer.bank:
        return []
    return [
        *blocks.section(say("invoice.payment")),
        *blocks.both(same(paper.issuer.bank)),
        blocks.gap(5),
    ]


def _remarks(paper: InvoicePaper) -> list[Bilingual]:
    remarks = [
        say("invoice.remark_shares"),
        say("invoice.remark_tax"),
    ]
    if paper.issuer.registration_number is None:
        remarks.insert(0, say("invoice.remark_unregistered"))
    return remarks
