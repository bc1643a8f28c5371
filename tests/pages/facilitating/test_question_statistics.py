"""The screen of question statistics: what it tells, and that its files tell the same."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
import streamlit as st

from club.domain.organisations import Kind, Role
from club.i18n import Speech
from pages.facilitating import question_statistics
from pages.facilitating.statistics_shown import WEIGHTS
from tests.builders import NOON, join
from tests.club.operations.trying import MODULE, right, wrong
from tests.every_kind import EVERY_KIND, SINGLE, TRUE_FALSE, asking
from tests.pages.reading import as_read
from tests.schooled import take_all

LANGUAGES = ["ja", "en"]


@pytest.fixture
def files(monkeypatch):
    """What each download would hold, by the name of its file."""
    offered = {}

    def download_button(_label, data, *, file_name, **_more):
        offered[file_name] = list(csv.reader(io.StringIO(data().decode("utf-8-sig"))))

    monkeypatch.setattr(st, "download_button", download_button)
    return offered


@pytest.fixture
def open_statistics(open_screen, context):
    """The screen on a club whose first module is asked in 20 tries, a third of them after noon."""

    def open_(actor, language, *questions):
        club = asking(context, *questions)
        company = join(club)
        module = club.modules[MODULE]

        def choose(number, question):
            return right(question) if (number + question.points) % 3 else wrong(question)

        take_all(club, module, company, 20, choose, at=NOON, confidence=3)
        take_all(club, module, company, 18, choose, at=NOON + timedelta(days=3))

        def render(visit):
            from dataclasses import replace  # noqa: PLC0415 - run apart from this file

            question_statistics.render(replace(visit, context=club))

        return open_screen(render, actor, language)

    return open_


def on_screen(table):
    """A table as it is read, its head first; a minus as spreadsheets have it."""
    frame = as_read(table)
    rows = ([str(cell).replace("−", "-") for cell in row] for row in frame.to_numpy())
    return [list(frame.columns), *rows]


def cut_short(rows, shown):
    """The rows of a file, a long question cut as it is on the screen, and its columns only."""
    places = [place for place, head in enumerate(rows[0]) if head in shown[0]]
    kept = [[row[place] for place in places] for row in rows]
    return [
        [seen if seen.endswith("…") and cell.startswith(seen[:-1]) else cell for cell, seen in pair]
        for pair in (zip(*each, strict=True) for each in zip(kept, shown, strict=True))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_on_the_screen_equal_the_files_to_the_last_digit(
    open_statistics, facilitator, language, files
):
    at = open_statistics(facilitator, language, *EVERY_KIND)
    files.clear()
    at.date_input(key="day").set_value((NOON + timedelta(days=1)).date()).run()

    assert not at.exception
    shown = [on_screen(table) for table in at.table]
    assert len(shown) == 6
    for seen, rows in zip(shown, files.values(), strict=True):
        assert seen == cut_short(rows, seen)
    [questions] = [rows for name, rows in files.items() if name.startswith("questions-")]
    assert len(questions) == 1 + len(EVERY_KIND)
    weights = {Speech(language).say(f"statistics.head.{name}") for name in WEIGHTS}
    told_once = weights - set(shown[list(files.values()).index(questions)][0])
    captions = "".join(caption.value for caption in at.caption)
    assert told_once
    assert all(head in captions for head in told_once)
    assert all(Decimal(row[2]) <= 100 for row in questions[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_to_spend_time_on_say_why(open_statistics, facilitator, language):
    at = open_statistics(facilitator, language, SINGLE, TRUE_FALSE)

    say = Speech(language).say
    texts = "\n".join(markdown.value for markdown in at.markdown)
    assert say("statistics.lost", facility=Decimal("68.42"), n=38) in texts
    assert say("statistics.sure_and_wrong", count=6) in texts
    assert say("statistics.attention_rule") in [caption.value for caption in at.caption]


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_first_try_the_screen_says_what_will_be_here(open_screen, facilitator, language):
    at = open_screen(question_statistics.render, facilitator, language)

    assert not at.exception
    assert [info.value for info in at.info] == [Speech(language).say("statistics.nobody")]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.TREASURER])
def test_the_screen_of_somebody_else_of_the_office_shows_nothing(
    open_screen, context, role, open_statistics
):
    at = open_statistics(join(context, Kind.OPERATOR, role), "en", SINGLE)

    assert [error.value for error in at.error] == [Speech("en").say("errors.not_allowed")]
    assert not at.table
    assert not at.selectbox
