"""The closing clock: a task of the server that does what has fallen due, whoever is looking.

Of many hosts each has one; the row locks let every round be closed once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from club.logs import log
from club.operations.clearing import Engine
from club.operations.closing import close_due
from club.operations.context import Context
from club.operations.notifying import send_waiting

SECONDS = 1.0
"""How often it looks; what is due is due by the database's clock, not by this one."""


@asynccontextmanager
async def ticking(context: Context, engine: Engine) -> AsyncIterator[None]:
    """Tick while the server lives."""
    task = asyncio.create_task(_tick(lambda: _once(context, engine)))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _tick(once: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(SECONDS)
        await asyncio.to_thread(once)


def _once(context: Context, engine: Engine) -> None:
    try:
        close_due(context, engine)
        send_waiting(context)
    except Exception:  # a tick that fails is told, and the next one tries again
        log("clock").exception("tick_failed")
