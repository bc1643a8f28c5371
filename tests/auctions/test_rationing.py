from fractions import Fraction
from itertools import pairwise, product
from math import lcm

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.offers import BadBook
from auctions.rationing import RULES, quotas
from auctions.sharing import share
from auctions.ties import drawn
from tests.auctions.books import SEED
from tests.auctions.pools import few_kg, problems

every_rule = pytest.mark.parametrize("rule", RULES)


def lost(total_kg, claims):
    return sum(claims.values()) - total_kg


# Each rule again, the slow way: poured out drop by drop, a drop so small that nothing is cut.


def by_drops(total_kg, claims, wanting):
    """Give drop after drop to whoever a rule says wants it next, all equally."""
    given_ = dict.fromkeys(claims, Fraction(0))
    left = Fraction(total_kg)
    while left:
        next_, room = wanting(given_)
        drop = min(room, left * Fraction(1, len(next_)))
        for id in next_:
            given_[id] += drop
        left -= drop * len(next_)
    return given_


def pro_rata_slowly(total_kg, claims):
    return {
        id: sum((Fraction(total_kg, lost(0, claims)) for _ in range(kg)), Fraction(0))
        for id, kg in claims.items()
    }


def equal_awards_slowly(total_kg, claims):
    """All who are not full drink together until the next one is full."""

    def wanting(held):
        thirsty = [id for id in claims if held[id] < claims[id]]
        return thirsty, min(claims[id] - held[id] for id in thirsty)

    return by_drops(total_kg, claims, wanting)


def equal_losses_slowly(total_kg, claims):
    """Those who lack most drink together until they lack no more than the next."""

    def wanting(held):
        lack = {id: claims[id] - held[id] for id in claims}
        most = max(lack.values())
        next_ = max((kg for kg in lack.values() if kg < most), default=Fraction(0))
        return [id for id in claims if lack[id] == most], most - next_

    return by_drops(total_kg, claims, wanting)


def talmud_slowly(total_kg, claims):
    """Equal awards up to half of every claim; then equal losses of the other halves."""
    halves = {id: Fraction(kg, 2) for id, kg in claims.items()}
    first = min(Fraction(total_kg), sum(halves.values(), Fraction(0)))
    awards = equal_awards_slowly(first, halves)
    losses = equal_losses_slowly(total_kg - first, halves)
    return {id: awards[id] + losses[id] for id in claims}


def small_first_slowly(total_kg, claims):
    """The smallest who are not full drink together until they are."""

    def wanting(held):
        smallest = min(claims[id] for id in claims if held[id] < claims[id])
        equals = [id for id in claims if claims[id] == smallest]
        return equals, smallest - held[equals[0]]

    return by_drops(total_kg, claims, wanting)


SLOWLY = {
    "pro_rata": pro_rata_slowly,
    "equal_awards": equal_awards_slowly,
    "equal_losses": equal_losses_slowly,
    "talmud": talmud_slowly,
    "small_first": small_first_slowly,
}


@every_rule
@given(problem=problems(few_kg))
@settings(deadline=None, max_examples=300)
def test_a_rule_agrees_with_its_slow_telling(rule, problem):
    assert quotas(*problem, rule) == SLOWLY[rule](*problem)


@every_rule
@given(problem=problems())
@settings(deadline=None, max_examples=300)
def test_quotas_add_up_and_none_is_above_its_claim(rule, problem):
    total_kg, claims = problem
    due = quotas(total_kg, claims, rule)

    assert list(due) == sorted(claims)
    assert sum(due.values()) == total_kg
    assert all(0 <= due[id] <= claims[id] for id in claims)


@every_rule
@given(problem=problems(), more=st.data())
@settings(deadline=None, max_examples=300)
def test_with_more_to_share_nobody_is_due_less(rule, problem, more):
    total_kg, claims = problem
    larger_kg = more.draw(st.integers(total_kg, sum(claims.values())))
    before, after = quotas(total_kg, claims, rule), quotas(larger_kg, claims, rule)

    assert all(before[id] <= after[id] for id in claims)


@every_rule
@given(problem=problems())
@settings(deadline=None, max_examples=300)
def test_equal_claims_are_due_the_same(rule, problem):
    total_kg, claims = problem
    due = quotas(total_kg, claims, rule)

    assert len({(claims[id], due[id]) for id in claims}) == len(set(claims.values()))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "small_first"])
@given(problem=problems())
@settings(deadline=None, max_examples=300)
def test_a_larger_claim_is_due_no_less_and_loses_no_less(rule, problem):
    total_kg, claims = problem
    due = quotas(total_kg, claims, rule)

    for smaller, larger in pairwise(sorted(claims, key=lambda id_: claims[id_])):
        assert due[smaller] <= due[larger]
        assert claims[smaller] - due[smaller] <= claims[larger] - due[larger]


