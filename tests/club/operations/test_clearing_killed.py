"""Clearing killed at any instant is as if it never happened, frozen, or whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from auctions import sealing
from club.domain.ledger import sums
from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.operations.clearing import clear_round
from club.operations.computing import Task, compute
from club.store import books, clearings, journal, offers, rounds
from club.store.tables import envelopes
from tests.builders import join
from tests.markets import AFTER, a_market, stored

ROOT = Path(__file__).resolve().parents[3]
TRIES = 20
MEMBERS = [(20_000, None, 0), (30_000, 9_000, 0), (10_001, None, 0)]
OFFERS = [(30_000, 4_000, 0), (25_000, 5_000, 5_000), (40_000, 4_500, 0)]

# One process that has imported everything forks a fresh one for each round it is told of.
SCRIPT = """
import os, sys
from datetime import datetime
from pathlib import Path
import auctions.rounding
from club.operations.clearing import clear_round
from club.operations.context import load_modules
from club.store.database import Database
from tests.builders import FixedClock, context_on

load_modules()
url, folder, at = sys.argv[1:]
print("ready", flush=True)
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        context = context_on(Database(url), FixedClock(datetime.fromisoformat(at)), Path(folder))
        with context.database.read():
            print(os.getpid(), flush=True)
        clear_round(context, line.strip())
        print("ended", flush=True)
        os._exit(0)
    os.waitpid(pid, 0)
    print("over", flush=True)
"""


@pytest.fixture
def due(context, clock, facilitator):
    """Rounds whose bidding has ended."""
    people = {
        "members": [join(context) for _ in MEMBERS],
        "sellers": [join(context, Kind.SUPPLIER) for _ in OFFERS],
    }
    markets = [a_market(context, facilitator, MEMBERS, OFFERS, **people) for _ in range(TRIES + 3)]
    clock.at = markets[0][0].bidding_closes_at + AFTER
    return [round_ for round_, _, _ in markets]


@pytest.fixture
def runner(context, clock, tmp_path, due):
    arguments = [context.database.url, str(tmp_path), clock.at.isoformat()]
    process = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    yield process
    process.stdin.close()
    process.wait()
    process.stdout.close()


def begin(runner, round_):
    """Let the runner's child start on a round; its process id."""
    runner.stdin.write(f"{round_.id}\n")
    runner.stdin.flush()
    return int(runner.stdout.readline())


def finish(runner):
    """Wait until the child is gone; whether it came to its end."""
    lines = []
    while (line := runner.stdout.readline()) != "over\n":
        lines.append(line)
    return lines == ["ended\n"]


def state_of(context, round_):
    """The round's phase, and whether each thing that clearing writes is there: all or nothing."""
    with context.database.read() as tx:
        row = clearings.get(tx, round_.id)
        kinds = [link.kind for link in journal.links(tx, round_.id)]
        written = [
            len(offers.of_round(tx, round_.id)) == len(OFFERS),
            len(clearings.awards_of_round(tx, round_.id)) == 2,
            len(clearings.allocations_of_round(tx, round_.id)) > 0,
            len(books.invoices_of_round(tx, round_.id)) == len(MEMBERS),
            len(books.entries_of_round(tx, round_.id)) > 0,
            row is not None and row.result is not None,
            rounds.key(tx, round_.id).revealed_secret is not None,
            kinds.count("round.cleared") == 1,
            offers.standing(tx, round_.id) == [],
        ]
    assert set(written) in ({True}, {False})
    assert kinds.count("bidding.closed") == (row is not None)
    return stored(context, round_).phase, written[0]


def computed_afresh(context, row):
    """The result once more, from nothing but what was frozen and the secrets."""
    with context.database.read() as tx:
        sealed = tx.execute(envelopes.select().where(envelopes.c.round_id == row.round_id)).all()
        secret = bytes.fromhex(rounds.key(tx, row.round_id).revealed_secret)
    key = context.keys.find(f"round-{row.round_id}")
    return compute(
        Task(
            inputs=row.inputs,
            ciphertexts={envelope.id: envelope.ciphertext for envelope in sealed},
            private_key=sealing.round_keys(key).private,
            seed=sealing.draw_seed(secret, bytes.fromhex(row.inputs_hash)),
        )
    ).result


def kill_after(runner, round_, delay):
    """Kill the child some time after it began; whether that came before its end."""
    pid = begin(runner, round_)
    time.sleep(delay)
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        finish(runner)
        return False
    return not finish(runner)


def whole_duration(runner, round_):
    began = time.monotonic()
    begin(runner, round_)
    assert finish(runner)
    return time.monotonic() - began


def test_killed_at_any_instant_a_round_is_untouched_frozen_or_whole_and_the_next_run_ends_it(
    context, due, runner
):
    duration = min(whole_duration(runner, due.pop()) for _ in range(3))
    seen = Counter()

    for number, round_ in enumerate(due):
        slot = (number + random.random()) / TRIES  # noqa: S311 - an instant, no secret
        was_killed = kill_after(runner, round_, slot * duration)
        phase, is_written = state_of(context, round_)
        assert (phase, is_written) in {
            (Phase.BIDDING, False),
            (Phase.CLEARING, False),
            (Phase.SETTLING, True),
        }
        seen[phase] += was_killed
        assert clear_round(context, round_.id) is not is_written
        assert state_of(context, round_) == (Phase.SETTLING, True)
        with context.database.read() as tx:
            row = clearings.get(tx, round_.id)
        assert row.result == computed_afresh(context, row)

    assert seen[Phase.CLEARING] > 0, seen
    with context.database.read() as tx:
        totals = [sums(entry.postings).values() for entry in books.all_entries(tx)]
        numbers = [invoice.number for invoice in books.all_invoices(tx)]
    assert {total for row in totals for total in row} == {0}
    assert sorted(int(number[-5:]) for number in numbers) == list(range(1, len(numbers) + 1))
