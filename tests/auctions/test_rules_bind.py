"""Clearing under portfolio rules: hard ones bind, soft ones yield, all proved by enumeration."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from auctions.checks import Refuted, check
from auctions.clearing import clear
from auctions.offers import Claim
from auctions.record import document_bytes, result_document
from auctions.results import Yield
from auctions.rules import EachRule, ShareRule, where
from tests.auctions.books import CEILING, SEED, an_offer, whole_lots, won
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


@settings(max_examples=60, deadline=None)
@given(ruled_books(), st.integers(0, 12), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_byte(book, wanted_kg, chance):
    told = []
    for _ in range(2):
        claims, lots, offers, rules = (chance.sample(rows, len(rows)) for rows in book)
        clearing = cleared((claims, lots, offers, rules), wanted_kg=wanted_kg)
        document = result_document(
            claims, lots, offers, clearing, ceiling_per_t=CEILING, seed=SEED, rules=rules
        )
        told.append(document_bytes(document))

    assert told[0] == told[1]


@settings(max_examples=60, deadline=None)
@given(ruled_books(soft=False), ruled_books(soft=False))
def test_more_supply_under_hard_rules_never_buys_less(book, other):
    claims, lots, offers, rules = book
    claims = [replace(claim, minimum_kg=0) for claim in claims]
    more_lots = [replace(lot, id=f"more {lot.id}") for lot in other[1]]
    more = [replace(o, id=f"more {o.id}", lot=f"more {o.lot}") for o in other[2]]

    before = cleared((claims, lots, offers, rules))
    after = cleared((claims, [*lots, *more_lots], [*offers, *more], rules))

    assert after.bought_kg >= before.bought_kg


@settings(max_examples=60, deadline=None)
@given(ruled_books(), st.integers(0, 12), st.data())
def test_an_award_moved_by_a_kilogram_is_refuted(book, wanted_kg, data):
    claims, lots, offers, rules = book
    clearing = cleared(book, wanted_kg=wanted_kg)
    assume(clearing.awards)
    place = data.draw(st.integers(0, len(clearing.awards) - 1))
    award = clearing.awards[place]
    kg = award.quantity_kg + data.draw(st.sampled_from([-1, 1]))
    moved = replace(award, quantity_kg=kg, value=kg * award.price_per_t // 1000)
    awards = (*clearing.awards[:place], moved, *clearing.awards[place + 1 :])

    with pytest.raises(Refuted):
        check(
            replace(clearing, awards=awards),
            claims,
            lots,
            offers,
            rules=rules,
            ceiling_per_t=CEILING,
            seed=SEED,
        )


def test_what_stands_already_counts_in_the_rules():
    offers = [
        replace(an_offer("fallen for", 5, 10), attributes={"kind": "removal"}, fixed_kg=5),
        replace(an_offer("cheap", 20, 1), attributes={"kind": "avoidance"}),
    ]
    half = ShareRule(
        name="half", where=where({"kind": ["removal"]}), min_share=Fraction(1, 2), hard=True
    )

    clearing = cleared(([Claim("a", 20)], whole_lots(offers), offers, [half]))

    assert won(clearing) == {"fallen for": 5, "cheap": 5}


def test_kilograms_that_a_yield_leaves_over_bound_no_lower_limit():
    claims = [Claim("a", 5), Claim("b", 7, 0, 60)]
    offers = [an_offer("dear", 4, 88), an_offer("mean", 4, 40), an_offer("cheap", 6, 10)]
    each = EachRule(name="each", each="supplier", max_share=Fraction(1, 6), hard=False, order=1)

    clearing = cleared((claims, whole_lots(offers), offers, [each]), wanted_kg=8)

    assert clearing.yielded == (Yield("each", Fraction(1, 3)),)
    assert won(clearing) == {"mean": 4, "cheap": 4}


def test_a_total_that_the_solver_calls_impossible_is_bought_where_it_is_not():
    """With its presolve HiGHS 1.12 says that nothing fits once 6 kg cannot be bought."""
    offers = [
        replace(an_offer("dear", 3, 30), attributes={"kind": "removal"}),
        replace(an_offer("cheap", 5, 1, 2, minimum_kg=5), attributes={"kind": "avoidance"}),
    ]
    half = ShareRule(
        name="half", where=where({"kind": ["removal"]}), min_share=Fraction(1, 2), hard=True
    )

    clearing = cleared(([Claim("a", 7)], whole_lots(offers), offers, [half]))

    assert won(clearing) == {"dear": 3}


def test_rules_bind_on_hundreds_of_billions_of_tonnes_as_on_a_few_kilograms():
    offers = [an_offer("a", 4 * 10**14, 40), an_offer("b", 4 * 10**14, 90)]
    quarter = EachRule(name="quarter", each="supplier", max_share=Fraction(1, 4), hard=True)
    more = EachRule(name="more", each="supplier", max_share=Fraction(2, 3), hard=True)
    book = [Claim("m", 5 * 10**14)], whole_lots(offers), offers

    assert won(cleared((*book, [more, quarter]))) == {}
    assert sum(won(cleared((*book, [more]))).values()) == 5 * 10**14
