"""The closing clock of the server."""

import asyncio
import threading

import pytest

from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.operations.worker import QUESTIONS, NotComputed
from club.web import clock as web
from tests.builders import join
from tests.club.operations.asked import Endless
from tests.markets import pledge, pledging_round, stored


def test_what_fell_due_is_done_while_the_server_lives(context, clock):
    facilitator = join(context, Kind.OPERATOR)
    round_ = pledging_round(context, facilitator)
    pledge(context, join(context), round_, 50_000)
    clock.at = round_.pledging_closes_at
    clock.forward(microseconds=1)

    async def live():
        async with web.ticking(context):
            for _ in range(200):
                await asyncio.sleep(0.1)
                if stored(context, round_).phase is Phase.BIDDING:
                    return

    asyncio.run(live())

    assert stored(context, round_).phase is Phase.BIDDING


def test_question_statistics_are_read_ahead_while_the_server_lives(context, monkeypatch):
    monkeypatch.setattr(web, "READING_AHEAD", 0.05)

    async def live():
        async with web.ticking(context):
            for _ in range(200):
                await asyncio.sleep(0.1)
                if len(context.answer_books) == len(context.modules):
                    return

    asyncio.run(live())

    assert list(context.answer_books) == list(context.modules)


def test_a_tick_that_fails_does_not_end_the_clock(capsys):
    def fail():
        raise LookupError("no such row")

    web.attempt(fail)

    told = capsys.readouterr()
    assert "tick_failed" in told.err + told.out


def test_what_somebody_asked_ends_with_the_server(context):
    begun = threading.Event()

    async def live():
        async with web.ticking(context):
            asking = asyncio.to_thread(QUESTIONS.ask, Endless(), lambda _done, _of: begun.set())
            asked = asyncio.create_task(asking)
            assert await asyncio.to_thread(begun.wait, 60)
        with pytest.raises(NotComputed):
            await asked

    asyncio.run(live())
