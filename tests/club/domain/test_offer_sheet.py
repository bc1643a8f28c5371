"""An offer sheet is read whole: offers, or every wrong cell by its name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.envelopes import OfferTerms, Step, one_price
from club.domain.auction_terms import AuctionTerms
from club.domain.errors import TermsRefused
from club.domain.offer_sheet import FIXED, LotOffer, cell, read
from club.domain.offers import require_terms
from club.domain.organisations import Actor, Kind, Role
from club.domain.rounds import Phase
from tests.builders import NOON, a_round
from tests.club.domain.test_auction_terms import QUALITY
from tests.club.domain.test_lots import a_lot

BY = Actor(person_id="p", organisation_id="o", kind=Kind.OPERATOR, roles=frozenset(Role))
BIDDING = a_round(BY, phase=Phase.BIDDING)
LOTS = {id: a_lot(id=id, quantity_kg=20_000) for id in ("l1", "l2")}
JA = [f"列{number}" for number in range(len(FIXED))]
EN = [f"Column {number}" for number in range(len(FIXED))]


def a_row(lot="l1", quantity="", price="", minimum="", *more):
    return [lot, "project", "2025", "20000", quantity, price, minimum, *more]


def sheet(*rows, heads=JA, criteria=(), numbers=None):
    """The sheet with its heads in row 1."""
    extra = [criterion.name_ja for criterion in criteria]
    round_ = replace(BIDDING, auction=AuctionTerms(criteria=criteria))

    def require(lot_id, terms):
        require_terms(round_, LOTS[lot_id], terms, elsewhere_kg=0, at=NOON)

    numbered = zip(numbers or range(1, len(rows) + 2), [[*heads, *extra], *rows], strict=True)
    return read(
        list(numbered),
        heads=[[*JA, *extra], [*EN, *(c.name_en for c in criteria)]],
        lot_ids=list(LOTS),
        criteria=criteria,
        require=require,
    )


def told(found):
    assert found.offers == ()
    return [(each.cell, each.error.code) for each in found.errors]


def test_each_row_is_a_lot_and_lots_that_are_not_offered_stay_empty():
    found = sheet(a_row("l1", "１１ t", "4,500円", "5t"), a_row("l2"))

    assert found.errors == ()
    assert found.offers == (LotOffer(lot_id="l1", terms=one_price(11_000, 4_500, 5_000)),)


def test_more_rows_of_a_lot_are_its_steps_wherever_they_stand():
    found = sheet(
        a_row("l1", "1000", "4000", "2000"),
        a_row("l2", "500", "3000"),
        a_row("l1", "2000", "5000"),
    )

    steps = (Step(quantity_kg=1_000, price_per_t=4_000), Step(quantity_kg=2_000, price_per_t=5_000))
    assert found.offers == (
        LotOffer(lot_id="l1", terms=OfferTerms(steps=steps, minimum_kg=2_000)),
        LotOffer(lot_id="l2", terms=one_price(500, 3_000)),
    )


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_cells():
    found = sheet(
        a_row("l9", "1", "1"),
        a_row("l1", "lots", "-1", "x"),
        a_row("l2", "", "5000"),
        a_row("l2", "1", "", "7", "more"),
    )

    assert told(found) == [
        ("A2", "unknown_lot"),
        ("E3", "not_a_number"),
        ("F3", "not_positive"),
        ("G3", "not_a_number"),
        ("E4", "missing"),
        ("F5", "missing"),
        ("G5", "only_in_first_row"),
        ("H5", "outside_the_sheet"),
    ]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([a_row("l1", "1", "10001")], [("F2", "price_above_ceiling")]),
        (
            [a_row("l1", "1", "9000"), a_row("l1", "1", "10001"), a_row("l1", "1", "20000")],
            [("F4", "price_above_ceiling")],
        ),
        ([a_row("l1", "15 t", "1"), a_row("l1", "6 t", "2")], [("E3", "lot_exhausted")]),
        ([a_row("l1", "1", "1", "2")], [("G2", "minimum_above_quantity")]),
        (
            [a_row("l1", "1", "5"), a_row("l1", "1", "6"), a_row("l1", "1", "6")],
            [("F4", "prices_not_rising")],
        ),
        ([a_row("l1", "1", str(n)) for n in range(1, 12)], [("A12", "too_many_steps")]),
        ([a_row("l1"), a_row("l2")], [("E2", "sheet_empty")]),
        ([], [("E2", "sheet_empty")]),
    ],
)
def test_what_breaks_a_term_is_told_where_it_stands(rows, wrong):
    assert told(sheet(*rows)) == wrong


def test_where_one_lot_is_wrong_none_is_offered():
    assert told(sheet(a_row("l1", "1", "1"), a_row("l2", "1", "99999"))) == [
        ("F3", "price_above_ceiling")
    ]


@pytest.mark.parametrize(
    "heads", [JA[::-1], JA[:-1], [*JA, "more"], ["", *JA[1:]], ["l1", *JA[1:]]]
)
def test_columns_that_were_moved_are_refused_before_a_number_is_believed(heads):
    assert told(sheet(a_row("l1", "1", "1"), heads=heads)) == [("A1", "sheet_heads_differ")]


def test_heads_are_known_in_both_languages_and_in_any_width():
    wide = [text.replace("Column", "ＣＯＬＵＭＮ") for text in EN]

    for heads in (JA, EN, wide, [*EN, "", " "]):
        assert len(sheet(a_row("l1", "1", "1"), heads=heads).offers) == 1


def test_an_empty_file_has_no_heads():
    found = read([], heads=[JA], lot_ids=[], criteria=(), require=lambda *_: None)

    assert told(found) == [("A1", "sheet_heads_differ")]


def test_cells_keep_the_names_they_have_where_rows_were_left_empty():
    found = sheet(a_row("l1", "x", "1"), numbers=[3, 17])

    assert told(found) == [("E17", "not_a_number")]


@pytest.mark.parametrize("said", ["あり", "YES", "ｙｅｓ", " Yes "])
def test_an_answer_is_known_by_its_name_in_either_language_or_its_id(said):
    found = sheet(a_row("l1", "1", "1", "", said), criteria=(QUALITY,))

    assert found.offers[0].terms.answers == (("q", "yes"),)


def test_answers_are_asked_for_once_a_lot():
    rows = [a_row("l1", "1", "1", "", "はてな"), a_row("l1", "1", "2", "", "あり")]

    assert told(sheet(*rows, criteria=(QUALITY,))) == [
        ("H2", "not_answered"),
        ("H3", "only_in_first_row"),
    ]


def test_what_else_is_refused_points_at_the_lot():
    def closed(*_):
        raise TermsRefused("bidding_closed")

    found = read(
        [(1, JA), (2, a_row("l1", "1", "1"))],
        heads=[JA],
        lot_ids=["l1"],
        criteria=(),
        require=closed,
    )

    assert told(found) == [("A2", "bidding_closed")]


@given(st.integers(0, 20_000), st.integers(1, 10**6))
def test_cells_are_named_as_spreadsheets_name_them(column, row):
    letters = cell(column, row).removesuffix(str(row))
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1

    assert number - 1 == column
    assert (cell(0, 4), cell(25, 1), cell(26, 1)) == ("A4", "Z1", "AA1")
