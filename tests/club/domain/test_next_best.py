"""What is bought instead of awards that fell away: laws, and examples worked by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from auctions.clearing import value_of
from auctions.curves import limit_of
from club.domain.next_best import book_of, next_best, price_per_t
from tests.auctions.books import CEILING
from tests.club.domain.remainders import HALF, example, remainders

unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""Each remainder is of a round that was cleared."""


def bought(best):
    return {award.offer: award.quantity_kg for award in best.awards}


def totals(best):
    return {member: sum(row.values()) for member, row in best.shares.items()}


@unhurried
@given(remainders())
def test_what_is_bought_is_shared_and_what_it_is_worth_is_owed(remainder):
    best = next_best(remainder)

    columns = dict.fromkeys(bought(best), 0)
    for row in best.shares.values():
        for offer, kg in row.items():
            columns[offer] += kg
    assert columns == bought(best)
    assert sum(best.amounts.values()) == sum(award.value for award in best.awards)
    assert [a.value for a in best.awards] == [
        value_of(a.quantity_kg, a.price_per_t) for a in best.awards
    ]
    assert {member for member, owed in best.amounts.items() if owed} <= best.shares.keys()


@unhurried
@given(remainders())
def test_nobody_gets_more_than_pledged_or_pays_more_than_the_limit(remainder):
    best = next_best(remainder)

    claims = {claim.id: claim for claim in remainder.claims}
    for member, kg in totals(best).items():
        assert kg + remainder.kept_kg.get(member, 0) <= claims[member].quantity_kg
        assert price_per_t(best) <= limit_of(claims[member], CEILING)
        assert best.limit_per_t <= limit_of(claims[member], CEILING)
    prices = {offer.id: offer.price_per_t for offer in remainder.offers}
    assert all(prices[offer] <= best.limit_per_t for offer in bought(best))


@unhurried
@given(remainders())
def test_what_stands_stays_as_it_is_and_no_lot_gives_more_than_it_has(remainder):
    best = next_best(remainder)

    lot_of = {offer.id: offer.lot for offer in remainder.offers}
    given_kg = dict.fromkeys(remainder.capacity_kg, 0)
    for offer, kg in [*remainder.fixed_kg.items(), *bought(best).items()]:
        given_kg[lot_of[offer]] += kg
    assert all(kg <= remainder.capacity_kg[lot] for lot, kg in given_kg.items())
    if best.clearing is not None:
        stands = {a.offer: a.quantity_kg for a in best.clearing.awards}
        assert {offer: stands[offer] for offer in remainder.fixed_kg} == remainder.fixed_kg


@unhurried
@given(remainders())
def test_those_who_left_get_nothing_of_it_and_suppliers_who_are_out_sell_nothing(remainder):
    best = next_best(remainder)

    supplier_of = {offer.id: offer.supplier for offer in remainder.offers}
    assert remainder.left.isdisjoint(best.shares)
    assert remainder.out.isdisjoint(supplier_of[offer] for offer in bought(best))


@unhurried
@given(remainders(ruled=False))
def test_who_leaves_is_not_bought_for_and_where_all_leave_nothing_is_bought(remainder):
    everybody = frozenset(claim.id for claim in remainder.claims)
    nobody_left = next_best(replace(remainder, left=frozenset()))

    assert next_best(remainder).bought_kg <= nobody_left.bought_kg
    assert next_best(replace(remainder, left=everybody)).bought_kg == 0


@unhurried
@given(remainders())
def test_the_order_of_rows_does_not_matter(remainder):
    turned = replace(
        remainder,
        claims=remainder.claims[::-1],
        lots=remainder.lots[::-1],
        offers=remainder.offers[::-1],
    )

    assert next_best(turned) == next_best(remainder)


@unhurried
@given(remainders())
def test_every_member_stands_in_the_book_with_what_it_keeps_and_what_it_may_still_get(remainder):
    claims, _, offers = book_of(remainder)

    kept = sum(remainder.kept_kg.values())
    assert kept == sum(remainder.fixed_kg.values())
    assert sum(o.fixed_kg for o in offers if o.fixed_kg is not None) == kept
    pledged = sum(c.quantity_kg for c in remainder.claims if c.id not in remainder.left)
    keep = sum(kg for member, kg in remainder.kept_kg.items() if member in remainder.left)
    assert sum(claim.quantity_kg for claim in claims) == pledged + keep


def test_the_next_offer_takes_the_place_of_one_that_fell_away():
    left = example([(30, None), (20, None)], [(25, 4_000), (25, 5_000), (50, 9_000)], [0])

    best = next_best(left)

    assert bought(best) == {"offer 2": 25}
    assert totals(best) == {"member 0": 15, "member 1": 10}
    assert best.amounts == {"member 0": 135, "member 1": 90}
    assert price_per_t(best) == 9_000


def test_an_offer_bought_in_part_gives_the_rest_first():
    left = example([(50, None)], [(30, 4_000), (40, 5_000), (50, 9_000)], [0])

    best = next_best(left)

    assert left.fixed_kg == {"offer 1": 20}
    assert bought(best) == {"offer 1": 20, "offer 2": 10}


def test_nothing_dearer_than_a_members_limit_is_bought_for_it_and_what_it_keeps_it_keeps():
    left = example([(30, None), (30, 6_000)], [(30, 4_000), (30, 5_000), (50, 9_000)], [0])

    best = next_best(left)

    assert left.kept_kg == {"member 0": 15, "member 1": 15}
    assert totals(best) == {"member 0": 15}
    assert best.limit_per_t == CEILING


def test_what_is_bought_for_a_member_who_leaves_is_not_bought():
    left = example([(30, None), (20, None)], [(25, 4_000), (25, 5_000), (50, 9_000)], [0])

    best = next_best(replace(left, left=frozenset({"member 1"})))

    assert (bought(best), totals(best)) == ({"offer 2": 15}, {"member 0": 15})


@pytest.mark.parametrize(("offered", "fallen"), [([(25, 4_000)], [0]), ([(25, 4_000)] * 2, [0, 1])])
def test_where_nobody_else_offered_nothing_is_bought(offered, fallen):
    best = next_best(example([(50, None)], offered, fallen))

    assert (best.awards, best.shares, best.amounts, best.limit_per_t) == ((), {}, {}, None)


def test_where_what_stands_breaks_a_hard_rule_nothing_more_is_bought_and_nothing_is_undone():
    left = example([(30, None)], [(10, 4_000), (20, 5_000)], [0], rules=(HALF,))

    best = next_best(left)

    assert (best.clearing, best.awards) == (None, ())


def test_a_soft_rule_that_what_stands_breaks_yields():
    left = example(
        [(30, None)],
        [(10, 4_000), (20, 5_000), (5, 9_000)],
        [0],
        rules=(replace(HALF, hard=False),),
    )

    best = next_best(left)

    assert bought(best) == {"offer 2": 5}
    assert [(y.rule, y.by) for y in best.clearing.yielded] == [("cap", Fraction(3, 10))]


def test_a_uniform_price_is_that_of_the_dearest_offer_and_what_comes_later_gets_it_too():
    left = example(
        [(30, None)], [(10, 4_000), (10, 5_000), (10, 6_000), (9, 7_000)], [0], pricing="uniform"
    )

    best = next_best(left)

    assert [(a.offer, a.quantity_kg, a.price_per_t) for a in best.awards] == [("offer 3", 9, 7_000)]
