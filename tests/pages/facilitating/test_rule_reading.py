"""From what was typed to portfolio rules, and the order in which they yield."""

from datetime import date
from fractions import Fraction

import pytest

from auctions.rules import CountRule, EachRule, ShareRule, where
from club.domain.attributes import Attribute
from club.domain.errors import InputRefused
from club.domain.lots import Label
from pages.facilitating.rule_reading import earlier, numbered, read, without

SHARE = {
    "kind": "share",
    "name": " 除去 ",
    "hard": True,
    "accepted": {Attribute.MECHANISM: ["removal"]},
    "min_share": "４０％",
    "max_share": "",
}


def soft(name, order):
    return EachRule(name=name, each="project", max_share=Fraction(1, 2), hard=False, order=order)


def hard(name):
    return EachRule(name=name, each="project", max_share=Fraction(1, 2), hard=True, order=9)


def names(rules):
    return [(rule.name, rule.order) for rule in rules]


def test_a_share_of_a_set_is_read_exactly():
    assert read(SHARE, []) == ShareRule(
        name="除去", where=where({"mechanism": ["removal"]}), min_share=Fraction(2, 5), hard=True
    )


def test_of_labels_a_lot_needs_all_and_a_day_stands_for_itself():
    accepted = {
        Attribute.LABEL: [Label.CCP, Label.CCB],
        Attribute.DELIVERED_BY: date(2027, 3, 31),
        Attribute.VINTAGE: [2025, 2024],
        Attribute.PROGRAMME: [" VCS ", "GS"],
    }

    rule = read(SHARE | {"accepted": accepted}, [])

    assert rule.where == (
        ("delivered_by:2027-03-31", (True,)),
        ("label:ccb", (True,)),
        ("label:ccp", (True,)),
        ("programme", ("GS", "VCS")),
        ("vintage", (2024, 2025)),
    )


def test_caps_and_counts_are_read_with_what_is_usual():
    each = {"kind": "each", "name": "", "hard": False, "each": "supplier", "max_share": "1/3"}
    count = {"kind": "count", "name": "", "hard": True, "min_suppliers": 3, "minimum_award_kg": ""}

    assert read(each, [hard("R1"), soft("R3", 4)]) == EachRule(
        name="R2", each="supplier", max_share=Fraction(1, 3), hard=False, order=10
    )
    assert read(count, []) == CountRule(name="R1", min_suppliers=3, minimum_award_kg=1, hard=True)
    assert read(count | {"minimum_award_kg": "0.5 t"}, []).minimum_award_kg == 500


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"accepted": {}}, "missing", "accepted"),
        ({"accepted": {Attribute.LABEL: []}}, "missing", "label"),
        ({"accepted": {Attribute.DELIVERED_BY: None}}, "missing", "delivered_by"),
        ({"min_share": "40"}, "not_a_share", "min_share"),
        ({"max_share": "many"}, "not_a_share", "max_share"),
        ({"name": "n" * 61}, "too_long", "rule_name"),
        ({"kind": "each", "each": "supplier", "max_share": ""}, "missing", "max_share"),
        (
            {"kind": "count", "min_suppliers": 1, "minimum_award_kg": "x"},
            "not_a_number",
            "minimum_award_kg",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(given, code, field):
    with pytest.raises(InputRefused) as refusal:
        read(SHARE | given, [])

    assert (refusal.value.code, refusal.value.facts["field"]) == (code, field)


def test_rules_stand_in_the_order_in_which_they_yield():
    rules = [soft("b", 7), hard("x"), soft("a", 3), hard("y")]

    assert names(numbered(rules)) == [("x", 0), ("y", 0), ("a", 1), ("b", 2)]
    assert names(without(rules, "a")) == [("x", 0), ("y", 0), ("b", 1)]


def test_a_soft_rule_moves_up_past_the_one_before_and_no_further():
    rules = numbered([hard("x"), soft("a", 1), soft("b", 2), soft("c", 3)])

    assert names(earlier(rules, "c")) == [("x", 0), ("a", 1), ("c", 2), ("b", 3)]
    assert earlier(rules, "a") == rules
    assert earlier(rules, "x") == rules
    assert names(earlier([soft("a", 1)], "a")) == [("a", 1)]
