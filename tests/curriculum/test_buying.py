"""The sums of the module on buying, done again; its round is cleared by the engine."""

import json
from datetime import date, timedelta
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest

from auctions.doors import answer
from curriculum.modules import load
from curriculum.questions import Numeric

MODULE = load(Path("data/modules/10-buying"), on=date(2026, 11, 22))
CHANNELS, TOKYO, CASES, ROUND = (lesson.charts[0] for lesson in MODULE.lessons_in("ja"))
SATURDAY = 5


def business_day(first, count):
    day = first
    while count > 1:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def test_the_numeric_answers_follow_from_the_questions():
    reached = {q.id: q.value for q in MODULE.questions if isinstance(q, Numeric)}

    assert reached == {
        "buying-settlement": business_day(date(2026, 11, 30), 6).day,
        "buying-subsidy-small": min(240 * Fraction(2, 3), 200),
        "buying-subsidy-large": min(260 * Fraction(1, 2), 100),
        "buying-biochar": 18 / Fraction(1, 2),
        "buying-blend": Fraction(4_000 * 6_000 + 1_000 * 11_000, 5_000),
        "buying-custody": (4_000 - 3_400) + (2_000 - 1_250),
    }


def test_the_subsidy_is_the_rate_up_to_the_ceiling():
    for row in TOKYO.rows:
        cost = int(row.x.removesuffix("万円"))
        small, other = row.values
        assert abs(small - min(cost * Fraction(2, 3), 200)) < Fraction("0.05")
        assert other == min(Fraction(cost, 2), 100)


def test_a_hectare_of_the_town_forest_makes_a_tonne_and_a_half():
    assert CASES.rows[1].values[0] == Fraction(240, 160)


def cleared(question):
    """Ask the engine as its users do: JSON in, JSON out."""
    told, status = answer(["clear"], BytesIO(json.dumps(question).encode()))
    assert status == 0
    return json.loads(told)


@pytest.mark.parametrize(
    ("limit_of_b", "limit_of_c", "bought_kg", "member_price", "amounts"),
    [
        (10_000, 8_000, 7_500, "7500/1", {"a": 30_000, "b": 26_250}),
        (10_000, 9_500, 10_000, "8000/1", {"a": 32_000, "b": 28_000, "c": 20_000}),
        (9_000, 8_000, 6_000, "7000/1", {"a": 16_800, "b": 14_700, "c": 10_500}),
    ],
)
def test_the_round_of_the_lesson_clears_as_it_says(
    limit_of_b, limit_of_c, bought_kg, member_price, amounts
):
    result = cleared(
        {
            "demand": [
                {"id": "a", "quantity_kg": 4_000, "limit_per_t": 12_000},
                {"id": "b", "quantity_kg": 3_500, "limit_per_t": limit_of_b},
                {"id": "c", "quantity_kg": 2_500, "limit_per_t": limit_of_c},
            ],
            "offers": [
                {
                    "id": "x",
                    "supplier": "x",
                    "project": "x",
                    "quantity_kg": 6_000,
                    "price_per_t": 7_000,
                    "sequence": 1,
                },
                {
                    "id": "y",
                    "supplier": "y",
                    "project": "y",
                    "quantity_kg": 4_000,
                    "price_per_t": 9_500,
                    "sequence": 2,
                },
            ],
            "ceiling_per_t": 15_000,
            "pricing": "pay_as_offered",
            "seed": "00" * 32,
        }
    )

    assert result["bought_kg"] == bought_kg
    assert result["member_price"] == member_price
    assert result["amounts"] == amounts


def test_the_chart_of_cuts_shows_demand_or_supply_whichever_is_less():
    demand = {8_000: 10_000, 10_000: 7_500, 12_000: 4_000}
    supply = {8_000: 6_000, 10_000: 10_000, 12_000: 10_000}

    assert [row.values[0] for row in ROUND.rows] == [min(demand[x], supply[x]) for x in demand]
