"""The sums of the module on claims, done again."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from curriculum.modules import load
from curriculum.questions import Numeric

MODULE = load(Path("data/modules/09-claims"), on=date(2026, 11, 22))
WORDS, STANDARDS, RULES, VALUE = (lesson.charts[0] for lesson in MODULE.lessons_in("ja"))


def test_the_numeric_answers_follow_from_the_questions():
    reached = {q.id: q.value for q in MODULE.questions if isinstance(q, Numeric)}

    assert reached == {
        "claims-share": 100 * Fraction(160, 640),
        "claims-residual": 24_000 * (1 - Fraction(9, 10)),
        "claims-fee": 50_000 + 2 * 10_000 + 3 * 30_000,
        "claims-item": Fraction("2.5") * 6_000 / 1_000,
    }


def test_what_was_retired_and_what_was_not_make_up_the_emissions_of_the_year():
    last_year, this_year, retired, uncovered = (row.values[0] for row in WORDS.rows)

    assert (1 - this_year / last_year, this_year) == (Fraction(1, 4), retired + uncovered)


def test_at_most_a_tenth_is_left_to_be_neutralised():
    first, *_, last = STANDARDS.rows

    assert last.values[0] <= first.values[0] / 10
    assert last.values[0] == last.values[1]


def test_the_fees_add_up_as_the_chart_says_in_words():
    assert [sum(row.values) for row in RULES.rows] == [80_000, 40_000, 150_000, 110_000]


def test_two_kilograms_cost_a_five_hundredth_of_a_tonne():
    prices = [Fraction(row.x.removesuffix("円/t").replace(",", "")) for row in VALUE.rows]

    assert [row.values[0] for row in VALUE.rows] == [price / 500 for price in prices]
