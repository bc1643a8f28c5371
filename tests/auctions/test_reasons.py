"""Why each offer won or lost: by hand, and held against plain enumeration."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.offers import Claim, Lot
from auctions.reasons import Reason, reasons
from auctions.rules import CountRule, EachRule, ShareRule, where
from tests.auctions.books import an_offer, whole_lots
from tests.auctions.explained import Facts, holds, inputs_of
from tests.auctions.ruled_books import ruled_books

REMOVALS = ShareRule(
    name="removals", where=where({"kind": ["removal"]}), min_share=Fraction(1, 2), hard=True
)
CAP = EachRule(name="cap", each="supplier", max_share=Fraction(1, 2), hard=True)


def told(claims, offers, rules=(), lots=None, **terms):
    inputs = inputs_of(
        claims, lots or whole_lots(offers), offers, rules, **{"ceiling_per_t": 100} | terms
    )
    return {row.offer: row for row in reasons(inputs, inputs.cleared())}


def because(*book, **terms):
    return {id: row.because for id, row in told(*book, **terms).items()}


def test_what_is_bought_whole_needs_no_reason():
    found = told([Claim("a", 10)], [an_offer("o", 8, 40)])

    assert found == {"o": Reason(offer="o", outcome="won_whole", won_kg=8)}


def test_the_last_to_be_bought_fills_the_demand_and_dearer_ones_come_too_late():
    offers = [
        an_offer("cheap", 6, 40),
        an_offer("last", 6, 50, 2),
        an_offer("tied", 6, 50, 3),
        an_offer("dear", 6, 60, 4),
    ]

    found = told([Claim("a", 10)], offers)

    assert [(row.because, row.won_kg, row.dearest_per_t) for row in found.values()] == [
        (None, 6, None),
        ("demand_filled", 4, None),
        ("same_price_later", 0, 50),
        ("dearer", 0, 50),
    ]


def test_effective_prices_are_compared_not_prices():
    good = replace(an_offer("good", 6, 60), coefficient=Fraction(2))
    plain = an_offer("plain", 6, 40, 2)

    found = told([Claim("a", 6)], [good, plain])

    assert (found["plain"].because, found["plain"].dearest_per_t) == ("dearer", 30)


def test_above_the_limit_says_what_those_with_higher_limits_wanted():
    claims = [Claim("high", 5, limit_per_t=90), Claim("low", 10, limit_per_t=50)]
    offers = [an_offer("cheap", 12, 40), an_offer("dear", 10, 80, 2)]

    found = told(claims, offers)["dear"]

    assert (found.because, found.limit_per_t, found.wanted_kg) == ("above_limit", 50, 5)


def test_members_of_lower_limits_would_still_have_paid_its_price():
    claims = [Claim("high", 15, limit_per_t=100), Claim("low", 10, limit_per_t=50)]
    offers = [an_offer("dear", 10, 90), an_offer("cheap", 9, 40, 2), an_offer("next", 9, 45, 3)]

    found = told(claims, offers)

    assert found["next"].because is None
    assert found["cheap"].because is None
    assert found["dear"].because == "above_limit"
    more = told([Claim("high", 29, limit_per_t=100), Claim("low", 10, limit_per_t=95)], offers)
    assert (more["dear"].because, more["dear"].limit_per_t) == (None, None)
    part = told([Claim("high", 27, limit_per_t=100), Claim("low", 1, limit_per_t=89)], offers)
    assert (part["dear"].because, part["dear"].won_kg) == ("demand_filled", 9)


def test_above_the_ceiling_nothing_is_bought():
    assert because([Claim("a", 5)], [an_offer("o", 5, 101)]) == {"o": "above_ceiling"}


def test_nobody_pledged():
    assert because([], [an_offer("o", 5, 50)]) == {"o": "nobody_pledged"}


def test_every_member_left_because_too_little_could_be_had():
    assert because([Claim("a", 10, 10)], [an_offer("o", 5, 50)]) == {"o": "members_left"}


def test_its_own_minimum_did_not_fit():
    offers = [an_offer("whole", 10, 40, minimum_kg=10), an_offer("open", 8, 90, 2)]

    assert because([Claim("a", 8)], offers) == {"whole": "own_minimum", "open": None}


def test_the_minimum_of_its_lot_was_not_reached():
    offers = [an_offer("step", 4, 10, lot="lot"), an_offer("rival", 10, 30, 2)]

    found = because([Claim("a", 4)], offers, (), [Lot("lot", 15, 5), Lot("rival", 10)])

    assert found == {"step": "lot_minimum", "rival": "demand_filled"}


def test_the_minimums_of_others_took_its_place():
    offers = [an_offer("whole", 10, 50, minimum_kg=10), an_offer("small", 3, 40, 2)]

    assert because([Claim("a", 10)], offers) == {"whole": None, "small": "minimums"}


def test_its_lot_was_sold_by_its_cheaper_step():
    offers = [
        an_offer("first", 10, 10, lot="lot"),
        an_offer("second", 10, 20, lot="lot"),
        an_offer("third", 10, 30, lot="lot"),
    ]

    found = because([Claim("a", 40)], offers, (), [Lot("lot", 15)])

    assert found == {"first": None, "second": "lot_sold_out", "third": "lot_sold_out"}


def test_one_kilogram_more_would_break_a_rule():
    removal = replace(an_offer("removal", 4, 90), attributes={"kind": "removal"})
    forest = an_offer("forest", 10, 10, 2)

    found = told([Claim("a", 12)], [removal, forest], [REMOVALS])

    assert found["forest"] == Reason(
        offer="forest", outcome="won_in_part", won_kg=4, because="rule", rules=("removals",)
    )


def test_without_one_rule_it_would_have_won():
    removal = replace(an_offer("removal", 10, 90), attributes={"kind": "removal"})
    forests = [an_offer("forest", 5, 10, 2), an_offer("wood", 5, 20, 3)]

    found = told([Claim("a", 10)], [removal, *forests], [REMOVALS])

    assert (found["wood"].because, found["wood"].rules) == ("rule", ("removals",))
    assert found["removal"].because == "demand_filled"


def test_two_rules_together_keep_out_what_neither_does_alone():
    same = ShareRule(
        name="same", where=where({"kind": ["removal"]}), min_share=Fraction(1, 2), hard=True
    )
    removal = replace(an_offer("removal", 10, 90), attributes={"kind": "removal"})
    forests = [an_offer("forest", 5, 10, 2), an_offer("wood", 5, 20, 3)]

    found = told([Claim("a", 10)], [removal, *forests], [REMOVALS, same])

    assert (found["wood"].because, found["wood"].rules) == ("rules_together", ())


def test_a_minimum_and_a_rule_together_keep_it_out():
    whole = an_offer("whole", 6, 10, minimum_kg=6)

    assert because([Claim("a", 5)], [whole], [CAP]) == {"whole": "minimums_and_rules"}
    assert because([Claim("a", 6)], [whole], [CAP]) == {"whole": "rule"}


def test_even_without_rules_and_minimums_it_would_have_been_too_dear():
    removal = replace(an_offer("removal", 2, 10), attributes={"kind": "removal"})
    forests = [an_offer("forest", 10, 10, 2), an_offer("wood", 5, 20, 3)]

    found = told([Claim("a", 8)], [removal, *forests], [REMOVALS])

    assert found["wood"].because == "dearer_anyway"


def test_where_payments_pass_what_members_would_pay_nothing_is_bought():
    offers = [an_offer("only", 10, 10)]
    claims = [Claim("a", 10, limit_per_t=50)]

    assert because(claims, offers, pricing="vickrey") == {"only": "payments_above_limit"}


def test_what_was_awarded_before_comes_first():
    fixed = replace(an_offer("fixed", 10, 60), fixed_kg=8)

    found = because([Claim("a", 8)], [fixed, an_offer("cheaper", 8, 40, 2)])

    assert found == {"fixed": "awarded_before", "cheaper": "awarded_before"}


@pytest.mark.parametrize(("most_clears", "found"), [(0, "not_looked_into"), (1, "rule")])
def test_what_would_take_too_many_clearings_is_not_guessed(most_clears, found):
    removal = replace(an_offer("removal", 10, 90), attributes={"kind": "removal"})
    offers = [removal, an_offer("forest", 5, 10, 2), an_offer("wood", 5, 20, 3)]
    inputs = inputs_of([Claim("a", 10)], whole_lots(offers), offers, [REMOVALS], ceiling_per_t=100)

    row = reasons(inputs, inputs.cleared(), most_clears=most_clears, only={"wood"})

    assert [each.because for each in row] == [found]


def test_a_rule_that_lets_it_in_is_named_though_others_could_not_be_looked_at():
    count = CountRule(name="z count", min_suppliers=2, hard=True)
    removal = replace(an_offer("removal", 10, 90), attributes={"kind": "removal"})
    offers = [removal, an_offer("forest", 5, 10, 2), an_offer("wood", 5, 20, 3)]
    rules = [REMOVALS, count]
    inputs = inputs_of([Claim("a", 10)], whole_lots(offers), offers, rules, ceiling_per_t=100)

    row = reasons(inputs, inputs.cleared(), most_clears=1, only={"wood"})

    assert [(each.because, each.rules) for each in row] == [("rule", ("removals",))]


@settings(max_examples=80, deadline=None)
@given(ruled_books(), st.integers(0, 12))
def test_every_offer_has_one_reason_and_plain_enumeration_confirms_it(book, wanted_kg):
    inputs = inputs_of(*book, wanted_kg=wanted_kg)
    clearing = inputs.cleared()

    found = reasons(inputs, clearing)

    assert sorted(row.offer for row in found) == sorted(offer.id for offer in inputs.offers)
    facts = Facts(inputs, clearing.left)
    assert [row for row in found if not holds(facts, row)] == []


@settings(max_examples=40, deadline=None)
@given(ruled_books(), st.randoms(use_true_random=False))
def test_reasons_depend_on_the_set_of_rows_not_on_their_order(book, chance):
    inputs = inputs_of(*book)
    shuffled = [chance.sample(rows, len(rows)) for rows in book]

    mixed = inputs_of(*shuffled)

    assert reasons(mixed, mixed.cleared()) == reasons(inputs, inputs.cleared())
