"""The closing clock: a task of the server that does what has fallen due, whoever is looking.

Of many hosts each has one; the row locks let every round be closed once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

from club.logs import log
from club.operations.closing import close_due
from club.operations.computing import Engine, Worker
from club.operations.context import Context
from club.operations.notifying import send_waiting
from club.operations.signing_in import forget_expired

SECONDS = 1
"""How often it looks; what is due is due by the database's clock, not by this one."""
HOUSEKEEPING = 3_600
"""Every so many ticks what can no longer matter is deleted."""


@asynccontextmanager
async def ticking(context: Context) -> AsyncIterator[None]:
    """Tick while the server lives; rounds are computed in a process of their own."""
    worker = Worker()
    task = asyncio.create_task(_tick(context, worker))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        worker.close()


async def _tick(context: Context, worker: Worker) -> None:
    for number in count():
        await asyncio.sleep(SECONDS)
        await asyncio.to_thread(once, context, worker, is_housekeeping=number % HOUSEKEEPING == 0)


def once(context: Context, worker: Engine, *, is_housekeeping: bool = False) -> None:
    """One tick: what fails is told, and the next one tries again."""
    for deed in (lambda: close_due(context, worker), lambda: send_waiting(context)):
        _try(deed)
    if is_housekeeping:
        _try(lambda: forget_expired(context))


def _try(deed: Callable[[], object]) -> None:
    try:
        deed()
    except Exception:  # noqa: BLE001 - a tick must not end the clock
        log("clock").exception("tick_failed")
