from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.offers import BadBook
from auctions.rationing import RULES, quotas
from auctions.sharing import amounts, explain, matrix, share, shared
from auctions.ties import draw, drawn
from tests.auctions.books import SEED
from tests.auctions.pools import problems

claims_kg = st.dictionaries(st.text(max_size=3), st.integers(0, 10**6), max_size=8)


def test_largest_remainder_gives_the_published_seats():
    # Balinski and Young (1975); there votes are many and seats few, as here claims and kilograms.
    votes = {"a": 5_117, "b": 4_400, "c": 162, "d": 161, "e": 160}

    assert share(100, votes, SEED) == {"a": 51, "b": 44, "c": 2, "d": 2, "e": 1}


def test_three_equal_remainders_are_settled_by_draw():
    first = drawn(SEED, "share", ["a", "b", "c"])[0]

    assert share(10, {"a": 30, "b": 30, "c": 30}, SEED) == {"a": 3, "b": 3, "c": 3, first: 4}


def test_a_total_above_the_claims_is_refused():
    with pytest.raises(BadBook) as refusal:
        share(11, {"a": 10}, SEED)

    assert (refusal.value.code, refusal.value.facts) == (
        "total_above_claims",
        {"total_kg": 11, "asked_kg": 10},
    )


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: share(1, {"a": 5, "b": -1}, SEED), "quantity_out_of_range"),
        (lambda: share(1, {"a": 5}, SEED, rule="by mood"), "unknown_rule"),
        (lambda: amounts(5, {"a": 0}, SEED), "nothing_to_share_by"),
        (lambda: matrix({"a": 5}, {"x": 4}, SEED), "margins_differ"),
        (lambda: matrix({"a": -5}, {"x": -5}, SEED), "quantity_out_of_range"),
    ],
)
def test_what_cannot_be_shared_is_refused(call, code):
    with pytest.raises(BadBook) as refusal:
        call()

    assert refusal.value.code == code


@given(claims_kg, st.data())
@settings(deadline=None)
def test_every_kilogram_is_shared_and_each_share_is_its_quota_rounded(claims, data):
    total_kg = data.draw(st.integers(0, sum(claims.values())))

    shares = share(total_kg, claims, SEED)

    assert shares.keys() == claims.keys()
    assert sum(shares.values()) == total_kg
    for id, kg in shares.items():
        assert kg <= claims[id]
        assert abs(kg * sum(claims.values()) - total_kg * claims[id]) <= sum(claims.values())


@given(claims_kg, st.data())
@settings(deadline=None)
def test_the_order_of_arrival_never_matters(claims, data):
    total_kg = data.draw(st.integers(0, sum(claims.values())))
    arrived = data.draw(st.permutations(sorted(claims)))

    assert share(total_kg, {id: claims[id] for id in arrived}, SEED) == share(
        total_kg, claims, SEED
    )


@given(claims_kg, st.data())
@settings(deadline=None)
def test_a_larger_claim_never_gets_less(claims, data):
    total_kg = data.draw(st.integers(0, sum(claims.values())))
    shares = share(total_kg, claims, SEED)

    by_claim = sorted(claims, key=lambda id_: (claims[id_], shares[id_]))

    assert [shares[id] for id in by_claim] == sorted(shares.values())


@given(st.integers(0, 10**9), claims_kg.filter(lambda claims: sum(claims.values()) > 0))
@settings(deadline=None)
def test_amounts_add_up_and_equal_kilograms_differ_by_one_unit_at_most(value, totals_kg):
    owed = amounts(value, totals_kg, SEED)

    assert sum(owed.values()) == value
    for id, kg in totals_kg.items():
        equals = [owed[other] for other in totals_kg if totals_kg[other] == kg]
        assert max(equals) - owed[id] <= 1


def test_why_this_amount_tells_every_step():
    why = explain("a", 10, {"a": 30, "b": 30, "c": 10}, SEED, limit_per_t=700)

    assert (why.pledge_kg, why.pool_kg, why.total_kg, why.limit_per_t) == (30, 70, 10, 700)
    assert (why.rule, why.quota, why.floor_kg) == ("pro_rata", Fraction(30, 7), 4)
    assert (why.remainder, why.cut_off_remainder) == (Fraction(2, 7), Fraction(3, 7))
    assert (why.rounded_up, why.result_kg) == (False, 4)
    assert (why.draw, why.cut_off_draw) == (
        draw(SEED, "share", "a").hex(),
        draw(SEED, "share", "c").hex(),
    )


def test_why_this_amount_tells_the_quota_of_the_rule():
    why = explain("b", 200, {"a": 100, "b": 200, "c": 300}, SEED, rule="talmud")

    assert (why.rule, why.quota, why.result_kg) == ("talmud", 75, 75)
    assert (why.cut_off_remainder, why.cut_off_draw) == (None, None)


@given(problems(), st.sampled_from(sorted(RULES)))
@settings(deadline=None, max_examples=1_000)
def test_everybody_can_follow_the_rounding_from_the_own_facts_and_the_cut_off(problem, rule):
    total_kg, claims = problem
    told = shared(total_kg, claims, SEED, rule)
    due = quotas(total_kg, claims, rule)

    for id, result_kg in told.by_id().items():
        why = told.explain(id)
        over = why.cut_off_remainder is not None and (
            why.remainder > why.cut_off_remainder
            or (why.remainder == why.cut_off_remainder and why.draw <= why.cut_off_draw)
        )
        assert why.rounded_up == over
        assert (why.quota, why.quota - why.remainder) == (due[id], why.floor_kg)
        assert why.result_kg == why.floor_kg + over == result_kg


def test_nobody_else_is_explained():
    with pytest.raises(KeyError):
        explain("b", 0, {"a": 0, "c": 3}, SEED)


def test_an_empty_pool_explains_itself_too():
    assert explain("a", 0, {"a": 0}, SEED).quota == 0


@pytest.mark.parametrize("claims", [{"a": 1.0}, {"a": 2, "b": 0.5}])
def test_a_float_is_no_kilogram(claims):
    with pytest.raises(TypeError):
        share(1, claims, SEED)
    with pytest.raises(TypeError):
        share(1.0, {"a": 3}, SEED)


def test_a_million_claims_of_a_billion_tonnes_are_shared_to_the_kilogram():
    claims = {f"member {number}": 10**12 + number for number in range(10**6)}
    total_kg = sum(claims.values()) - 1

    shares = share(total_kg, claims, SEED)

    assert sum(shares.values()) == total_kg
    assert sum(claims[id] - kg for id, kg in shares.items()) == 1
