"""`/healthz`: is this process able to serve, the database included."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from club.logs import log
from club.operations.context import Context


def route(context: Callable[[], Context]) -> Route:
    async def answer(_request: Request) -> JSONResponse:
        try:
            now = await run_in_threadpool(lambda: context().now())
        except Exception as failure:  # noqa: BLE001 - whatever keeps the database away
            log("health").error("database_unreachable", kind=type(failure).__name__)
            return JSONResponse({"status": "failing", "database": "unreachable"}, 503)
        return JSONResponse({"status": "ok", "database": "ok", "now": now.isoformat()})

    return Route("/healthz", answer)
