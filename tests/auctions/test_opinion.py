from dataclasses import replace

from hypothesis import given, settings

from auctions.merit import book
from auctions.offers import Claim, Lot
from auctions.opinion import opinion, second_opinion
from auctions.portfolio import portfolio
from auctions.purchase import purchase
from tests.auctions.books import CEILING, an_offer, books, cleared, whole_lots
from tests.auctions.ruled_books import ruled_books
from tests.auctions.test_rules_bind import cleared as cleared_under_rules


@settings(max_examples=25, deadline=None)
@given(ruled_books())
def test_another_solver_finds_nothing_better(drawn):
    _, lots, offers, rules = drawn
    clearing = cleared_under_rules(drawn, wanted_kg=5)

    assert opinion(clearing, lots, offers, rules) in {"agrees", "not_needed"}


@settings(max_examples=25, deadline=None)
@given(ruled_books(soft=False))
def test_another_solver_finds_what_is_better_than_a_wrong_answer(drawn):
    _, lots, offers, rules = drawn
    market = book(lots, offers)
    bound = portfolio(rules, market.offers)
    best, _ = purchase(market, 12, bound)

    nothing = [0] * len(market.offers)
    expected = "differs" if sum(best) else "agrees"
    assert second_opinion(market, bound, nothing, 12) == expected


@settings(max_examples=15, deadline=None)
@given(books())
def test_books_without_rules_are_asked_about_alike(drawn):
    clearing = cleared(drawn)

    assert opinion(clearing, *drawn[1:]) in {"agrees", "not_needed"}


def test_what_the_merit_order_proves_needs_no_second_opinion():
    drawn = [Claim("a", 4)], [Lot("x", 5)], [an_offer("x", 5, 10)]

    assert opinion(cleared(drawn), *drawn[1:]) == "not_needed"


def test_what_a_solver_proved_is_looked_at_again():
    offers = [an_offer(f"{n}", 5 + n, 100 + n, n, minimum_kg=5 + n) for n in range(4)]
    drawn = [Claim("a", 12)], whole_lots(offers), offers

    assert opinion(cleared(drawn), *drawn[1:]) == "agrees"


def test_a_book_too_large_for_machine_integers_has_no_second_opinion():
    offers = [an_offer("huge", 10**15, 10**12)]
    market = book(whole_lots(offers), offers)

    assert second_opinion(market, portfolio([], offers), [10**15], 10**15) == "none"


def test_what_is_fixed_is_fixed_for_the_other_solver_too():
    dear, cheap = replace(an_offer("dear", 5, 90), fixed_kg=5), an_offer("cheap", 5, 10)
    market = book(whole_lots([dear, cheap]), [dear, cheap])
    bought, _ = purchase(market, 5)

    assert second_opinion(market, portfolio([], market.offers), bought, 5) == "agrees"
    assert max(offer.price_per_t for offer in market.offers) < CEILING
