"""An offer sheet: a supplier's lots with quantities and prices, read row by row, wrong cells named.

Each row is a lot; further rows of the same lot are its price steps. A row without quantity, price,
minimum and answers is a lot that is not offered.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from auctions.envelopes import OfferTerms, Step
from auctions.scoring import Criterion
from club.domain.errors import ClubError, InputRefused
from club.domain.units import read_kg, read_per_t

FIXED = ("lot", "project", "vintage", "left_kg", "quantity_kg", "price_per_t", "minimum_kg")
"""The sheet's columns; a column for each quality criterion follows."""
LOT, QUANTITY, PRICE, MINIMUM = 0, 4, 5, 6
MOST_ROWS = 500
"""Of offers, the heads apart."""

Row = tuple[int, Sequence[str]]
Require = Callable[[str, OfferTerms], None]
"""Refuses terms for a lot as the round and the lot do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LotOffer:
    """What is offered of one lot."""

    lot_id: str
    terms: OfferTerms


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong, and in which cell: "C4"."""

    cell: str
    error: ClubError


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet comes to: offers, or what is wrong with it, never both."""

    offers: tuple[LotOffer, ...]
    errors: tuple[CellError, ...]


@dataclass(slots=True)
class _Lot:
    """One lot's rows as they are read."""

    rows: list[int] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    minimum_kg: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    is_sound: bool = True


def read(
    rows: Sequence[Row],
    *,
    heads: Sequence[Sequence[str]],
    lot_ids: Sequence[str],
    criteria: Sequence[Criterion],
    require: Require,
) -> Sheet:
    """Read a whole sheet and tell all that is wrong at once, in the order of its cells.

    `heads` are the heads that are known, one list a language: other columns, or the same in
    another order, are refused, for a price in the place of a quantity would be believed.
    """
    if not rows or _plain(rows[0][1]) not in [_plain(each) for each in heads]:
        number = rows[0][0] if rows else 1
        return Sheet((), (CellError(cell(0, number), InputRefused("sheet_heads_differ")),))
    reader = _Reader(criteria=criteria, lot_ids=frozenset(lot_ids), columns=len(heads[0]))
    for number, cells in rows[1:]:
        reader.read_row(number, list(cells) + [""] * (len(heads[0]) - len(cells)))
    offers = reader.offers(require)
    if not offers and not reader.errors:
        reader.wrong(QUANTITY, rows[0][0] + 1, InputRefused("sheet_empty"))
    errors = sorted(reader.errors, key=lambda each: each[0])
    return Sheet(
        offers=() if errors else tuple(offers),
        errors=tuple(CellError(cell(column, row), error) for (row, column), error in errors),
    )


@dataclass(slots=True)
class _Reader:
    criteria: Sequence[Criterion]
    lot_ids: frozenset[str]
    columns: int
    lots: dict[str, _Lot] = field(default_factory=dict)
    errors: list[tuple[tuple[int, int], ClubError]] = field(default_factory=list)

    def wrong(self, column: int, row: int, error: ClubError) -> None:
        self.errors.append(((row, column), error))

    def read_row(self, row: int, cells: list[str]) -> None:
        if any(text.strip() for text in cells[self.columns :]):
            self.wrong(self.columns, row, InputRefused("outside_the_sheet"))
        if not any(text.strip() for text in cells[QUANTITY : self.columns]):
            return
        id = cells[LOT].strip()
        if id not in self.lot_ids:
            self.wrong(LOT, row, InputRefused("unknown_lot", typed=id[:40]))
            return
        lot = self.lots.setdefault(id, _Lot())
        before = len(self.errors)
        self._read_step(lot, row, cells)
        if lot.rows:
            self._refuse_again(row, cells)
        else:
            self._read_first(lot, row, cells)
        lot.rows.append(row)
        lot.is_sound = lot.is_sound and len(self.errors) == before

    def _read_step(self, lot: _Lot, row: int, cells: list[str]) -> None:
        found = []
        for column, read_cell in ((QUANTITY, read_kg), (PRICE, read_per_t)):
            try:
                found.append(read_cell(cells[column], field=FIXED[column]) or 0)
            except InputRefused as error:
                self.wrong(column, row, error)
        if len(found) == len((QUANTITY, PRICE)):
            lot.steps.append(Step(quantity_kg=found[0], price_per_t=found[1]))

    def _read_first(self, lot: _Lot, row: int, cells: list[str]) -> None:
        """Minimum and answers are the lot's: they stand in its first row."""
        try:
            lot.minimum_kg = read_kg(cells[MINIMUM], field="minimum_kg", optional=True)
        except InputRefused as error:
            self.wrong(MINIMUM, row, error)
        for column, criterion in enumerate(self.criteria, start=len(FIXED)):
            answer = _answer(criterion, cells[column])
            if answer is None:
                self.wrong(column, row, InputRefused("not_answered"))
            else:
                lot.answers[criterion.id] = answer

    def _refuse_again(self, row: int, cells: list[str]) -> None:
        for column in range(MINIMUM, self.columns):
            if cells[column].strip():
                self.wrong(column, row, InputRefused("only_in_first_row"))

    def offers(self, require: Require) -> list[LotOffer]:
        """The lots that could be read, each held to the round's and the lot's terms."""
        found = []
        for id, lot in self.lots.items():
            if lot.is_sound:
                terms = OfferTerms(
                    steps=tuple(lot.steps),
                    minimum_kg=lot.minimum_kg,
                    answers=tuple(sorted(lot.answers.items())),
                )
                try:
                    require(id, terms)
                except ClubError as error:
                    self.wrong(*_place(error, lot, terms), error)
                else:
                    found.append(LotOffer(lot_id=id, terms=terms))
        return found


def _place(error: ClubError, lot: _Lot, terms: OfferTerms) -> tuple[int, int]:
    """The column and row that a refusal of a whole lot points at."""
    prices = [step.price_per_t for step in terms.steps]
    if error.code == "price_above_ceiling":
        return PRICE, lot.rows[prices.index(max(prices))]
    if error.code == "prices_not_rising":
        falls = (n for n in range(1, len(prices)) if prices[n] <= prices[n - 1])
        return PRICE, lot.rows[next(falls)]
    places = {"lot_exhausted": (QUANTITY, -1), "minimum_above_quantity": (MINIMUM, 0)}
    column, row = places.get(error.code, (LOT, -1 if error.code == "too_many_steps" else 0))
    return column, lot.rows[row]


def _answer(criterion: Criterion, text: str) -> str | None:
    """The answer of that name in either language, or of that id."""
    for answer in criterion.answers:
        if _folded(text) in map(_folded, (answer.id, answer.name_ja, answer.name_en)):
            return answer.id
    return None


def cell(column: int, row: int) -> str:
    """A cell's name as spreadsheets have it: column 0 in row 4 is A4."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _plain(cells: Sequence[str]) -> list[str]:
    texts = [_folded(text) for text in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
