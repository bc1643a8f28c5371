from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.leaving import Minimums, leaver
from auctions.leaving import staying as places_staying
from auctions.offers import BadBook, Claim
from auctions.rationing import RULES, quotas
from auctions.remainders import wholes
from auctions.ties import draw, drawn
from tests.auctions.books import SEED


def stay_slowly(total_kg, claims, rule):
    """Let one claim leave at a time, and divide again each time, as the rule is told."""
    stay = {claim.id: claim for claim in claims}
    while True:
        claimed = {id: claim.quantity_kg for id, claim in stay.items()}
        due = quotas(min(total_kg, sum(claimed.values())), claimed, rule)
        short = [claim for id, claim in stay.items() if due[id] < claim.minimum_kg]
        if not short:
            return sorted(stay)
        first = min(
            short,
            key=lambda c: (due[c.id] * Fraction(1, c.minimum_kg), draw(SEED, "leave", c.id)),
        )
        del stay[first.id]


def staying(total_kg, claims, rule="pro_rata"):
    ids = sorted(claim.id for claim in claims)
    rows = {claim.id: claim for claim in claims}
    minimums = Minimums(
        total_kg,
        wholes([rows[id].quantity_kg for id in ids]),
        wholes([rows[id].minimum_kg for id in ids]),
        rule,
    )
    return [ids[place] for place in places_staying(minimums, ids, SEED)]


def test_the_largest_minimum_against_its_quota_leaves_first():
    claims = [Claim("a", 20, 12), Claim("b", 20, 15), Claim("c", 20)]

    assert leaver(claims, 30, SEED, "pro_rata") == (claims[1], Fraction(10))
    assert staying(30, claims) == ["a", "c"]


def test_equally_short_claims_leave_by_draw_until_the_others_are_served():
    claims = [Claim(id, 10, 8) for id in ("a", "b", "c")]

    assert staying(10, claims) == [drawn(SEED, "leave", ["a", "b", "c"])[2]]


def test_who_is_due_nothing_is_further_short_than_any_other():
    claims = [Claim("small", 5, 5), Claim("middle", 10, 9), Claim("large", 20, 1)]

    assert staying(11, claims, "small_first") == ["small"]


def test_a_total_above_the_claims_is_refused_before_anybody_leaves():
    with pytest.raises(BadBook) as refusal:
        staying(11, [Claim("a", 10, 10)])

    assert refusal.value.code == "total_above_claims"


few = st.integers(0, 9)
wide = st.integers(0, 40) | st.integers(0, 10**18)


@pytest.mark.parametrize("rule", RULES)
@given(st.lists(st.tuples(few, few), max_size=8) | st.lists(st.tuples(wide, wide)), st.data())
@settings(deadline=None, max_examples=200)
def test_they_leave_as_if_one_at_a_time_and_in_whatever_order_they_come(rule, rows, data):
    claims = [Claim(str(n), max(row), min(row)) for n, row in enumerate(rows)]
    total_kg = data.draw(st.integers(0, sum(claim.quantity_kg for claim in claims)))

    stay = staying(total_kg, data.draw(st.permutations(claims)), rule)

    assert stay == stay_slowly(total_kg, claims, rule)


@pytest.mark.parametrize("rule", RULES)
@given(st.lists(st.tuples(wide, wide)), st.data())
@settings(deadline=None)
def test_everybody_who_stays_has_the_minimum(rule, rows, data):
    claims = [Claim(str(n), max(row), min(row)) for n, row in enumerate(rows)]
    total_kg = data.draw(st.integers(0, sum(claim.quantity_kg for claim in claims)))

    stays = staying(total_kg, claims, rule)
    stay = {claim.id: claim.quantity_kg for claim in claims if claim.id in stays}
    due = quotas(min(total_kg, sum(stay.values())), stay, rule)
    assert all(due[c.id] >= c.minimum_kg for c in claims if c.id in stay)
    assert {c.id for c in claims if c.minimum_kg == 0} <= stay.keys()
