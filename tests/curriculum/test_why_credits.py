"""The module as members read it: whole in both languages, and its sums right."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from curriculum.lessons import Check
from curriculum.marking import mark
from curriculum.modules import load
from curriculum.questions import MultiChoice, Numeric, SingleChoice, TrueFalse
from curriculum.quizzes import draw, score

MODULE = load(Path("data/modules/01-why-credits"), on=date(2026, 11, 22))
REVIEWED = date(2026, 11, 22)


def best_answer(question):
    match question:
        case TrueFalse():
            return ("true" if question.is_true else "false",)
        case Numeric():
            return (str(question.value),)
        case _:
            return tuple(choice.id for choice in question.choices if choice.weight > 0)


def question(id):
    return next(question for question in MODULE.questions if question.id == id)


def test_both_languages_hold_the_same_lessons_tables_and_charts():
    ja, en = MODULE.lessons_in("ja"), MODULE.lessons_in("en")

    assert [lesson.id for lesson in ja] == ["balance", "trading", "together"]
    assert [lesson.id for lesson in en] == [lesson.id for lesson in ja]
    assert [lesson.table_rows for lesson in en] == [lesson.table_rows for lesson in ja]
    assert [len(lesson.charts) for lesson in ja] == [1, 1, 1]
    assert [len(lesson.charts) for lesson in en] == [1, 1, 1]


@pytest.mark.parametrize(
    "lesson", MODULE.lessons, ids=lambda lesson: f"{lesson.id}-{lesson.language}"
)
def test_each_lesson_asks_to_think_names_sources_and_says_what_is_no_advice(lesson):
    last_words = lesson.steps[-1].parts[-1].markdown

    assert sum(isinstance(part, Check) for step in lesson.steps for part in step.parts) == 1
    assert len(lesson.sources) >= 3
    assert (
        "法的な助言ではありません" if lesson.language == "ja" else "not legal advice"
    ) in last_words


def test_the_module_is_reviewed_within_a_year():
    due = {MODULE.review_by, *(lesson.review_by for lesson in MODULE.lessons)}
    due |= {question.review_by for question in MODULE.questions}

    assert MODULE.reviewed_on == REVIEWED
    assert max(due) <= REVIEWED.replace(year=2027)


def test_the_bank_has_every_kind_and_two_questions_or_more_for_each_lesson():
    per_lesson = {lesson.id: 0 for lesson in MODULE.lessons}
    for each in MODULE.questions:
        per_lesson[each.lesson_id] += 1

    assert {type(q) for q in MODULE.questions} == {SingleChoice, MultiChoice, TrueFalse, Numeric}
    assert min(per_lesson.values()) >= 2
    assert {id for q in MODULE.questions for id in q.outcomes} == {o.id for o in MODULE.outcomes}


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_whoever_knows_all_passes_and_whoever_guesses_nothing_or_everything_fails(seed):
    quiz = draw(MODULE, seed, on=REVIEWED)
    asked = [question(ask.question_id) for ask in quiz.asked]
    everything = {q.id: q.choice_ids for q in asked}

    assert len(asked) == 6
    assert score(quiz, asked, {q.id: best_answer(q) for q in asked}) == 1
    assert score(quiz, asked, {}) == 0
    assert score(quiz, asked, everything) == 0


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
