"""Soft rules give way by the least that is enough, also where kilograms are many."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from auctions.asking import Model
from auctions.checks import check
from auctions.clearing import clear
from auctions.merit import book
from auctions.portfolio import portfolio
from auctions.rules import EachRule, ShareRule, where
from auctions.yielding import least_yields
from benchmarks.ruled_books import ruled_book
from tests.auctions.books import SEED

LONGEST_S = 60
SOFT = {"hard": False, "order": 0}


def soft_rules(number):
    """Three to five rules that ask for much of what is scarce."""
    chance = np.random.default_rng(number)

    def share(least, most):
        return Fraction(int(chance.integers(least, most)), 10)

    rules = [
        ShareRule(name="removal", where=where({"mechanism": [1]}), min_share=share(4, 9), **SOFT),
        ShareRule(name="region", where=where({"region": [0]}), min_share=share(4, 9), **SOFT),
        EachRule(name="each", each="supplier", max_share=share(1, 3), **SOFT),
        ShareRule(
            name="vintage",
            where=where({"vintage": [2025, 2026]}),
            min_share=share(3, 6),
            max_share=share(6, 8),
            **SOFT,
        ),
        ShareRule(name="origin", where=where({"origin": [2]}), max_share=share(1, 4), **SOFT),
    ]
    first = number % 3
    return [replace(rule, order=i) for i, rule in enumerate(rules[first:], start=1)]


def hundreds_of_kilograms(number):
    """A book whose products of weights another solver still holds."""
    found = ruled_book(8, number)
    offers = [
        replace(o, quantity_kg=o.quantity_kg // 200 + 1, minimum_kg=o.minimum_kg // 400)
        for o in found.offers
    ]
    lots = [replace(lot, quantity_kg=lot.quantity_kg // 200 + 1) for lot in found.lots]
    return book(lots, offers), found.demand_kg // 200


@pytest.mark.parametrize("number", range(501, 513))
def test_no_rule_could_yield_less_says_another_solver(number):
    market, demand_kg = hundreds_of_kilograms(number)
    rules = soft_rules(number)

    yielded, target_kg = least_yields([(market, demand_kg)], rules, demand_kg * 9 // 10)

    by = {each.rule: each.by for each in yielded}
    assert by
    for place, rule in enumerate(rules, start=1):
        in_force = portfolio(rules[:place], market.offers, by)
        asked = (target_kg, demand_kg)
        assert Model(market, in_force).ask(asked, None, LONGEST_S) is True
        if rule.name in by:
            step = Fraction(1, 2 * demand_kg**2)
            less = portfolio(rules[:place], market.offers, {**by, rule.name: by[rule.name] - step})
            assert Model(market, less).ask(asked, None, LONGEST_S) is False


@pytest.mark.parametrize("number", range(501, 507))
def test_what_is_bought_breaks_each_rule_by_just_what_it_yielded(number):
    found, rules = ruled_book(20, number), soft_rules(number)
    terms = {"ceiling_per_t": found.ceiling_per_t, "seed": SEED, "rules": rules}
    wanted_kg = found.demand_kg * 9 // 10

    clearing = clear(found.claims, found.lots, found.offers, wanted_kg=wanted_kg, **terms)

    check(clearing, found.claims, found.lots, found.offers, **terms)
    by = {each.rule: each.by for each in clearing.yielded}
    won = {award.offer: award.quantity_kg for award in clearing.awards}
    bought = [won.get(offer.id, 0) for offer in found.offers]
    for rule in rules:
        assert portfolio([rule], found.offers).excess(bought) == by.get(rule.name, 0)
    assert by
    assert clearing.bought_kg >= wanted_kg
