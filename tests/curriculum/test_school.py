"""What holds for every module that members read, however many there are."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from unicodedata import category

import pytest

from curriculum.cases import load_cases
from curriculum.glossary import load_glossary
from curriculum.lessons import Check, Prose
from curriculum.modules import lesson_places, load_all
from curriculum.questions import (
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from curriculum.quizzes import draw, score
from curriculum.texts import LANGUAGES
from tests.club.operations.trying import right

REVIEWED = date(2026, 11, 22)
MODULES = load_all(Path("data/modules"), on=REVIEWED)
LESSONS = [lesson for module in MODULES for lesson in module.lessons]
KINDS = {SingleChoice, MultiChoice, TrueFalse, Numeric, ShortAnswer, Matching, Ordering}
TWO_YEARS = timedelta(days=2 * 365)
MODULE_IDS = {module.id for module in MODULES}
TERMS = load_glossary(Path("data/glossary.yaml"), modules=MODULE_IDS, on=REVIEWED)
CASES = load_cases(Path("data/cases"), lessons=lesson_places(MODULES), on=REVIEWED)


def named(lesson):
    return f"{lesson.id}-{lesson.language}"


@pytest.mark.parametrize("lesson", LESSONS, ids=named)
def test_each_lesson_asks_to_think_and_says_that_it_is_no_advice(lesson):
    parts = [part for step in lesson.steps for part in step.parts]
    last_words = lesson.steps[-1].parts[-1].markdown

    assert any(isinstance(part, Check) for part in parts)
    assert lesson.table_rows or lesson.charts
    assert (
        "法的な助言ではありません" if lesson.language == "ja" else "not legal advice"
    ) in last_words


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_the_bank_has_every_kind_and_two_questions_or_more_for_each_lesson(module):
    per_lesson = Counter(question.lesson_id for question in module.questions)

    assert len(module.questions) >= 12
    assert {type(q) for q in module.questions} == KINDS
    assert set(per_lesson) == {lesson.id for lesson in module.lessons}
    assert min(per_lesson.values()) >= 2
    assert {id for q in module.questions for id in q.outcomes} == {o.id for o in module.outcomes}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_everything_is_read_again_within_two_years(module):
    due = {question.review_by - question.reviewed_on for question in module.questions}
    due |= {lesson.review_by - module.reviewed_on for lesson in module.lessons}

    assert max(due) <= TWO_YEARS


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_whoever_knows_all_passes_and_whoever_marks_everything_earns_nothing(module, seed):
    quiz = draw(module, seed, on=REVIEWED)
    by_id = {question.id: question for question in module.questions}
    asked = [by_id[ask.question_id] for ask in quiz.asked]

    assert score(quiz, asked, {q.id: right(q) for q in asked}) == 1
    everything = {q.id: q.choice_ids for q in asked if not isinstance(q, Ordering)}
    assert score(quiz, asked, everything) == 0


def test_the_glossary_and_the_cases_are_whole():
    assert (len(TERMS), len(CASES)) == (143, 9)
    assert {id for term in TERMS for id in term.modules} == MODULE_IDS
    assert all(case.figures for case in CASES)


def test_a_case_names_the_lessons_that_cite_it():
    report = {case.sources[0].document.title.en: case for case in CASES}
    cited = {
        (module.id, lesson.id)
        for module in MODULES
        for lesson in module.lessons
        for source in lesson.sources
        if source.document.title.en in report and "case" in source.clause
    }

    assert {place for case in CASES for place in case.lessons} == cited


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_each_module_ends_with_one_practical_task_in_its_last_lesson(module):
    for language in LANGUAGES:
        *others, last = module.lessons_in(language)
        assert [len(lesson.tasks) for lesson in others] == [0] * len(others)
        assert len(last.tasks) == 1


def breaks_emphasis(before, bold, after):
    """Whether Markdown would show the stars: a mark inside them, a letter right outside."""
    inside_first, inside_last = category(bold[:1] or " ")[0], category(bold[-1:] or " ")[0]
    return (inside_first in "PSZ" and before[-1:].isalnum()) or (
        inside_last in "PSZ" and after[:1].isalnum()
    )


@pytest.mark.parametrize("lesson", LESSONS, ids=named)
def test_no_lesson_shows_the_stars_of_its_emphasis(lesson):
    prose = [p for step in lesson.steps for p in step.parts if isinstance(p, Prose)]
    lines = [line.split("**") for part in prose for line in part.markdown.split("\n")]

    assert [line for line in lines if len(line) % 2 == 0] == []
    assert [
        pieces[place]
        for pieces in lines
        for place in range(1, len(pieces), 2)
        if breaks_emphasis(*pieces[place - 1 : place + 2])
    ] == []
