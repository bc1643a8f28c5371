"""Clearing under portfolio rules: hard ones bind, soft ones yield, all proved by enumeration."""

from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.checks import check
from auctions.clearing import clear
from tests.auctions.books import CEILING, SEED, won
from tests.auctions.ruled_books import clear_by_enumeration, ruled_books


def cleared(book, **terms):
    claims, lots, offers, rules = book
    clearing = clear(claims, lots, offers, rules=rules, ceiling_per_t=CEILING, seed=SEED, **terms)
    check(clearing, claims, lots, offers, rules=rules, ceiling_per_t=CEILING, seed=SEED)
    return clearing


@settings(max_examples=300, deadline=None)
@given(ruled_books(soft=False))
def test_hard_rules_bind_exactly_as_enumeration_says(book):
    clearing = cleared(book)

    bought, members, _ = clear_by_enumeration(book, CEILING)
    assert (won(clearing), clearing.participants) == (bought, members)


@settings(max_examples=300, deadline=None)
@given(ruled_books(), st.integers(0, 12))
def test_soft_rules_yield_as_little_as_enumeration_says(book, wanted_kg):
    clearing = cleared(book, wanted_kg=wanted_kg)

    bought, members, yields = clear_by_enumeration(book, CEILING, wanted_kg)
    assert {each.rule: each.by for each in clearing.yielded} == yields
    assert (won(clearing), clearing.participants) == (bought, members)
