"""The figures of the module on risk and due diligence, worked out again."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from curriculum.modules import load
from curriculum.questions import Numeric

MODULE = load(Path("data/modules/07-risk"), on=date(2026, 11, 22))


def rows_of(lesson_id):
    lesson = next(each for each in MODULE.lessons_in("ja") if each.id == lesson_id)
    return [row.values for row in lesson.charts[0].rows]


def words_of(lesson_id, language):
    lesson = next(each for each in MODULE.lessons_in(language) if each.id == lesson_id)
    return "\n".join(
        part.markdown for step in lesson.steps for part in step.parts if hasattr(part, "markdown")
    )


def test_the_sums_are_right():
    reached = {q.id: q.value for q in MODULE.questions if isinstance(q, Numeric)}

    assert reached == {
        "risk-on-time": 60 + 40 * Fraction(75, 100),
        "risk-forest-sum": 400 * Fraction(3, 2) - 270,
        "risk-insured": Fraction(10, 100) * 2_000_000 + 100_000,
    }


def test_what_is_late_and_what_is_not_are_the_whole():
    assert [sum(row) for row in rows_of("delivery")] == [100, 100]


def test_what_may_be_counted_on_is_the_average_of_what_comes_in_time():
    in_time = Fraction(72, 100)

    for language in ("ja", "en"):
        words = words_of("delivery", language)
        assert f"{float(60 * in_time)} t" in words
        assert f"{float(40 + 20 * in_time)} t" in words


def test_scores_are_likelihood_times_impact():
    before = [4 * 3, 2 * 4, 2 * 5, 3 * 5]
    after = [2 * 2, 2 * 3, 2 * 3, 1 * 5]

    assert rows_of("register") == list(zip(before, after, strict=True))


def test_insurance_makes_the_worst_case_smaller():
    purchase, premium = 3_000_000, 180_000
    cover = Fraction(80, 100)
    expected_loss = Fraction(8, 100) * purchase
    told = {
        expected_loss,
        cover * expected_loss,
        expected_loss - cover * expected_loss + premium,
        purchase - cover * purchase + premium,
    }

    for language in ("ja", "en"):
        words = words_of("register", language)
        assert all(f"{int(amount):,}" in words for amount in told)
