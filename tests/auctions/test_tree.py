"""Whether possibilities are looked at one by one or HiGHS is asked, the answer is the same."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings

from auctions.checks import check
from auctions.clearing import clear
from benchmarks.ruled_books import ruled_book
from tests.auctions.books import CEILING, SEED, won
from tests.auctions.ruled_books import clear_by_enumeration, ruled_books


def asking_the_solver():
    return patch("auctions.optimum.MOST_NODES", 0)


@settings(max_examples=150, deadline=None)
@given(ruled_books(soft=False))
def test_the_solver_alone_says_what_enumeration_says(book):
    claims, lots, offers, rules = book
    with asking_the_solver():
        clearing = clear(claims, lots, offers, rules=rules, ceiling_per_t=CEILING, seed=SEED)

    bought, members, _ = clear_by_enumeration(book, CEILING)
    assert (won(clearing), clearing.participants) == (bought, members)


@pytest.mark.parametrize("number", range(4))
def test_both_ways_clear_a_book_of_two_hundred_offers_alike(number):
    book = ruled_book(200, number, limits=5)
    terms = {"rules": book.rules, "ceiling_per_t": book.ceiling_per_t, "seed": SEED}

    clearing = clear(book.claims, book.lots, book.offers, **terms)
    check(clearing, book.claims, book.lots, book.offers, **terms)

    with asking_the_solver():
        assert clearing == clear(book.claims, book.lots, book.offers, **terms)
    assert clearing.bought_kg
