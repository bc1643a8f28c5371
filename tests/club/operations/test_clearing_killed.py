"""Clearing killed at any instant is as if it never happened, frozen, or whole."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.operations.clearing import clear_round
from club.store import books, clearings, journal, offers
from tests.builders import join
from tests.markets import AFTER, a_market, stored

ROOT = Path(__file__).resolve().parents[3]
TRIES = 20
SCRIPT = """
import sys
from datetime import datetime
from pathlib import Path
from club.operations.clearing import clear_round
from club.store.database import Database
from tests.builders import FixedClock, context_on

url, folder, at = sys.argv[1:]
context = context_on(Database(url), FixedClock(datetime.fromisoformat(at)), Path(folder))
with context.database.read():
    pass
for line in sys.stdin:
    print("began", flush=True)
    clear_round(context, line.strip())
    print("ended", flush=True)
"""


@pytest.fixture
def start(context, clock, tmp_path):
    """Start a process that clears the rounds it is told of, one a line."""
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, context.database.url, str(tmp_path), clock.at.isoformat()],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def tell(process, round_):
    process.stdin.write(f"{round_.id}\n")
    process.stdin.flush()
    assert process.stdout.readline() == "began\n"


def a_due_round(context, clock, facilitator):
    clock.at = NOON_OF[0]
    round_, _, _ = a_market(
        context,
        facilitator,
        [(20_000 + n, None, 0) for n in range(6)],
        [(30_000, 4_000 + n, 0) for n in range(5)],
    )
    clock.at = round_.bidding_closes_at + AFTER
    return round_
