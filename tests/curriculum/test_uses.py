"""The sums of module 4 are right, in its questions and in its charts."""

from datetime import date
from pathlib import Path

from curriculum.modules import load
from curriculum.questions import Numeric

MODULE = load(Path("data/modules/04-uses"), on=date(2026, 11, 22))


def test_the_sums_are_right():
    reached = {q.id: int(q.value) for q in MODULE.questions if isinstance(q, Numeric)}

    assert reached == {
        "uses-reach": 900 + 700 + 4_400 - (900 + 700),
        "uses-phase-two-cap": 180_000 // 10 - 12_000,
        "uses-kwh": 300_000 // (160_000 // 80),
        "uses-phantom": 3 * 12 - 12,
    }


def test_the_charts_tell_the_worked_examples():
    picture, schemes, reporting, claims = (lesson.charts[0] for lesson in MODULE.lessons_in("ja"))

    assert sum(row.values[0] for row in picture.rows) == 8_000
    assert [sum(row.values) for row in schemes.rows] == [17_000, 23_000, 20_000]
    assert [row.values[0] for row in reporting.rows] == [
        tonnes * (300_000 // 120) for tonnes in (120, 160, 200)
    ]
    assert {sum(row.values) for row in reporting.rows} == {500_000}
    assert [row.values for row in claims.rows] == [(10, 10 * parties) for parties in (1, 2, 3)]
