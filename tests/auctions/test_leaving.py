from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.leaving import leaver, stay
from auctions.offers import Claim
from auctions.rationing import RULES, quotas
from auctions.ties import drawn
from tests.auctions.books import SEED


def test_the_largest_minimum_against_its_quota_leaves_first():
    claims = [Claim("a", 20, 12), Claim("b", 20, 15), Claim("c", 20)]

    assert leaver(claims, 30, 60, SEED) == claims[1]
    assert stay(30, claims, SEED, "pro_rata") == {"a": 15, "b": 0, "c": 15}


def test_equally_short_claims_leave_by_draw_until_the_others_are_served():
    claims = [Claim(id, 10, 8) for id in ("a", "b", "c")]
    first, second, last = drawn(SEED, "leave", ["a", "b", "c"])

    assert stay(10, claims, SEED, "pro_rata") == {first: 0, second: 0, last: 10}


def test_who_is_due_nothing_is_further_short_than_any_other():
    claims = [Claim("small", 5, 5), Claim("middle", 10, 9), Claim("large", 20, 1)]

    assert stay(11, claims, SEED, "small_first") == {"small": 5, "middle": 0, "large": 0}


def test_those_who_stay_get_no_more_than_they_claim():
    claims = [Claim("a", 10, 8), Claim("b", 10)]

    assert stay(15, claims, SEED, "pro_rata") == {"a": 0, "b": 10}


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6),
    st.sampled_from(sorted(RULES)),
    st.data(),
)
@settings(deadline=None)
def test_everybody_who_stays_has_the_minimum_and_the_quota_of_those_who_stay(rows, rule, data):
    claims = [Claim(str(n), max(row), min(row)) for n, row in enumerate(rows)]
    total_kg = data.draw(st.integers(0, sum(claim.quantity_kg for claim in claims)))

    due = stay(total_kg, data.draw(st.permutations(claims)), SEED, rule)

    staying = {c.id: c.quantity_kg for c in claims if due[c.id] or not c.minimum_kg}
    shared_kg = min(total_kg, sum(staying.values()))
    left = {claim.id: Fraction(0) for claim in claims if claim.id not in staying}
    assert due == quotas(shared_kg, staying, rule) | left
    assert due == stay(total_kg, claims, SEED, rule)
    assert all(due[c.id] >= c.minimum_kg for c in claims if c.id in staying)
