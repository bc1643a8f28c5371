"""What a supplier may see of why its offer lost: never a member's limit."""

from dataclasses import replace
from fractions import Fraction

import pytest

from auctions.offers import Claim
from auctions.reasons import Reason, reasons
from auctions.results import Unproved
from auctions.winning_price import WinningPrice, would_have_won_at
from club.domain.explaining import (
    Explained,
    ShownPrice,
    public_side,
    shown_price,
    shown_reason,
)
from tests.auctions.books import an_offer, whole_lots
from tests.auctions.explained import inputs_of

CHEAP, DEAR = an_offer("cheap", 30, 4_000), an_offer("dear", 30, 8_000, 2)
WHOLE_OR_NOTHING = (
    an_offer("cheap", 20, 4_000),
    an_offer("middling", 10, 4_900, 2),
    an_offer("dear", 30, 8_000, 3, minimum_kg=30),
)
"""For 30 kg the last costs less than the others together below 4,300."""


def a_book(limits, offers=(CHEAP, DEAR), kg=10):
    claims = [Claim(f"member {n}", kg, limit_per_t=limit) for n, limit in enumerate(limits)]
    return inputs_of(claims, whole_lots(offers), offers, ceiling_per_t=10_000)


def shown(inputs, offer_id="dear"):
    """The reason and the price, in full and as they are shown."""
    clearing = inputs.cleared()
    public = public_side(inputs, clearing)
    (reason,) = reasons(inputs, clearing, only={offer_id})
    price = would_have_won_at(inputs, clearing, offer_id, least_per_t=1)
    offer = next(each for each in inputs.offers if each.id == offer_id)
    return (reason, shown_reason(reason, public)), (
        price,
        shown_price(inputs, public, offer, price),
    )


def test_a_limit_of_five_companies_is_told_as_it_is():
    (reason, seen), (price, seen_price) = shown(a_book([5_000] * 5))

    assert (reason.limit_per_t, reason.wanted_kg) == (5_000, 0)
    assert (seen.because, seen.limit_per_t, seen.wanted_kg) == ("above_limit", 5_000, None)
    assert (price, seen_price) == (
        WinningPrice(5_000, "highest"),
        ShownPrice(5_000, "highest"),
    )


def test_a_limit_of_fewer_is_not_told_and_a_public_price_below_it_stands_for_it():
    (reason, seen), (price, seen_price) = shown(a_book([5_000] * 4))

    assert reason.limit_per_t == 5_000
    assert (seen.because, seen.limit_per_t) == ("above_limit", None)
    assert (price, seen_price) == (
        WinningPrice(5_000, "highest"),
        ShownPrice(4_000, "at_least"),
    )


def test_a_limit_of_one_company_below_five_others_is_not_told():
    """Only at that limit is there demand enough for the whole lot and something beside it."""
    book = a_book([5_000] * 5 + [4_500], WHOLE_OR_NOTHING, kg=6)

    (reason, seen), (price, seen_price) = shown(book)

    assert (reason.limit_per_t, seen.limit_per_t) == (5_000, 5_000)
    assert price == WinningPrice(4_500, "highest")
    assert seen_price == ShownPrice(4_000, "at_least")


def test_a_price_that_follows_from_demand_that_is_told_is_told():
    _, (price, seen_price) = shown(a_book([5_000] * 5, WHOLE_OR_NOTHING, kg=6))

    assert price == WinningPrice(4_299, "highest")
    assert seen_price == ShownPrice(4_299, "highest")


def test_a_price_that_tells_how_much_few_members_want_is_not_told():
    _, (price, seen_price) = shown(a_book([5_000] * 3, WHOLE_OR_NOTHING, kg=10))

    assert price == WinningPrice(4_299, "highest")
    assert seen_price == ShownPrice(4_000, "at_least")


def test_where_no_public_price_would_have_won_it_is_only_told_that_some_would():
    alone = replace(DEAR, sequence=1)

    (_, seen), (price, seen_price) = shown(a_book([5_000] * 2, [alone]))

    assert (price, seen.limit_per_t) == (WinningPrice(5_000, "highest"), None)
    assert seen_price == ShownPrice(None, "withheld")


def test_where_no_proof_is_found_for_a_public_price_it_is_withheld(monkeypatch):
    inputs = a_book([5_000] * 4)
    public = public_side(inputs, inputs.cleared())
    offer = inputs.offers[1]

    def unproved(*_args, **_terms):
        raise Unproved("the solver gave up")

    monkeypatch.setattr("auctions.inputs.runs", unproved)

    found = shown_price(inputs, public, offer, WinningPrice(5_000, "highest"))

    assert found == ShownPrice(None, "withheld")


def test_a_price_that_follows_from_other_offers_is_told_though_a_limit_is_the_same():
    rival = an_offer("rival", 30, 5_000)

    _, (price, seen_price) = shown(a_book([5_000] * 3, [rival, DEAR]))

    assert price == WinningPrice(4_999, "highest")
    assert seen_price == ShownPrice(4_999, "highest")


def test_quality_is_counted_when_other_offers_are_compared():
    good = replace(DEAR, coefficient=Fraction(5, 4))

    _, (price, seen_price) = shown(a_book([5_000] * 3, [an_offer("rival", 30, 4_000), good]))

    assert price == WinningPrice(4_999, "highest")
    assert seen_price == ShownPrice(4_999, "highest")


def test_that_no_price_would_have_won_is_told():
    whole = replace(DEAR, minimum_kg=30)

    _, (price, seen_price) = shown(a_book([None], [an_offer("open", 10, 9_000), whole]))

    assert price == WinningPrice(None, "highest")
    assert seen_price == ShownPrice(None, "highest")


@pytest.mark.parametrize(
    ("reason", "price", "is_open"),
    [
        (Reason(offer="o", outcome="won_whole"), None, False),
        (Reason(offer="o", outcome="won_in_part", because="not_looked_into"), None, True),
        (Reason(offer="o", outcome="lost", because="dearer"), None, True),
        (Reason(offer="o", outcome="lost", because="dearer"), WinningPrice(1, "at_least"), True),
        (Reason(offer="o", outcome="lost", because="dearer"), WinningPrice(1, "boundary"), False),
        (Reason(offer="o", outcome="lost", because="lot_sold_out"), None, False),
    ],
)
def test_what_is_left_to_be_worked_out(reason, price, is_open):
    explained = Explained(
        offer="o", reason=reason, shown_reason=reason, effective_per_t=Fraction(9), price=price
    )

    assert explained.is_open is is_open
    assert not replace(explained, is_final=True).is_open
