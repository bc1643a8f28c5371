"""A round is cleared, told, delivered and verified under the terms that it opened with."""

from fractions import Fraction

import pytest

from auctions.rules import EachRule, ShareRule, where
from club.domain.auction_terms import AuctionTerms, Pricing, Sharing
from club.domain.lots import Mechanism
from club.operations.clearing import clear_round
from club.operations.viewing.books import award_note
from club.operations.viewing.proving import prove
from club.operations.viewing.rounds import round_page
from tests.cleared import outcome
from tests.club.domain.test_auction_terms import QUALITY
from tests.markets import AFTER, a_ruled_market, stored


@pytest.fixture
def market(context, clock, facilitator):
    """`market(auction, pledged, offers)` clears."""

    def run(*given):
        round_, _, sellers = a_ruled_market(context, facilitator, *given)
        clock.at = round_.bidding_closes_at + AFTER
        assert clear_round(context, round_.id)
        return stored(context, round_), sellers

    return run


CUT, REMOVE = Mechanism.REDUCTION, Mechanism.REMOVAL


def test_a_share_of_removals_is_bought_although_it_is_dear(context, market):
    rule = ShareRule(
        name="removal", where=where({"mechanism": ["removal"]}), min_share=Fraction(2, 5), hard=True
    )

    round_, _ = market(
        AuctionTerms(rules=(rule,)),
        [6_000, 4_000],
        [(20_000, 3_000, CUT, ()), (20_000, 9_000, REMOVE, ())],
    )

    assert outcome(context, round_)[0] == [(4_000, 9_000), (6_000, 3_000)]


def test_no_supplier_gets_more_than_its_cap(context, market):
    half = EachRule(name="half", each="supplier", max_share=Fraction(1, 2), hard=True)

    round_, _ = market(
        AuctionTerms(rules=(half,)),
        [10_000],
        [(20_000, 3_000, CUT, ()), (20_000, 4_000, CUT, ())],
    )

    assert outcome(context, round_)[0] == [(5_000, 3_000), (5_000, 4_000)]


def test_the_better_answer_wins_and_is_paid_its_own_price(context, market):
    round_, _ = market(
        AuctionTerms(criteria=(QUALITY,)),
        [10_000],
        [(20_000, 4_000, CUT, (("q", "no"),)), (20_000, 4_400, CUT, (("q", "yes"),))],
    )

    assert outcome(context, round_)[0] == [(10_000, 4_400)]


def test_under_one_price_all_are_paid_the_highest(context, market):
    round_, _ = market(
        AuctionTerms(pricing=Pricing.UNIFORM),
        [10_000],
        [(6_000, 3_000, CUT, ()), (20_000, 4_000, CUT, ())],
    )

    assert outcome(context, round_)[0] == [(4_000, 4_000), (6_000, 4_000)]


def test_a_vickrey_payment_is_exact_to_the_last_paper(context, facilitator, market):
    """Without the first, 3 t cost 1 t at 5,000 and 2 t at the ceiling of 10,000, and the other
    2 t alone 10,000 of it: the first is paid 25,000 − 10,000 over 3 t, which is 5,000 each; with
    7 kg less demand it is no whole price any more."""
    round_, sellers = market(
        AuctionTerms(pricing=Pricing.VICKREY),
        [2_993],
        [(1_500, 3_000, CUT, ()), (2_000, 4_001, CUT, ()), (1_000, 5_003, CUT, ())],
    )

    page = round_page(context, facilitator, round_.id)
    prices = [row.award.price_per_t for row in page.outcome.awards]
    (awarded,) = award_note(
        context, facilitator, round_id=round_.id, supplier_id=sellers[0].organisation_id
    ).awards

    assert any(Fraction(price).denominator > 1 for price in prices)
    assert all(price >= 3_000 for price in prices)
    assert awarded.prices[0].price_per_t in prices
    assert sum(row.award.value_jpy for row in page.outcome.awards) == page.outcome.value_jpy
    assert prove(context).differing == ()


def test_small_pledges_are_served_first_where_the_round_says_so(context, market):
    round_, _ = market(
        AuctionTerms(sharing=Sharing.SMALL_FIRST),
        [1_000, 9_000],
        [(4_000, 3_000, CUT, ())],
    )

    assert sorted(outcome(context, round_)[1].values()) == [1_000, 3_000]
