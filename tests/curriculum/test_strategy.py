"""The figures of the module on strategy and portfolio, worked out again."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from curriculum.modules import load
from curriculum.questions import Numeric

MODULE = load(Path("data/modules/06-strategy"), on=date(2026, 11, 22))
TONNES_AND_PRICES = ((20, 4_700), (12, 5_600), (6, 40_000), (2, 90_000))


def rows_of(lesson_id):
    lesson = next(each for each in MODULE.lessons_in("ja") if each.id == lesson_id)
    return [row.values for row in lesson.charts[0].rows]


def per_cent(part, whole):
    return Fraction(round(Fraction(1_000 * part, whole)), 10)


def test_the_sums_are_right():
    reached = {q.id: q.value for q in MODULE.questions if isinstance(q, Numeric)}

    assert reached == {
        "strategy-roadmap": Fraction(100 - 92, 100) * 12_500,
        "strategy-budget": Fraction(900_000, 14_500 + 500),
        "strategy-average": Fraction(30 * 4_000 + 10 * 20_000, 30 + 10),
        "strategy-sensitivity": 5 * (30_000 - 5_000),
    }


def test_the_mix_is_told_by_quantity_and_by_money():
    bought = sum(tonnes for tonnes, _ in TONNES_AND_PRICES)
    paid = sum(tonnes * price for tonnes, price in TONNES_AND_PRICES)

    assert (bought, paid, Fraction(paid, bought)) == (40, 581_200, 14_530)
    assert rows_of("mix") == [
        (per_cent(tonnes, bought), per_cent(tonnes * price, paid))
        for tonnes, price in TONNES_AND_PRICES
    ]


def test_one_assumption_at_a_time_is_moved():
    def cost(saving=70, saving_price=4_700, biochar=30, biochar_price=40_000):
        return saving * saving_price + biochar * biochar_price

    assert cost() == 1_529_000
    assert rows_of("prices") == [
        (cost(saving_price=1_600), cost(saving_price=6_000)),
        (cost(biochar_price=30_000), cost(biochar_price=50_000)),
        (cost(saving=80, biochar=20), cost(saving=60, biochar=40)),
    ]
