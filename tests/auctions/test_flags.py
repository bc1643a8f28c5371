from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from auctions.flags import Compared, compared, low_prices
from auctions.results import Award
from tests.auctions.books import an_offer, books


def flagged(*offers, award=0):
    won = offers[award]
    flags = low_prices([Award(won.id, 1, won.price_per_t, 0)], offers)
    return [reason for flag in flags for reason in flag.reasons]


def priced(*prices):
    return [an_offer(f"offer {n}", 5, price) for n, price in enumerate(prices)]


@pytest.mark.parametrize(
    ("prices", "reasons"),
    [
        ((100,), []),
        ((60, 100), ["far_below_mean", "far_below_next"]),
        ((61, 100), ["far_below_next"]),
        ((70, 100), ["far_below_next"]),
        ((71, 100), []),
        ((90, 91, 140), []),
        ((60, 70, 130), ["far_below_mean"]),
        ((61, 70, 130), []),
        ((0, 0), []),
    ],
)
def test_a_price_is_flagged_at_40_percent_below_the_mean_or_30_below_the_next(prices, reasons):
    assert flagged(*priced(*prices)) == reasons


def test_the_next_is_the_cheapest_that_is_not_cheaper():
    assert flagged(*priced(100, 60, 142), award=0) == []
    assert flagged(*priced(100, 60, 143), award=0) == ["far_below_next"]


def test_a_supplier_is_not_compared_with_itself():
    mine, also_mine = (replace(o, supplier="me") for o in priced(10, 1_000))

    assert flagged(mine, also_mine) == []
    assert flagged(mine, also_mine, an_offer("other", 5, 14)) == []
    assert flagged(mine, also_mine, an_offer("other", 5, 15)) == ["far_below_next"]


def test_initial_prices_make_the_mean_and_effective_prices_the_next():
    mine = an_offer("mine", 5, 60)
    lowered = replace(an_offer("other", 5, 61), initial_price_per_t=100)
    better = replace(an_offer("other", 5, 90), coefficient=Fraction(9, 7))

    assert flagged(mine, lowered) == ["far_below_mean"]
    assert flagged(mine, better) == []
    assert flagged(mine, replace(better, coefficient=Fraction(1))) == ["far_below_next"]


def test_the_lowest_of_a_suppliers_prices_counts():
    offers = [an_offer("mine", 5, 60), *(replace(o, supplier="one") for o in priced(100, 80))]

    assert flagged(*offers) == []


def test_a_price_is_compared_with_the_mean_of_the_others_and_with_the_next_of_them():
    own = an_offer("own", 10, 3_000)
    others = [an_offer("a", 10, 5_000), an_offer("b", 10, 6_001)]

    assert compared(["own"], [own, *others]) == {
        "own": Compared(
            price_per_t=3_000,
            effective_per_t=Fraction(3_000),
            mean_per_t=Fraction(11_001, 2),
            next_per_t=Fraction(5_000),
            reasons=("far_below_mean", "far_below_next"),
        )
    }
    assert compared(["own"], [own]) == {}


@given(books())
def test_what_is_flagged_is_what_compares_so(book):
    offers = book[2]
    awards = [Award(offer.id, 1, offer.price_per_t, 0) for offer in offers]
    found = compared([offer.id for offer in offers], offers)

    reasons = {id: figures.reasons for id, figures in found.items() if figures.reasons}
    assert {flag.offer: flag.reasons for flag in low_prices(awards, offers)} == reasons
