"""The sums of module 2 are right, in its questions and in its charts."""

from datetime import date
from pathlib import Path

from curriculum.modules import load
from curriculum.questions import Numeric

MODULE = load(Path("data/modules/02-kinds"), on=date(2026, 11, 22))


def test_the_sums_are_right():
    reached = {q.id: int(q.value) for q in MODULE.questions if isinstance(q, Numeric)}

    assert reached == {
        "kinds-certificate-reach": 90_000 * 4 // 10,
        "kinds-adjustment": 900 - 250,
        "kinds-serials": 35_143 - 30_932 + 1,
    }


def test_the_charts_tell_the_worked_examples():
    instruments, lists, _, card = (lesson.charts[0] for lesson in MODULE.lessons_in("ja"))

    assert [row.values for row in instruments.rows] == [
        (40_000, max(0, 200_000 - certificates) * 4 // 10) for certificates in (0, 150_000, 250_000)
    ]
    assert [sum(row.values) for row in lists.rows] == [1_000, 1_000 + 400, 1_000]
    assert [row.values[0] for row in card.rows] == [4 * 100, 2 * 200, 200]
