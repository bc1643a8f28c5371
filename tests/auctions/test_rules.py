"""Portfolio rules: which lots a set holds, and which rules contradict each other on their face."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.offers import MOST_KG, BadBook
from auctions.rules import (
    MOST_RULES,
    CountRule,
    EachRule,
    ShareRule,
    check_rules,
    picks,
    where,
)

HALF = Fraction(1, 2)


def a_share(name="r", min_share=None, max_share=None, *, hard=True, order=0, **accepted):
    return ShareRule(
        name=name,
        where=where(accepted),
        min_share=min_share,
        max_share=max_share,
        hard=hard,
        order=order,
    )


def refused(*rules):
    with pytest.raises(BadBook) as refusal:
        check_rules(rules)
    return refusal.value.code, refusal.value.where


def test_a_set_is_the_same_value_however_it_was_written():
    one = where({"programme": ["VCS", "GS", "VCS"], "basis": ("nature",)})

    assert one == where({"basis": ["nature"], "programme": ["GS", "VCS"]})
    assert one == (("basis", ("nature",)), ("programme", ("GS", "VCS")))
    assert hash(a_share(basis=["nature"])) == hash(a_share(basis=["nature"]))


@pytest.mark.parametrize(
    ("attributes", "is_picked"),
    [
        ({"mechanism": "removal", "vintage": 2024}, True),
        ({"mechanism": "removal", "vintage": 2025, "label": True}, True),
        ({"mechanism": "removal", "vintage": 2023}, False),
        ({"mechanism": "removal"}, False),
        ({"vintage": 2024}, False),
        ({}, False),
    ],
)
def test_a_set_holds_what_has_an_accepted_value_of_every_attribute(attributes, is_picked):
    rule = a_share(mechanism=["removal"], vintage=[2024, 2025], max_share=HALF)

    assert picks(rule, [attributes]) == [is_picked]


def test_true_is_not_one_and_a_number_is_not_its_digits():
    yes = a_share(label=[True], max_share=HALF)
    one = a_share(label=[1], max_share=HALF)

    assert [
        picks(rule, [{"label": value}])[0] for rule in (yes, one) for value in (True, 1, "1")
    ] == [
        True,
        False,
        False,
        False,
        True,
        False,
    ]


def test_sound_rules_are_accepted():
    check_rules(
        [
            a_share("removal", Fraction(2, 5), mechanism=["removal"]),
            a_share("reduction", Fraction(3, 5), mechanism=["reduction"]),
            a_share("young", HALF, Fraction(1), vintage=[2025], hard=False, order=1),
            EachRule(name="supplier", each="supplier", max_share=HALF, hard=False, order=2),
            EachRule(name="project", each="project", max_share=Fraction(1), hard=True),
            CountRule(name="many", min_suppliers=3, minimum_award_kg=100, hard=True),
        ]
    )


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (a_share(max_share=HALF), "empty_set"),
        (a_share(max_share=HALF, basis=[]), "empty_set"),
        (ShareRule(name="r", where=(("a", (1,)), ("a", (2,))), hard=True), "empty_set"),
        (a_share(basis=["nature"]), "no_bound"),
        (a_share("r", Fraction(-1, 9), basis=["nature"]), "share_out_of_range"),
        (a_share("r", None, Fraction(10, 9), basis=["nature"]), "share_out_of_range"),
        (a_share("r", HALF, Fraction(49, 100), basis=["nature"]), "minimum_above_maximum"),
        (EachRule(name="r", each="project", max_share=Fraction(0), hard=True), "cap_of_nothing"),
        (
            EachRule(name="r", each="project", max_share=Fraction(3, 2), hard=True),
            "share_out_of_range",
        ),
        (
            EachRule(name="r", each="project", max_share=Fraction(-1, 2), hard=True),
            "share_out_of_range",
        ),
        (CountRule(name="r", min_suppliers=0, hard=True), "too_few_suppliers"),
        (
            CountRule(name="r", min_suppliers=1, minimum_award_kg=0, hard=True),
            "minimum_award_out_of_range",
        ),
        (
            CountRule(name="r", min_suppliers=1, minimum_award_kg=MOST_KG + 1, hard=True),
            "minimum_award_out_of_range",
        ),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused_at_its_name(rule, code):
    assert refused(rule) == (code, "r")


def test_names_come_once_and_soft_rules_have_a_place_each():
    nature = a_share("a", HALF, basis=["nature"])
    soft = [a_share(name, HALF, basis=["nature"], hard=False, order=1) for name in "ab"]

    assert refused(nature, nature) == ("duplicate_rule", "a")
    assert refused(*soft) == ("duplicate_order", "a")
    check_rules([nature, a_share("b", HALF, basis=["nature"])])


def test_a_hundred_rules_are_enough():
    rules = [a_share(f"{n:03}", HALF, basis=["nature"]) for n in range(MOST_RULES + 1)]

    check_rules(rules[1:])
    assert refused(*rules) == ("too_many_rules", "100")


def test_minimums_of_sets_with_nothing_in_common_are_no_more_than_the_whole():
    rules = [
        a_share("removal", Fraction(2, 5), mechanism=["removal"]),
        a_share("reduction", Fraction(2, 5), mechanism=["reduction"], hard=False, order=1),
        a_share("rest", Fraction(2, 5), mechanism=["avoidance", "unstated"]),
    ]

    assert refused(*rules) == ("minimums_above_maximum", "reduction")
    check_rules(rules[:2])


def test_minimums_of_sets_that_may_overlap_are_left_to_the_clearing():
    check_rules(
        [
            a_share("removal", Fraction(4, 5), mechanism=["removal"]),
            a_share("nature", Fraction(4, 5), basis=["nature"]),
        ]
    )


def test_a_minimum_inside_a_set_is_no_more_than_the_sets_maximum():
    forest = a_share("forest", HALF, basis=["nature"], category=["forest"])
    nature = a_share("nature", None, Fraction(2, 5), basis=["nature", "unstated"])

    assert refused(forest, nature) == ("minimums_above_maximum", "forest")
    assert refused(a_share("n", HALF, basis=["nature"]), nature) == ("minimums_above_maximum", "n")
    check_rules([forest, a_share("other", None, Fraction(2, 5), basis=["technology"])])


def test_the_contradiction_is_found_among_many_rules_that_overlap():
    """Thirty pairs of equal sets: one of each counts, and together they are 30/29."""
    pairs = [
        a_share(f"{n}{twin}", Fraction(1, 29), vintage=[2000 + n])
        for n in range(30)
        for twin in "ab"
    ]

    assert refused(*pairs)[0] == "minimums_above_maximum"
    check_rules([rule for rule in pairs if not rule.name.startswith("7")])


@given(
    st.lists(
        st.tuples(st.frozensets(st.integers(1, 5), min_size=1), st.integers(1, 6)),
        min_size=1,
        max_size=7,
    )
)
def test_on_small_books_it_agrees_with_looking_at_every_choice_of_rules(sets):
    rules = [
        a_share(str(n), Fraction(part, 10), vintage=sorted(years))
        for n, (years, part) in enumerate(sets)
    ]
    worst = max(
        sum(part for _, part in chosen)
        for size in range(1, len(sets) + 1)
        for chosen in combinations(sets, size)
        if all(not one & other for (one, _), (other, _) in combinations(chosen, 2))
    )

    if worst > 10:
        assert refused(*rules)[0] == "minimums_above_maximum"
    else:
        check_rules(rules)
