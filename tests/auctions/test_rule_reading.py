"""Portfolio rules in JSON: what is written is read back, and nothing else is."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.offers import MOST_KG
from auctions.reading import Malformed
from auctions.rule_reading import read_rules, rule_facts
from auctions.rules import CountRule, EachRule, ShareRule, where

SHARES = st.fractions(0, 1, max_denominator=1_000)
VALUES = st.sampled_from(["removal", "東京都", "1", "true"]) | st.integers() | st.booleans()
COMMON = {
    "name": st.sampled_from(["r", "除去"]),
    "hard": st.booleans(),
    "order": st.integers(0, 99),
}
RULES = st.one_of(
    st.builds(
        ShareRule,
        where=st.dictionaries(st.sampled_from("abc"), st.lists(VALUES, min_size=1)).map(where),
        min_share=SHARES | st.none(),
        max_share=SHARES | st.none(),
        **COMMON,
    ),
    st.builds(EachRule, each=st.sampled_from(["supplier", "project"]), max_share=SHARES, **COMMON),
    st.builds(
        CountRule,
        min_suppliers=st.integers(1, 50),
        minimum_award_kg=st.integers(1, MOST_KG),
        **COMMON,
    ),
)


@given(st.lists(RULES))
def test_rules_come_back_from_json_as_they_went(rules):
    assert read_rules(json.loads(json.dumps([*map(rule_facts, rules)])), "rules") == tuple(rules)


@given(RULES)
def test_keys_of_other_kinds_of_rule_may_be_there_and_null(rule):
    others = dict.fromkeys(["min_suppliers", "minimum_award_kg", "where", "min_share", "max_share"])

    assert read_rules([others | rule_facts(rule)], "rules") == (rule,)


def test_one_value_may_stand_without_a_list_and_what_is_null_is_absent():
    row = {
        "name": "removals",
        "where": {"mechanism": "removal"},
        "min_share": "2/5",
        "max_share": None,
        "hard": True,
        "order": 1,
    }

    assert read_rules([row], "rules") == (
        ShareRule(
            name="removals",
            where=(("mechanism", ("removal",)),),
            min_share=Fraction(2, 5),
            hard=True,
            order=1,
        ),
    )


GOOD = {"name": "r", "hard": False, "order": 1}
SET = GOOD | {"where": {"basis": ["nature"]}, "max_share": "1/2"}
EACH = GOOD | {"where": {"each": "supplier"}, "max_share": "1/2"}


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ({}, "missing_key", "rules[0].name"),
        (GOOD, "missing_key", "rules[0].where"),
        (SET | {"colour": 1}, "unknown_key", "rules[0].colour"),
        (SET | {"min_share": 0.4}, "not_a_ratio", "rules[0].min_share"),
        (SET | {"min_share": "1/0"}, "not_a_ratio", "rules[0].min_share"),
        (SET | {"min_share": "-1/2"}, "not_a_ratio", "rules[0].min_share"),
        (SET | {"min_share": "40%"}, "not_a_ratio", "rules[0].min_share"),
        (SET | {"min_share": "１/２"}, "not_a_ratio", "rules[0].min_share"),
        (SET | {"hard": 1}, "not_a_flag", "rules[0].hard"),
        (SET | {"order": "1"}, "not_whole", "rules[0].order"),
        (SET | {"where": "nature"}, "not_an_object", "rules[0].where"),
        (SET | {"where": {"vintage": 2.5}}, "not_a_value", "rules[0].where.vintage"),
        (SET | {"where": {"vintage": [[2024]]}}, "not_a_value", "rules[0].where.vintage"),
        (SET | {"where": {"basis": ""}}, "not_text", "rules[0].where.basis"),
        (EACH | {"where": {"each": "country"}}, "unknown_value", "rules[0].where.each"),
        (
            EACH | {"where": {"each": "project", "basis": "x"}},
            "unknown_key",
            "rules[0].where.basis",
        ),
        (EACH | {"min_share": "1/4"}, "unknown_key", "rules[0].min_share"),
        (GOOD | {"where": {"each": "project"}}, "missing_key", "rules[0].max_share"),
        (GOOD | {"min_suppliers": 0}, "out_of_range", "rules[0].min_suppliers"),
        (SET | {"min_suppliers": 2}, "unknown_key", "rules[0].where"),
        ("r", "not_an_object", "rules[0]"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(row, code, place):
    with pytest.raises(Malformed) as refusal:
        read_rules([row], "rules")

    assert (refusal.value.code, refusal.value.where) == (code, place)


def test_rules_are_a_list():
    with pytest.raises(Malformed) as refusal:
        read_rules({}, "rules")

    assert (refusal.value.code, refusal.value.where) == ("not_a_list", "rules")
