"""A server killed in the last second of a live auction loses nothing that it acknowledged."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from club.domain.live import EventKind
from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.operations.recording import LEAST_GRACE
from club.store import clearings, journal, live
from club.store.database import now
from tests.builders import a_lot, join
from tests.live import a_round_that_ends_at, bid, record
from tests.markets import stored

ROOT = Path(__file__).resolve().parents[3]
BIDDERS = 8
PATIENCE_S = 60

# A server without its screens: the clock as `app.py` runs it, and bidders who press again and again
# once they are told of a round; what was acknowledged goes to standard output.
SERVER = """
import asyncio, json, sys, threading, time
from pathlib import Path
from club import settings
from club.domain.errors import ClubError
from club.domain.organisations import Actor, Kind, Role
from club.keyring import Keyring
from club.operations.bidding import BidTerms, place_bid
from club.operations.context import Context
from club.store.database import Database
from club.web.clock import ticking

url, folder = sys.argv[1:]
context = Context(
    settings=settings.read({"TOMOE_VAR": folder, "TOMOE_DATABASE_URL": url}),
    database=Database(url),
    keys=Keyring(Path(folder) / "keys", environment={}),
)

def say(line):
    sys.stdout.write(line + chr(10))
    sys.stdout.flush()

def press(round_id, person, organisation, lot):
    roles = frozenset({Role.SELLER})
    actor = Actor(
        person_id=person, organisation_id=organisation, kind=Kind.SUPPLIER, roles=roles
    )
    price = 9_500
    while True:
        price -= 50
        terms = BidTerms(quantity_kg=20_000, price_per_t=price)
        asked = {"request_id": context.new_id(), "round_id": round_id, "lot_id": lot}
        try:
            said = place_bid(context, actor, **asked, terms=terms)
        except ClubError:
            return
        say(json.dumps(dict(said.facts)))
        time.sleep(0.1)

def listen():
    for line in sys.stdin:
        for bidder in json.loads(line):
            threading.Thread(target=press, args=bidder, daemon=True).start()

async def serve():
    async with ticking(context):
        threading.Thread(target=listen, daemon=True).start()
        say("up")
        await asyncio.sleep(600)

asyncio.run(serve())
"""


def right_now():
    return datetime.now(UTC)  # noqa: TID251 - the databases' own clock


@contextmanager
def served(context, folder):
    """A server process that is up, and what it says; killed outright when the block ends."""
    said = folder / f"said {right_now().timestamp()}"
    with said.open("wb") as out, (folder / "log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, "-c", SERVER, context.database.url, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=log,
        )
        try:
            await_true(lambda: b"up" in said.read_bytes())
            yield process, said
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            process.stdin.close()


def await_true(is_so):
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if found := is_so():
            return found
        time.sleep(0.1)
    raise TimeoutError


def pulse(context, round_):
    with context.database.read() as tx:
        return live.last_beat(tx, round_.id)


@pytest.fixture
def sellers(context):
    """Those who press, and one who waits."""
    return [join(context, Kind.SUPPLIER) for _ in range(BIDDERS + 1)]


@pytest.fixture
def lots(context, sellers):
    return [a_lot(context, seller) for seller in sellers]


def killed_in_the_last_second(context, clock, facilitator, sellers, lots, folder):
    """A round whose bidders pressed until the server died; and what it had acknowledged."""
    with served(context, folder) as (process, said):
        end = right_now() + timedelta(seconds=5)
        terms = {"end": end, "hard_end_at": end, "window_s": 1, "grace_s": 1}
        terms["lasts"] = timedelta(milliseconds=200)
        round_ = a_round_that_ends_at(context, clock, facilitator, *sellers, **terms)
        bidders = [
            [round_.id, seller.person_id, seller.organisation_id, lot.id]
            for seller, lot in zip(sellers[:-1], lots[:-1], strict=True)
        ]
        process.stdin.write(json.dumps(bidders).encode() + b"\n")
        process.stdin.flush()
        time.sleep(max(0.0, (end - timedelta(seconds=0.5) - right_now()).total_seconds()))
    lines = said.read_text("utf-8").split("\n")[1:-1]
    return round_, [json.loads(line) for line in lines]


def test_killed_in_the_last_second_it_re_opens_and_nothing_acknowledged_is_lost(
    context, clock, facilitator, sellers, lots, tmp_path
):
    real = replace(context, clock=now)
    round_, said = killed_in_the_last_second(context, clock, facilitator, sellers, lots, tmp_path)
    last_beat = pulse(context, round_)
    time.sleep(max(0.0, (last_beat + LEAST_GRACE - right_now()).total_seconds() + 0.5))

    with served(context, tmp_path):
        await_true(lambda: stored(context, round_).bidding_closes_at > round_.bidding_closes_at)
        reopened = stored(context, round_)
        one_more = bid(real, sellers[-1], round_, lots[-1], 100, 20_000)
        await_true(lambda: stored(context, round_).phase is Phase.SETTLING)

    rows = {row.id: row for row in record(context, round_)}
    assert said
    for facts in said:
        row = rows[facts["event"]]
        assert (row.lot_id, row.price_per_t, row.quantity_kg, row.sequence) == (
            facts["lot"],
            facts["price_per_t"],
            facts["quantity_kg"],
            facts["sequence"],
        )
        assert row.made_at.isoformat(timespec="microseconds") == facts["received_at"]
    again = next(row for row in rows.values() if row.kind is EventKind.REOPENED)
    assert again.facts == {"down_from": last_beat.isoformat()}
    assert reopened.bidding_closes_at == again.made_at + (again.made_at - last_beat)
    assert all(
        row.made_at <= round_.bidding_closes_at for row in list(rows.values())[: again.sequence]
    )

    with context.database.read() as tx:
        kinds = [link.kind for link in journal.links(tx, round_.id)]
        won = {award.offer_id for award in clearings.awards_of_round(tx, round_.id)}
    assert kinds.count("auction.reopened") == 1
    assert kinds.index("auction.reopened") < kinds.index("bidding.closed")
    assert one_more.event.id in won
