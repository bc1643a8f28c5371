"""The closing clock: a task of the server that does what has fallen due, whoever is looking.

Of many hosts each has one; the row locks let every round be closed once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from club.logs import log
from club.operations.awaiting import remind_openers
from club.operations.closing import Waits, close_due
from club.operations.context import Context
from club.operations.explaining import explain_due
from club.operations.keeping_time import keep_time
from club.operations.notifying import send_waiting
from club.operations.signing_in import forget_expired
from club.operations.viewing.question_statistics import read_ahead
from club.operations.worker import QUESTIONS, Worker

SECONDS = 1
"""How often it looks; what is due is due by the database's clock, not by this one."""
EXPLAINING = 2
"""How often, in seconds, it asks whether a cleared round is still to be explained."""
READING_AHEAD = 30
"""How often, in seconds, it reads answers and computes figures that somebody may ask for."""
REMINDING = 60
"""How often, in seconds, it asks whether somebody is to be reminded."""
HOUSEKEEPING = 3_600
"""Every so many seconds what can no longer matter is deleted."""


@asynccontextmanager
async def ticking(context: Context) -> AsyncIterator[None]:
    """Tick while the server lives: rounds, live auctions, mail, explanations, statistics, reminders
    and housekeeping, none waiting for another.

    Rounds are computed and explained in processes of their own, so that no page waits for them.
    """
    worker, waits = Worker(), Waits()
    explainer, explained = Worker(), Waits()
    tasks = [
        asyncio.create_task(_every(SECONDS, lambda: close_due(context, worker, waits))),
        asyncio.create_task(_every(SECONDS, lambda: keep_time(context))),
        asyncio.create_task(_every(SECONDS, lambda: send_waiting(context))),
        asyncio.create_task(
            _every(EXPLAINING, lambda: explain_due(context, explainer.ask, explained))
        ),
        asyncio.create_task(_every(READING_AHEAD, lambda: read_ahead(context))),
        asyncio.create_task(_every(REMINDING, lambda: remind_openers(context))),
        asyncio.create_task(_every(HOUSEKEEPING, lambda: forget_expired(context))),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        worker.close()
        explainer.close()
        QUESTIONS.close()


async def _every(seconds: int, deed: Callable[[], object]) -> None:
    while True:
        await asyncio.sleep(seconds)
        await asyncio.to_thread(attempt, deed)


def attempt(deed: Callable[[], object]) -> None:
    """One tick: what fails is told, and the next one tries again."""
    try:
        deed()
    except Exception:  # noqa: BLE001 - a tick must not end the clock
        log("clock").exception("tick_failed")