@given(problems())
@settings(deadline=None, max_examples=300)
def test_equal_losses_are_equal_awards_of_what_is_lost(problem):
    total_kg, claims = problem
    losses = quotas(lost(total_kg, claims), claims, "equal_awards")

    assert quotas(total_kg, claims, "equal_losses") == {
        id: claims[id] - losses[id] for id in claims
    }


@pytest.mark.parametrize("rule", ["pro_rata", "talmud"])
@given(problem=problems())
@settings(deadline=None, max_examples=300)
def test_these_rules_divide_awards_and_losses_alike(rule, problem):
    total_kg, claims = problem
    losses = quotas(lost(total_kg, claims), claims, rule)

    assert quotas(total_kg, claims, rule) == {id: claims[id] - losses[id] for id in claims}


@every_rule
@given(problem=problems())
@settings(deadline=None, max_examples=300)
def test_whole_kilograms_are_the_quotas_rounded_to_the_largest_remainders(rule, problem):
    total_kg, claims = problem
    due = quotas(total_kg, claims, rule)
    shares = share(total_kg, claims, SEED, rule)
    by_remainder = sorted(drawn(SEED, "share", claims), key=lambda id_: -(due[id_] % 1))
    left_kg = total_kg - sum(quota // 1 for quota in due.values())

    assert shares == {id: due[id] // 1 + (id in by_remainder[:left_kg]) for id in claims}
    assert sum(shares.values()) == total_kg
    assert all(shares[id] <= claims[id] for id in claims)


@every_rule
@given(problem=problems(), order=st.data())
@settings(deadline=None, max_examples=300)
def test_the_order_of_arrival_never_matters(rule, problem, order):
    total_kg, claims = problem
    arrived = {id: claims[id] for id in order.draw(st.permutations(sorted(claims)))}

    assert list(share(total_kg, arrived, SEED, rule).items()) == list(
        share(total_kg, claims, SEED, rule).items()
    )


@every_rule
@given(problem=problems(few_kg), times=st.integers(1, 10**20))
@settings(deadline=None, max_examples=300)
def test_the_unit_of_weight_never_matters(rule, problem, times):
    total_kg, claims = problem
    heavier = quotas(total_kg * times, {id: kg * times for id, kg in claims.items()}, rule)

    assert heavier == {id: quota * times for id, quota in quotas(*problem, rule).items()}


@every_rule
@given(problem=problems(few_kg.filter(len)), more=st.data())
@settings(deadline=None, max_examples=300)
def test_the_others_are_due_the_same_when_one_goes_with_what_it_is_due(rule, problem, more):
    """Consistency, in a unit in which everything that is due is whole."""
    total_kg, claims = problem
    unit = lcm(*(quota.denominator for quota in quotas(*problem, rule).values()))
    finer = {id: kg * unit for id, kg in claims.items()}
    due = quotas(total_kg * unit, finer, rule)
    gone = more.draw(st.sampled_from(sorted(claims)))
    others = {id: kg for id, kg in finer.items() if id != gone}

    assert quotas(int(total_kg * unit - due[gone]), others, rule) == {id: due[id] for id in others}


@every_rule
@given(problem=problems(few_kg.filter(len)), more=st.data())
@settings(deadline=None, max_examples=300)
def test_when_one_goes_with_nothing_nobody_is_due_less(rule, problem, more):
    """Population monotonicity: on this rests that leaving claims can be found in groups."""
    total_kg, claims = problem
    due = quotas(*problem, rule)
    gone = more.draw(st.sampled_from(sorted(claims)))
    others = {id: kg for id, kg in claims.items() if id != gone}

    after = quotas(min(total_kg, sum(others.values())), others, rule)

    assert all(after[id] >= due[id] for id in others)


@every_rule
@given(problem=problems())
@settings(deadline=None, max_examples=300)
def test_in_whole_kilograms_equal_claims_differ_by_one_at_most(rule, problem):
    total_kg, claims = problem
    shares = share(total_kg, claims, SEED, rule)

    for kg in set(claims.values()):
        equals = [shares[id] for id in claims if claims[id] == kg]
        assert max(equals) - min(equals) <= 1


@every_rule
@given(problem=problems())
@settings(deadline=None, max_examples=300)
def test_in_whole_kilograms_who_is_due_more_gets_no_less(rule, problem):
    due, shares = quotas(*problem, rule), share(*problem, SEED, rule)

    for less, more in product(due, repeat=2):
        assert due[less] >= due[more] or shares[less] <= shares[more]


@every_rule
def test_a_total_above_the_claims_is_refused(rule):
    with pytest.raises(BadBook) as refusal:
        quotas(11, {"a": 10}, rule)

    assert refusal.value.code == "total_above_claims"
