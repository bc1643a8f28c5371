"""Where 1,000 people stand with ten modules is told in at most 1.5 times what it takes to fetch
the rows that it is computed from, and to read the JSON in them.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from tempfile import mkdtemp

from benchmarks.cohorts import Learned, build
from benchmarks.findings import Finding
from benchmarks.side_by_side import Work, compare
from club.operations.viewing.cohort import cohort
from club.operations.viewing.team import team

AT_MOST = 1.5
TRIES = """
SELECT attempts.questions, attempts.* FROM attempts JOIN people ON people.id = person_id
WHERE people.organisation_id LIKE ?
"""
ANSWERS = """
SELECT answers.raw, answers.* FROM answers JOIN attempts ON attempts.id = attempt_id
"""
ANYBODY = "%"


def measure() -> list[Finding]:
    return [
        Finding("cohort of 1,000 people and ten modules", *compare(_cohort), AT_MOST),
        Finding("team of 25 of them", *compare(_team), AT_MOST),
    ]


def _cohort() -> tuple[Work, Work]:
    """It takes everybody's tries and answers."""
    learned, database = _learned()

    def theirs() -> tuple[int, int]:
        return _fetched(database, TRIES, ANYBODY), _fetched(database, ANSWERS)

    return lambda: cohort(learned.context, learned.facilitator), theirs


def _team() -> tuple[Work, Work]:
    """It takes the tries of the company's people, and nobody's answers."""
    learned, database = _learned()
    company = learned.member.organisation_id
    return (
        lambda: team(learned.context, learned.member, company),
        lambda: _fetched(database, TRIES, company),
    )


def _learned() -> tuple[Learned, sqlite3.Connection]:
    learned = build(Path(mkdtemp()))
    return learned, sqlite3.connect(learned.context.database.engine.url.database or "")


def _fetched(database: sqlite3.Connection, statement: str, *values: str) -> int:
    found = database.execute(statement, values).fetchall()
    return len([json.loads(document) for document, *_ in found])
