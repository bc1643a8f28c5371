"""The sums of module 3 are right, in its questions and in its charts."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from curriculum.modules import load
from curriculum.questions import Numeric

MODULE = load(Path("data/modules/03-quality"), on=date(2026, 11, 22))


def test_the_sums_are_right():
    reached = {q.id: q.value for q in MODULE.questions if isinstance(q, Numeric)}

    assert reached == {
        "quality-real-price": Fraction(1_200 * 3_900) / (1_200 * Fraction(65, 100)),
        "quality-payback": Fraction(560, 160),
        "quality-buffer": 420 - 2_000 * Fraction(15, 100),
    }


def test_the_charts_tell_the_worked_examples():
    criteria, label, additionality, _ = (lesson.charts[0] for lesson in MODULE.lessons_in("ja"))

    assert sum(row.values[0] for row in criteria.rows) == 5 + 5 + 5 + 5
    assert sum(row.values[0] for row in label.rows) == 100
    assert [row.values[0] for row in additionality.rows] == [
        4_000 / Fraction(share, 100) for share in (100, 80, 50, 25)
    ]
