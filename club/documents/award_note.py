"""The note that tells a supplier what was awarded, and what to deliver by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from reportlab.platypus import Flowable

from club.documents import blocks, tables
from club.documents.bilingual import Bilingual, day, jpy, name, number, price, same, say
from club.documents.layout import Sheet, print_sheet
from club.documents.parties import Issuer, Party
from club.documents.styles import SMALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """Kilograms won at one price."""

    quantity_kg: int
    price_per_t: int | Fraction
    value_jpy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardedLot:
    """One award: kilograms bought, and the whole units that deliver them."""

    project_ja: str
    project_en: str
    vintage: int | None
    prices: tuple[Priced, ...]
    units: int
    unit_kg: int
    custody_jpy: int
    """What the club pays for the rest of the last unit, which it takes into custody."""
    deliver_by_on: date | None
    """None where the terms name no day."""

    @property
    def quantity_kg(self) -> int:
        return sum(each.quantity_kg for each in self.prices)

    @property
    def value_jpy(self) -> int:
        return sum(each.value_jpy for each in self.prices)

    @property
    def custody_kg(self) -> int:
        return self.units * self.unit_kg - self.quantity_kg


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardNote:
    """What the note says; units that do not cover the award to less than one are refused."""

    number: str
    issuer: Issuer
    supplier: Party
    round_ja: str
    round_en: str
    awards: tuple[AwardedLot, ...]
    deliver_to: str
    """The registry account that receives the units."""
    issued_on: date
    is_invented: bool = False

    def __post_init__(self) -> None:
        for award in self.awards:
            if not 0 <= award.custody_kg < award.unit_kg:
                raise ValueError(f"{self.number}: {award.units} units for {award.quantity_kg} kg")

    @property
    def value_jpy(self) -> int:
        return sum(award.value_jpy for award in self.awards)

    @property
    def units(self) -> int:
        return sum(award.units for award in self.awards)

    @property
    def custody_jpy(self) -> int:
        return sum(award.custody_jpy for award in self.awards)


def write_award_note(note: AwardNote) -> bytes:
    """Write the note as PDF: a page, unless there are many awards."""
    sheet = Sheet(
        title=say("documents.award.title"),
        number=note.number,
        club=name(note.issuer),
        issued_on=note.issued_on,
        is_invented=note.is_invented,
    )
    return print_sheet(sheet, lambda: _story(note, sheet))


def _story(note: AwardNote, sheet: Sheet) -> list[Flowable]:
    round_ = Bilingual(note.round_ja, note.round_en)
    return [
        *blocks.title(sheet.title),
        *tables.letterhead(
            name(note.supplier), say("documents.award.opening", round=round_), _facts(note)
        ),
        blocks.gap(5),
        *blocks.section(say("documents.award.awards")),
        _awards(note),
        blocks.gap(3),
        _sums(note),
        blocks.gap(5),
        *blocks.section(say("documents.award.delivery")),
        tables.pairs(
            [
                (
                    say("documents.award.units_due"),
                    say("documents.award.units_total", count=note.units),
                ),
                (say("documents.award.deliver_to"), same(note.deliver_to)),
            ]
        ),
        blocks.gap(5),
        *blocks.section(say("documents.award.notes")),
        *blocks.notes(
            [
                say("documents.award.remark_units"),
                say("documents.award.remark_tax"),
                say("documents.award.remark_binding"),
            ]
        ),
    ]


def _facts(note: AwardNote) -> list[tuple[Bilingual, Bilingual]]:
    rows = [
        (say("documents.number"), same(note.number)),
        (say("documents.issued_on"), day(note.issued_on)),
        (say("documents.issuer"), name(note.issuer)),
        (say("documents.address"), same(note.issuer.address)),
    ]
    return [row for row in rows if row[1].ja]


def _awards(note: AwardNote) -> Flowable:
    heads = [
        say("documents.project"),
        say("documents.quantity"),
        say("documents.price"),
        say("documents.value"),
        say("documents.award.units"),
    ]
    rows = [
        [
            _project(award),
            _stacked(number(each.quantity_kg) for each in award.prices),
            _stacked(price(each.price_per_t) for each in award.prices),
            _stacked(number(each.value_jpy) for each in award.prices),
            [
                *blocks.at_right(number(award.units)),
                *blocks.at_right(f"× {number(award.unit_kg)} kg", SMALL),
            ],
        ]
        for award in note.awards
    ]
    return tables.listing(heads, rows, (20, 20, 26, 24))


def _stacked(figures: Iterable[str]) -> list[Flowable]:
    """Write one figure under the other: a line for each price."""
    return [line for figure in figures for line in blocks.at_right(figure)]


def _project(award: AwardedLot) -> list[Flowable]:
    """Write the project, and the terms of delivery in small letters."""
    details = [
        say("documents.vintage", year=str(award.vintage))
        if award.vintage
        else say("documents.vintage_unstated"),
        say("documents.award.by", deliver_by_on=award.deliver_by_on)
        if award.deliver_by_on
        else say("documents.award.by_unstated"),
    ]
    if award.custody_kg:
        details.append(say("documents.award.custody", custody_kg=award.custody_kg))
    return [
        *blocks.both(Bilingual(award.project_ja, award.project_en)),
        *(blocks.line(f"{detail.ja} / {detail.en}", SMALL) for detail in details),
    ]


def _sums(note: AwardNote) -> Flowable:
    return tables.sums(
        [
            (say("documents.award.value"), jpy(note.value_jpy)),
            (say("documents.award.custody_value"), jpy(note.custody_jpy)),
            (say("documents.award.total"), jpy(note.value_jpy + note.custody_jpy)),
        ]
    )
