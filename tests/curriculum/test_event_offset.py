"""The sums of the module on events, done again."""

from datetime import date
from fractions import Fraction
from math import ceil
from pathlib import Path

from curriculum.modules import load
from curriculum.questions import Numeric

MODULE = load(Path("data/modules/08-event"), on=date(2026, 11, 22))
SCOPE, MEASURE, REDUCE, RECORD = (lesson.charts[0] for lesson in MODULE.lessons_in("ja"))


def of(*decimals):
    return [Fraction(text) for text in decimals]


def test_the_numeric_answers_follow_from_the_questions():
    reached = {q.id: q.value for q in MODULE.questions if isinstance(q, Numeric)}
    apart = sum(ceil(tonnes) for tonnes in of("3.2", "1.5", "4.7", "2.1"))
    together = ceil(sum(of("3.2", "1.5", "4.7", "2.1")))

    assert reached == {
        "event-rail": round(80 * 36 * Fraction("0.0313")),
        "event-car": Fraction(round(60 * Fraction("0.167"), 1)),
        "event-ratio": 100 / Fraction("0.8"),
        "event-together": apart - together,
        "event-jcredits": 4 * Fraction("0.1") + 2 * Fraction("0.2"),
    }


def test_the_meeting_adds_up_to_what_its_report_says_but_for_rounding():
    assert sum(row.values[0] for row in SCOPE.rows) == Fraction("23572.1")


def test_the_briefing_is_activity_times_factor_and_rounded_only_for_showing():
    exact = [
        2000 * Fraction("0.1241"),
        4000 * Fraction("0.0313"),
        Fraction("27.5") * Fraction("3.94"),
        2000 * Fraction("0.0313"),
        10 * Fraction("1.345"),
        Fraction("27.5") * Fraction("0.483"),
    ]

    shown = [row.values[0] for row in MEASURE.rows]
    assert all(abs(x - y) <= Fraction("0.05") for x, y in zip(shown, exact, strict=True))
    assert (sum(exact), sum(shown)) == (Fraction("571.0825"), Fraction("571.2"))


def test_nine_games_need_four_tonnes_less_together_than_one_by_one():
    games = [row.values[0] for row in REDUCE.rows]

    assert sum(games) == Fraction("232.9")
    assert (sum(map(ceil, games)), ceil(sum(games))) == (237, 233)


def test_seven_credits_make_one_tonne():
    assert sum(sum(row.values) for row in RECORD.rows) == 1
