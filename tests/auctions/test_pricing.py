from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings

from auctions.checks import check
from auctions.clearing import clear
from auctions.offers import BadBook, Claim, Lot, Offer
from auctions.pricing import PRICING
from auctions.rules import CountRule, EachRule
from tests.auctions.books import CEILING, SEED, an_offer, books, whole_lots, won


def cleared(book, pricing, ceiling_per_t=CEILING, rules=()):
    terms = {"ceiling_per_t": ceiling_per_t, "seed": SEED, "rules": rules}
    clearing = clear(*book, pricing=pricing, **terms)
    check(clearing, *book, **terms)
    return clearing


def paid(clearing):
    return {award.offer: award.price_per_t for award in clearing.awards}


def supplier_of(award, offers):
    return next(offer.supplier for offer in offers if offer.id == award.offer)


def paid_for(awards):
    return sum(award.price_per_t * award.quantity_kg for award in awards)


def least_cost(offers, lots, demand_kg, ceiling_per_t):
    """Serve a demand at the least cost, with any amount from outside at the ceiling; all ways."""
    kilograms = [[0, *range(max(1, o.minimum_kg), o.quantity_kg + 1)] for o in offers]
    costs = []
    for row in product(*kilograms):
        sold = {
            lot.id: sum(kg for o, kg in zip(offers, row, strict=True) if o.lot == lot.id)
            for lot in lots
        }
        if sum(row) <= demand_kg and all(
            not sold[lot.id] or lot.minimum_kg <= sold[lot.id] <= lot.quantity_kg for lot in lots
        ):
            own = sum(o.price_per_t * kg for o, kg in zip(offers, row, strict=True))
            costs.append(own + ceiling_per_t * (demand_kg - sum(row)))
    return min(costs)


def test_two_small_bids_beat_one_large_and_are_paid_what_they_save():
    """The mirror image of the textbook's auction of two units, 5 and 2 against 6 for both."""
    offers = [
        an_offer("a", 1, 2, minimum_kg=1),
        an_offer("b", 1, 5, minimum_kg=1),
        an_offer("c", 2, 4, minimum_kg=2),
    ]

    clearing = cleared(([Claim("all", 2)], whole_lots(offers), offers), "vickrey", 10)

    assert paid(clearing) == {"a": 8 - 5, "b": 8 - 2}


def test_offers_at_the_ceiling_come_before_the_supply_from_outside():
    offers = [an_offer("a", 5, 50), an_offer("b", 5, 50, 2, minimum_kg=5)]

    clearing = cleared(([Claim("all", 6)], whole_lots(offers), offers), "vickrey", 50)

    assert won(clearing) == {"a": 1, "b": 5}


def test_steps_of_one_supplier_are_paid_one_price_that_covers_them_together():
    """It saves the others 12; by kilograms that is 4 each, below the second step's own price."""
    offers = [
        an_offer("first", 2, 0, lot="steps"),
        an_offer("second", 3, 5, lot="steps"),
        an_offer("rival", 1, 0),
    ]
    lots = [Lot("steps", 3, minimum_kg=3), Lot("rival", 1)]

    clearing = cleared(([Claim("all", 3)], lots, offers), "vickrey", 6)

    assert won(clearing) == {"first": 2, "second": 1}
    assert paid(clearing) == {"first": 4, "second": 4}


@settings(max_examples=80, deadline=None)
@given(books(most_offers=4, most_kg=7))
def test_vickrey_pays_what_a_supplier_saves_the_others(book):
    _, lots, offers = book
    ceiling_per_t = 6
    clearing = cleared(book, "vickrey", ceiling_per_t)

    admitted = [o for o in offers if o.price_per_t <= (clearing.limit_per_t or 0)]
    of_offer = {offer.id: offer for offer in offers}
    bought = won(clearing)
    outside = ceiling_per_t * (clearing.demand_kg - clearing.bought_kg)
    for award in clearing.awards:
        supplier = of_offer[award.offer].supplier
        others = [o for o in admitted if o.supplier != supplier]
        without = least_cost(others, lots, clearing.demand_kg, ceiling_per_t)
        of_others = sum(o.price_per_t * bought.get(o.id, 0) for o in others)
        own_kg = sum(kg for id, kg in bought.items() if of_offer[id].supplier == supplier)
        assert award.price_per_t == Fraction(without - of_others - outside, own_kg)


