"""How tight rules are against a book."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.offers import Claim
from auctions.rules import CountRule, EachRule, ShareRule, where
from auctions.tightness import tightness
from tests.auctions.books import an_offer, whole_lots
from tests.auctions.explained import enumerated, inputs_of
from tests.auctions.ruled_books import excess, ruled_books

FOREST, BIOCHAR, ROCK = (
    an_offer("forest", 100, 10),
    an_offer("biochar", 40, 30, 2),
    an_offer("rock", 40, 35, 3),
)
OFFERS = [FOREST, BIOCHAR, ROCK]
CAP = EachRule(name="cap", each="supplier", max_share=Fraction(1, 2), hard=True)
SEVERAL = CountRule(name="several", min_suppliers=2, minimum_award_kg=10, hard=True)
THREE = CountRule(name="three", min_suppliers=3, minimum_award_kg=10, hard=False, order=1)


def measured(rules, offers=OFFERS, **terms):
    claims = [Claim("member", 100)]
    inputs = inputs_of(claims, whole_lots(offers), offers, rules, ceiling_per_t=100, **terms)
    return tightness(inputs)


def test_a_rule_binds_where_without_it_as_much_costs_less():
    found = measured([CAP, SEVERAL])

    assert found.under_all.by_offer == {"forest": 50, "biochar": 40, "rock": 10}
    assert found.under_none.by_offer == {"forest": 100}
    cap, several = found.rules
    assert (cap.binds, several.binds) == (True, False)
    assert (cap.reached, several.reached) == (Fraction(1, 2), 3)
    assert cap.without.by_offer == {"forest": 90, "biochar": 10}
    assert several.without.by_offer == found.under_all.by_offer


def test_rules_that_do_the_same_bind_together_and_neither_alone():
    twice = ShareRule(
        name="twice",
        where=where({"supplier": [FOREST.supplier]}),
        max_share=Fraction(1, 2),
        hard=True,
    )

    found = measured([CAP, twice])

    assert [rule.binds for rule in found.rules] == [False, False]
    assert found.bind_together


def test_a_soft_rule_says_by_how_much_it_yields():
    found = measured([THREE], [FOREST, BIOCHAR], wanted_kg=50)

    assert [(rule.yields_by, rule.reached) for rule in found.rules] == [(1, 2)]
    assert (found.under_all.kg, found.rules[0].binds) == (100, True)


def test_of_a_book_in_which_nothing_can_be_bought_no_share_is_told():
    alone = measured([SEVERAL], [FOREST])

    assert (alone.under_all.kg, alone.under_none.kg) == (0, 100)
    assert [(rule.reached, rule.binds) for rule in alone.rules] == [(None, True)]


def test_it_is_told_how_far_the_work_has_come():
    told = []
    claims = [Claim("member", 100)]
    inputs = inputs_of(claims, whole_lots(OFFERS), OFFERS, [CAP], ceiling_per_t=100)

    tightness(inputs, lambda done, of: told.append((done, of)))

    assert told == [(1, 3), (2, 3), (3, 3)]


@settings(max_examples=40, deadline=None)
@given(ruled_books(), st.integers(0, 12))
def test_it_is_what_plain_enumeration_says(book, wanted_kg):
    inputs = inputs_of(*book, wanted_kg=wanted_kg)

    found = tightness(inputs)

    kilograms, _, yields = enumerated(inputs)
    assert found.under_all.by_offer == kilograms
    for rule, told in zip(inputs.rules, found.rules, strict=True):
        assert told.yields_by == yields.get(rule.name, 0)
        assert told.without.by_offer == enumerated(inputs.without_rules(rule.name))[0]
        if kilograms:
            bought = {offer.id: kilograms.get(offer.id, 0) for offer in inputs.offers}
            assert _beyond(rule, told.reached) == excess(rule, inputs.offers, bought)


def _beyond(rule, reached):
    """By how much what was reached breaks a rule."""
    if isinstance(rule, CountRule):
        return max(0, rule.min_suppliers - reached)
    least = rule.min_share if isinstance(rule, ShareRule) else Fraction(0)
    return max(Fraction(0), least - reached, reached - rule.max_share)
