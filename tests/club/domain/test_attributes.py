"""What a lot says of itself under the names that portfolio rules use."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from auctions.rules import CountRule, ShareRule, picks, where
from club.domain.attributes import Attribute, attributes, is_meant, named, parted
from club.domain.lots import Basis, Category, Label, Lot, Mechanism
from club.domain.organisations import Actor, Kind, Role
from tests.builders import NOON, a_project

BY = Actor(person_id="p", organisation_id="o", kind=Kind.OPERATOR, roles=frozenset(Role))
PROJECT = a_project(BY, prefecture="13", rating="BeZero A")
LOT = Lot(
    id="l",
    project_id=PROJECT.id,
    supplier_id="s",
    vintage=2024,
    quantity_kg=2_000,
    deliver_by_on=date(2027, 3, 31),
    labels=frozenset({Label.CCP}),
    created_at=NOON,
    created_by="p",
)


def a_rule(**accepted):
    return ShareRule(name="r", where=where(accepted), max_share=Fraction(1, 2), hard=True)


def by_the_day(day):
    accepted = {named(Attribute.DELIVERED_BY, day): [True]}
    return ShareRule(name=day, where=where(accepted), min_share=Fraction(1, 2), hard=True)


def test_a_lot_says_what_its_project_and_itself_state():
    assert attributes(PROJECT, LOT, []) == {
        "mechanism": "removal",
        "basis": "nature",
        "category": "forest",
        "programme": "J-Credit",
        "country": "JP",
        "prefecture": "13",
        "rating": "BeZero A",
        "vintage": 2024,
        "label:ccp": True,
        "label:corsia_pilot": False,
        "label:corsia_first": False,
        "label:corresponding_adjustment": False,
        "label:ccb": False,
        "label:sd_vista": False,
    }


def test_what_no_source_states_is_in_no_set():
    told = attributes(
        replace(PROJECT, prefecture=None, rating=None), replace(LOT, vintage=None), []
    )

    assert {"prefecture", "rating", "vintage"} & told.keys() == set()
    assert picks(a_rule(vintage=[2024]), [told]) == [False]


@pytest.mark.parametrize(
    ("promised", "held"),
    [
        (date(2027, 3, 31), [True, True, False]),
        (date(2027, 4, 1), [True, False, False]),
        (None, [False, False, False]),
    ],
)
def test_delivery_is_told_for_the_days_the_rules_ask_about(promised, held):
    rules = [by_the_day(day) for day in ("2027-06-30", "2027-03-31", "2026-12-31")]
    rules.append(CountRule(name="many", min_suppliers=2, hard=True))

    told = attributes(PROJECT, replace(LOT, deliver_by_on=promised), rules)

    assert [picks(rule, [told])[0] for rule in rules[:3]] == held


@pytest.mark.parametrize(
    "name", ["colour", "label", "label:gold", "delivered_by:soon", "vintage:1"]
)
@pytest.mark.parametrize("value", [True, "x"])
def test_a_name_that_no_lot_knows_is_not_meant(name, value):
    assert not is_meant(ShareRule(name="r", where=((name, (value,)),), hard=True))


@pytest.mark.parametrize(
    ("accepted", "meant"),
    [
        ({"mechanism": [Mechanism.REMOVAL.value]}, True),
        ({"mechanism": ["planting"]}, False),
        ({"basis": [Basis.NATURE.value], "category": [Category.FOREST.value]}, True),
        ({"programme": ["any at all"], "rating": ["Sylvera AA"], "country": ["JP"]}, True),
        ({"programme": [7]}, False),
        ({"vintage": [2024, 2025]}, True),
        ({"vintage": ["2024"]}, False),
        ({"vintage": [True]}, False),
        ({"label:ccp": [True]}, True),
        ({"label:ccp": ["true"]}, False),
        ({"delivered_by:2027-03-31": [True]}, True),
        ({"delivered_by:20270331": [True]}, False),
    ],
)
def test_values_are_of_the_kind_that_the_attribute_has(accepted, meant):
    assert is_meant(a_rule(**accepted)) is meant


def test_a_name_is_taken_apart_as_it_was_put_together():
    assert parted(named(Attribute.LABEL, Label.CCB)) == (Attribute.LABEL, "ccb")
    assert parted("vintage") == (Attribute.VINTAGE, "")
