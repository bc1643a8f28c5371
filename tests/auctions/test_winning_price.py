"""The price that would have won: by hand, and at every price there is."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.offers import Claim
from auctions.results import Unproved
from auctions.rules import ShareRule, where
from auctions.winning_price import WinningPrice, would_have_won_at
from tests.auctions.books import an_offer, whole_lots
from tests.auctions.explained import enumerated, inputs_of
from tests.auctions.ruled_books import ruled_books

REMOVALS = ShareRule(
    name="removals", where=where({"kind": ["removal"]}), min_share=Fraction(1, 2), hard=True
)


def asked(claims, offers, offer_id, rules=(), **terms):
    """The answer, and how many times the round was cleared for it."""
    inputs = inputs_of(claims, whole_lots(offers), offers, rules, ceiling_per_t=10_000)
    clears = [0]
    found = would_have_won_at(inputs, inputs.cleared(), offer_id, told=clears.append, **terms)
    return found, clears[-1]


def test_it_has_to_be_below_the_dearest_that_was_bought_or_tie_and_be_earlier():
    offers = [
        an_offer("early", 5, 6_000, 1),
        an_offer("bought", 5, 4_321, 2),
        an_offer("late", 5, 5_000, 3),
    ]

    assert asked([Claim("a", 5)], offers, "early") == (WinningPrice(4_321, "highest"), 2)
    assert asked([Claim("a", 5)], offers, "late") == (WinningPrice(4_320, "highest"), 2)


def test_quality_raises_the_price_that_wins():
    good = replace(an_offer("good", 5, 9_000, 2), coefficient=Fraction(3, 2))

    found, _ = asked([Claim("a", 5)], [an_offer("bought", 5, 4_321), good], "good")

    assert found == WinningPrice(6_481, "highest")


def test_above_the_limit_it_is_the_limit_where_supply_was_short():
    claims = [Claim("high", 5, limit_per_t=9_000), Claim("low", 10, limit_per_t=5_000)]
    offers = [an_offer("cheap", 12, 4_000), an_offer("dear", 10, 8_000, 2)]

    assert asked(claims, offers, "dear") == (WinningPrice(5_000, "highest"), 2)


def test_under_a_rule_only_what_its_set_is_bought_at_counts():
    removal = replace(an_offer("removal", 10, 9_000), attributes={"kind": "removal"})
    offers = [removal, an_offer("forest", 5, 1_000, 2), an_offer("wood", 5, 2_000, 3)]

    found, _ = asked([Claim("a", 10)], offers, "wood", [REMOVALS])

    assert found == WinningPrice(999, "highest")


def test_where_no_price_would_have_helped_there_is_none():
    whole = an_offer("whole", 10, 4_000, minimum_kg=10)

    found, _ = asked([Claim("a", 8)], [whole, an_offer("open", 8, 9_000, 2)], "whole")

    assert found == WinningPrice(None, "highest")


def test_a_price_below_the_least_that_may_be_asked_is_none():
    offers = [an_offer("bought", 5, 1), an_offer("late", 5, 5_000, 2)]

    assert asked([Claim("a", 5)], offers, "late")[0] == WinningPrice(0, "highest")
    assert asked([Claim("a", 5)], offers, "late", least_per_t=1)[0] == WinningPrice(None, "highest")


def test_where_a_lower_price_makes_members_leave_a_higher_one_may_have_won():
    claims = [Claim("whole", 5, 5), Claim("low", 2, limit_per_t=3_000)]
    offers = [an_offer("early", 3, 0), an_offer("late", 2, 0, 2)]

    found, _ = asked(claims, offers, "late")

    assert found == WinningPrice(10_000, "highest")


def test_an_offer_that_won_is_not_asked_about():
    with pytest.raises(ValueError, match="has won"):
        asked([Claim("a", 5)], [an_offer("o", 5, 1)], "o")


def test_with_too_few_clearings_only_what_was_seen_is_told():
    removal = replace(an_offer("removal", 10, 9_000), attributes={"kind": "removal"})
    offers = [removal, an_offer("forest", 5, 1_000, 2), an_offer("wood", 5, 2_000, 3)]

    found, clears = asked([Claim("a", 10)], offers, "wood", [REMOVALS], most_clears=1)

    assert (found, clears) == (WinningPrice(None, "at_least"), 1)


def test_where_no_proof_is_found_only_what_was_seen_is_told(monkeypatch):
    offers = [an_offer("bought", 5, 4_000), an_offer("late", 5, 5_000, 2)]
    inputs = inputs_of([Claim("a", 5)], whole_lots(offers), offers, ceiling_per_t=10_000)
    clearing = inputs.cleared()

    def unproved(*_args, **_terms):
        raise Unproved("the solver gave up")

    monkeypatch.setattr("auctions.inputs.runs", unproved)

    found = would_have_won_at(inputs, clearing, "late")

    assert found == WinningPrice(None, "at_least")


def wins(inputs, offer_id, price_per_t):
    return offer_id in enumerated(inputs.at_price(offer_id, price_per_t))[0]


@settings(max_examples=50, deadline=None)
@given(ruled_books(), st.integers(0, 12))
def test_it_is_the_highest_of_all_prices_that_win(book, wanted_kg):
    inputs = inputs_of(*book, wanted_kg=wanted_kg)
    clearing = inputs.cleared()
    won = {award.offer for award in clearing.awards}
    for offer in inputs.offers:
        if offer.id in won:
            continue
        found = would_have_won_at(inputs, clearing, offer.id)
        winning = [p for p in range(inputs.ceiling_per_t + 2) if wins(inputs, offer.id, p)]
        if found.certainty == "highest":
            assert found.per_t == max(winning, default=None)
        else:
            assert found.certainty == "boundary"
            assert found.per_t is None or (
                found.per_t in winning and found.per_t + 1 not in winning
            )


@settings(max_examples=40, deadline=None)
@given(ruled_books(quality=False, soft=False), st.sampled_from(["uniform", "vickrey"]))
def test_under_other_prices_too_it_wins_there_and_not_at_one_unit_more(book, pricing):
    inputs = inputs_of(*book[:3], pricing=pricing)
    clearing = inputs.cleared()
    won = {award.offer for award in clearing.awards}
    for offer in inputs.offers:
        if offer.id in won:
            continue
        found = would_have_won_at(inputs, clearing, offer.id)
        at = [offer.id in inputs.at_price(offer.id, p).bought().by_offer for p in range(6)]
        winning = [price for price, is_in in enumerate(at) if is_in]
        if pricing == "vickrey":
            assert found.certainty == "boundary"
        if found.certainty == "highest":
            assert found.per_t == max(winning, default=None)
        elif found.per_t is not None:
            assert found.per_t in winning
            assert found.per_t + 1 not in winning
