from dataclasses import replace

import pytest

from auctions.offers import MOST_KG, MOST_PER_T, BadBook, Claim, Lot, by_sequence, check_book
from tests.auctions.books import an_offer

LOT = Lot("lot", 10)


@pytest.mark.parametrize(
    ("claims", "lots", "offers", "code", "where"),
    [
        ([Claim("a", 1), Claim("a", 2)], [], [], "duplicate_id", "a"),
        ([], [LOT, LOT], [], "duplicate_id", "lot"),
        ([Claim("a", 0)], [], [], "quantity_out_of_range", "a"),
        ([Claim("a", -1)], [], [], "quantity_out_of_range", "a"),
        ([Claim("a", MOST_KG + 1)], [], [], "quantity_out_of_range", "a"),
        ([Claim("a", 1, 2)], [], [], "minimum_out_of_range", "a"),
        ([Claim("a", 1, -1)], [], [], "minimum_out_of_range", "a"),
        ([Claim("a", 1, 0, -1)], [], [], "price_out_of_range", "a"),
        ([], [Lot("lot", 10, 11)], [], "minimum_out_of_range", "lot"),
        ([], [LOT], [an_offer("x", 10, -1, lot="lot")], "price_out_of_range", "x"),
        ([], [LOT], [an_offer("x", 10, MOST_PER_T + 1, lot="lot")], "price_out_of_range", "x"),
        ([], [LOT], [an_offer("x", 10, 1, lot="moon")], "unknown_lot", "x"),
        (
            [],
            [LOT],
            [
                an_offer("x", 10, 1, 2, lot="lot"),
                replace(an_offer("y", 10, 1, 3, lot="lot"), supplier="z"),
            ],
            "lot_of_another_supplier",
            "y",
        ),
    ],
)
def test_a_book_that_contradicts_itself_is_refused(claims, lots, offers, code, where):
    with pytest.raises(BadBook) as refusal:
        check_book(claims, lots, offers)

    assert (refusal.value.code, refusal.value.where) == (code, where)


def test_a_sound_book_is_accepted():
    check_book([Claim("a", MOST_KG, MOST_KG, 0)], [LOT], [an_offer("x", 20, 0, lot="lot")])


def test_offers_stand_in_the_order_of_acknowledgement_then_by_id():
    offers = [an_offer("b", 1, 1, 2), an_offer("a", 1, 1, 2), an_offer("c", 1, 1, 1)]

    assert [offer.id for offer in by_sequence(offers)] == ["c", "a", "b"]
