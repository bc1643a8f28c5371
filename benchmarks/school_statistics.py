"""The statistics of 1,000 people and 120 questions, from the database to exact figures, take about
as long as NumPy takes for the same figures in floats with all marks at hand.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np

from benchmarks.findings import Finding
from benchmarks.school import School, build
from benchmarks.side_by_side import Work, compare
from club.operations.viewing.question_statistics import (
    ModuleStatistics,
    question_statistics,
    read_ahead,
)
from club.store import learning
from club.store.answer_sheets import finished_tries
from club.store.database import now
from curriculum.scores import first_tries
from curriculum.statistics import statistics_of

AT_MOST = 1.5
CERTAIN = 3
ROWS = "SELECT attempt_id, question_id, question_version, raw, confidence FROM answers"


def measure() -> list[Finding]:
    return [
        Finding("statistics of 1,000 x 120, read ahead", *compare(_known), AT_MOST),
        Finding("their exact figures alone, marks at hand", *compare(_figures_alone), AT_MOST),
        Finding("opened after a try was withdrawn or given back", *compare(_computed_anew)),
        Finding("opened first in a new process, NumPy reading too", *compare(_both_read), AT_MOST),
        Finding("opened first in a new process, NumPy reading nothing", *compare(_afresh)),
    ]


def _known() -> tuple[Work, Work]:
    """As a server has it whose clock has read ahead, or that has shown them before, and nobody
    has finished a try since."""
    school = _school()
    school = replace(school, context=replace(school.context, answer_books={}))
    read_ahead(school.context)
    return lambda: _look(school), lambda: by_numpy(school)


def _figures_alone() -> tuple[Work, Work]:
    """What is computed anew once another try has been finished: exact against floats."""
    school = _school()
    module = school.module
    with school.context.database.read() as tx:
        tries = first_tries(finished_tries(tx, module.id, module.version))
        _, sheet, _ = school.context.answer_books[module.id].sheet(tx, tries)
    return lambda: statistics_of(sheet.scores()), lambda: figures_by_numpy(school.marks)


def _computed_anew() -> tuple[Work, Work]:
    """A try is withdrawn, or given back, before every look: all is computed anew."""
    school = _school()

    def look() -> ModuleStatistics:
        _withdraw_or_give_back(school, "try0000")
        return _look(school)

    return look, lambda: by_numpy(school)


def _withdraw_or_give_back(school: School, try_id: str) -> None:
    with school.context.database.write() as tx:
        attempt = learning.attempt(tx, try_id)
        at, by = (None, None) if attempt.is_withdrawn else (now(tx), school.facilitator.person_id)
        reason = None if attempt.is_withdrawn else "measured"
        withdrawn = replace(attempt, withdrawn_at=at, withdrawn_by=by, withdrawal_reason=reason)
        learning.change_attempt(tx, withdrawn)


def _afresh() -> tuple[Work, Work]:
    """As a server has it that has just been started: 120,000 answers are read."""
    school = _school()
    return lambda: _first_look(school), lambda: by_numpy(school)


def _both_read() -> tuple[Work, Work]:
    """The same where the other side fetches the answers' rows, too; it need not mark them."""
    school = _school()
    database = sqlite3.connect(school.context.database.engine.url.database or "")

    def theirs() -> tuple[list[Any], dict[str, object]]:
        return database.execute(ROWS).fetchall(), by_numpy(school)

    return lambda: _first_look(school), theirs


def _first_look(school: School) -> ModuleStatistics:
    return _look(replace(school, context=replace(school.context, answer_books={})))


def _school() -> School:
    """Both sides must come to the same figures, or the run fails."""
    school = build(Path(mkdtemp()))
    ours, theirs = _look(school), by_numpy(school)
    for name in ("facility", "standard_deviation", "effective_weight", "discrimination_index"):
        told = [float(str(getattr(line.figures, name))) for line in ours.questions]
        np.testing.assert_allclose(told, theirs[name], rtol=1e-9)
    for name in ("median", "skewness", "kurtosis", "standard_error"):
        np.testing.assert_allclose(float(str(getattr(ours.quiz, name))), theirs[name], rtol=1e-9)
    return school


def _look(school: School) -> ModuleStatistics:
    return question_statistics(school.context, school.facilitator, school.module.id)


def by_numpy(school: School) -> dict[str, object]:
    """All that is on the screen, by arrays; every question was asked of everybody."""
    marks, company = school.marks, school.company
    figures = figures_by_numpy(marks)
    certain_and_wrong = (school.confidence == CERTAIN) & (marks == 0)
    return figures | {
        "chosen": [np.bincount(column) for column in school.chosen.T],
        "attention": np.argsort(figures["facility"])[:3],
        "sure_and_wrong": certain_and_wrong.sum(axis=0),
        "calibration": [(marks[school.confidence == level] == 1).mean() for level in (1, 2, 3)],
        "companies": np.bincount(company, marks.mean(axis=1)) / np.bincount(company),
    }


def figures_by_numpy(marks: np.ndarray) -> dict[str, Any]:
    """Moodle's figures of the questions and of the quiz, in floats."""
    p = marks.shape[1]
    totals = marks.sum(axis=1)
    rest = totals[:, None] - marks
    deviation = marks.std(axis=0, ddof=1)
    shared = _covariance(marks, totals[:, None])
    roots = np.sqrt(np.maximum(shared, 0))
    with_rest = _covariance(marks, rest)
    most = _covariance(np.sort(marks, axis=0), np.sort(rest, axis=0))
    facility = marks.mean(axis=0)
    whole = totals.std(ddof=1)
    consistency = 100 * p / (p - 1) * (1 - (deviation**2).sum() / whole**2)
    error_ratio = 100 * np.sqrt(1 - consistency / 100)
    skewness, kurtosis = _shape(totals)
    return {
        "facility": facility,
        "standard_deviation": deviation,
        "effective_weight": 100 * roots / roots.sum(),
        "discrimination_index": 100 * with_rest / (deviation * rest.std(axis=0, ddof=1)),
        "discriminative_efficiency": 100 * with_rest / most,
        "mean": totals.mean(),
        "median": np.median(totals),
        "deviation": whole,
        "skewness": skewness,
        "kurtosis": kurtosis,
        "consistency": consistency,
        "error_ratio": error_ratio,
        "standard_error": error_ratio * whole / 100,
    }


def _covariance(xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    return ((xs - xs.mean(axis=0)) * (ys - ys.mean(axis=0))).sum(axis=0) / (len(xs) - 1)


def _shape(totals: np.ndarray) -> tuple[float, float]:
    """Skewness and kurtosis by the cumulants' unbiased estimates."""
    n = len(totals)
    off = totals - totals.mean()
    m2, m3, m4 = ((off**power).mean() for power in (2, 3, 4))
    k2 = m2 * n / (n - 1)
    k3 = m3 * n * n / ((n - 1) * (n - 2))
    k4 = ((n + 1) * m4 - 3 * (n - 1) * m2**2) * n * n / ((n - 1) * (n - 2) * (n - 3))
    return k3 / k2**1.5, k4 / k2**2
