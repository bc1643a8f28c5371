"""What was bought, held against the rules."""

from fractions import Fraction

import pytest

from auctions.rules import CountRule, EachRule, ShareRule, where
from club.domain.portfolio import Held, Standing, standings

HELD = [
    Held(quantity_kg=600, supplier_id="a", project_id="p", attributes={"mechanism": "removal"}),
    Held(quantity_kg=300, supplier_id="a", project_id="q", attributes={"mechanism": "reduction"}),
    Held(quantity_kg=100, supplier_id="b", project_id="p", attributes={}),
]
REMOVAL = ShareRule(
    name="removal", where=where({"mechanism": ["removal"]}), min_share=Fraction(2, 3), hard=False
)


@pytest.mark.parametrize(
    ("rule", "share", "suppliers"),
    [
        (REMOVAL, Fraction(3, 5), None),
        (
            EachRule(name="s", each="supplier", max_share=Fraction(1), hard=True),
            Fraction(9, 10),
            None,
        ),
        (
            EachRule(name="p", each="project", max_share=Fraction(1), hard=True),
            Fraction(7, 10),
            None,
        ),
        (CountRule(name="n", min_suppliers=2, hard=True), None, 2),
        (CountRule(name="n", min_suppliers=2, minimum_award_kg=101, hard=True), None, 1),
    ],
)
def test_every_rule_is_held_against_the_kilograms_bought(rule, share, suppliers):
    assert standings([rule], HELD, {}) == (
        Standing(rule=rule, share=share, suppliers=suppliers, yielded_by=Fraction(0)),
    )


def test_what_gave_way_says_by_how_much():
    (standing,) = standings([REMOVAL], HELD, {"removal": Fraction(1, 15)})

    assert standing.yielded_by == Fraction(1, 15)
    assert standing.share + standing.yielded_by == REMOVAL.min_share
