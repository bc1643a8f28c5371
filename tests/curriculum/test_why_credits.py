"""The module as members read it: whole in both languages, and its sums right."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from curriculum.marking import mark
from curriculum.modules import load
from curriculum.questions import Numeric

MODULE = load(Path("data/modules/01-why-credits"), on=date(2026, 11, 22))
REVIEWED = date(2026, 11, 22)


def question(id):
    return next(question for question in MODULE.questions if question.id == id)


def test_both_languages_hold_the_same_lessons_tables_and_charts():
    ja, en = MODULE.lessons_in("ja"), MODULE.lessons_in("en")

    assert [lesson.id for lesson in ja] == ["balance", "trading", "together"]
    assert [lesson.id for lesson in en] == [lesson.id for lesson in ja]
    assert [lesson.table_rows for lesson in en] == [lesson.table_rows for lesson in ja]
    assert [len(lesson.charts) for lesson in ja] == [1, 1, 1]
    assert [len(lesson.charts) for lesson in en] == [1, 1, 1]


def test_the_module_is_reviewed_within_a_year():
    due = {MODULE.review_by, *(lesson.review_by for lesson in MODULE.lessons)}
    due |= {question.review_by for question in MODULE.questions}

    assert MODULE.reviewed_on == REVIEWED
    assert max(due) <= REVIEWED.replace(year=2027)


def test_the_sums_are_right():
    reached = {q.id: int(q.value) for q in MODULE.questions if isinstance(q, Numeric)}

    assert reached == {
        "why-residual": 84_000 - 30_000 - 45_000,
        "why-trade-saves": 5 * (10_000 - 4_000),
        "why-unit": 1_000 - (320 + 410 + 150),
    }


def test_a_member_may_answer_in_full_width_digits_with_the_unit_of_either_language():
    saved = question("why-trade-saves")

    assert mark(saved, ("３０，０００円",)) == 1
    assert mark(saved, ("30,000 yen",)) == 1
    assert mark(question("why-residual"), ("9 t",)) == 0


def test_the_charts_tell_the_worked_examples():
    balance, trading, together = (lesson.charts[0] for lesson in MODULE.lessons_in("ja"))

    steps = [row.values[0] for row in balance.rows]
    assert steps == [120_000, 120_000 - 42_000, 120_000 - 42_000 - 54_000, 0]
    assert {sum(row.values) for row in trading.rows} == {Fraction(100)}
    assert sum(row.values[0] for row in together.rows) == 1_000
