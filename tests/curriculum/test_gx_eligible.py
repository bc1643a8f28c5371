"""The figures of the module on other eligible credits, worked out again."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from curriculum.modules import load
from curriculum.questions import Numeric

MODULE = load(Path("data/modules/05-gx-eligible"), on=date(2026, 11, 22))


def chart_of(lesson_id):
    return next(lesson.charts[0] for lesson in MODULE.lessons_in("ja") if lesson.id == lesson_id)


def test_the_sums_are_right():
    reached = {q.id: q.value for q in MODULE.questions if isinstance(q, Numeric)}

    assert reached == {
        "gx-minimum-share": Fraction(20, 80) * 100,
        "gx-cap": Fraction(5, 100) * 62_000 - 1_900,
        "gx-deadline": 202601,
        "gx-ten-percent": Fraction(10, 100) * 180_000 - 11_500,
    }


def test_shares_are_followed_through_by_multiplying():
    through = [Fraction(51 * part, 100) for part in (40, 39, Fraction(79, 2))]
    followed = [12 + 8, *through, Fraction(50 * 60, 100), 25]

    assert [row.values[0] for row in chart_of("involvement").rows] == followed


def test_both_occasions_count_towards_the_cap():
    first, second, both, cap = (row.values[0] for row in chart_of("changes").rows)

    assert both == first + second
    assert cap == Fraction(5, 100) * 84_000


def test_the_price_range_rises_by_three_per_cent_a_year():
    rows = chart_of("phase-two").rows
    rise = Fraction(103, 100)

    assert [row.x for row in rows] == [str(year) for year in range(2026, 2031)]
    assert [row.values for row in rows] == [
        (round(4_300 * rise**years), round(1_700 * rise**years)) for years in range(5)
    ]