@settings(max_examples=60, deadline=None)
@given(books(most_offers=5, most_kg=20))
def test_no_supplier_is_paid_below_its_price_nor_a_member_charged_above_its_limit(book):
    claims, _, offers = book
    own = {offer.id: offer.price_per_t for offer in offers}
    limits = {claim.id: claim.limit_per_t for claim in claims}
    for pricing in PRICING:
        clearing = cleared(book, pricing, 6)

        for supplier in {offer.supplier for offer in offers}:
            mine = [a for a in clearing.awards if supplier_of(a, offers) == supplier]
            assert paid_for(mine) >= sum(own[a.offer] * a.quantity_kg for a in mine)
            if pricing != "vickrey":
                assert all(a.price_per_t >= own[a.offer] for a in mine)
        assert sum(clearing.amounts.values()) == clearing.value
        for id in clearing.participants:
            assert limits[id] is None or clearing.member_price_per_t <= limits[id]


@settings(max_examples=60, deadline=None)
@given(books(most_offers=5, most_kg=20))
def test_one_price_for_all_is_the_highest_that_was_accepted(book):
    own = {offer.id: offer.price_per_t for offer in book[2]}

    asked, uniform = cleared(book, "pay_as_offered"), cleared(book, "uniform")

    assert won(asked) == won(uniform)
    assert set(paid(uniform).values()) <= {max((own[id] for id in won(asked)), default=0)}


def test_payments_beyond_what_members_would_pay_rule_a_limit_out():
    """Alone at the lower limit the supplier would be paid the ceiling, which nobody there pays."""
    claims = [Claim("high", 10, limit_per_t=100), Claim("low", 10, limit_per_t=50)]
    offers = [an_offer("only", 20, 40)]

    clearing = cleared((claims, whole_lots(offers), offers), "vickrey", 100)

    assert (clearing.limit_per_t, clearing.participants) == (100, ("high",))
    assert [row.too_dear for row in clearing.passes[-1].tried] == [False, True]
    assert paid(clearing) == {"only": 100}


SHARE = EachRule(name="half", each="supplier", max_share=Fraction(1, 2), hard=True)
COUNT = CountRule(name="two", min_suppliers=2, hard=True)
BETTER = Offer(
    id="x",
    supplier="s",
    project="p",
    lot="x",
    quantity_kg=5,
    price_per_t=1,
    coefficient=Fraction(2),
    sequence=1,
)


@pytest.mark.parametrize(
    ("pricing", "rules", "offer", "code"),
    [
        ("first", (), an_offer("x", 5, 1), "unknown_pricing"),
        ("uniform", (SHARE,), an_offer("x", 5, 1), "rule_not_with_pricing"),
        ("vickrey", (SHARE,), an_offer("x", 5, 1), "rule_not_with_pricing"),
        ("vickrey", (COUNT,), an_offer("x", 5, 1), "rule_not_with_pricing"),
        ("uniform", (), BETTER, "quality_not_with_pricing"),
        ("vickrey", (), BETTER, "quality_not_with_pricing"),
    ],
)
def test_a_price_rule_without_meaning_is_refused(pricing, rules, offer, code):
    with pytest.raises(BadBook) as refusal:
        cleared(([Claim("a", 5)], [Lot("x", 5)], [offer]), pricing, rules=rules)

    assert refusal.value.code == code


def test_one_price_for_all_may_ask_for_several_suppliers():
    offers = [an_offer("x", 5, 1), an_offer("y", 5, 2)]

    clearing = cleared(([Claim("a", 5)], whole_lots(offers), offers), "uniform", rules=(COUNT,))

    assert won(clearing) == {"x": 4, "y": 1}
    assert paid(clearing) == {"x": 2, "y": 2}
