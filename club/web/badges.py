"""`/badges/…`: what whoever checks an Open Badge looks up: the issuer, what was achieved, the key
and the list of suspended credentials, as JSON."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from club.operations import badging
from club.operations.context import Context
from curriculum import badges
from curriculum.badges import BADGES, CONTEXT

OPEN = {"Access-Control-Allow-Origin": "*"}
"""A wallet in a browser may read it from anywhere; there is nothing here but what is public."""
MOST_LISTS = 1_000
"""No club will ever issue more certificates than these hold."""
TOGETHER = {"@context": [CONTEXT, f"{BADGES}/context-3.0.3.json"]}


def routes(context: Callable[[], Context]) -> list[BaseRoute]:
    def told(path: str, look_up: Callable[[Context, Request], Response | None]) -> Route:
        async def answer(request: Request) -> Response:
            found = await run_in_threadpool(lambda: look_up(context(), request))
            if found is None:
                raise HTTPException(404)
            found.headers.update(OPEN)
            return found

        return Route(path, answer)

    return [
        told("/badges/issuer", _issuer),
        told("/badges/achievements/{module:str}/{version:int}", _achievement),
        told("/badges/keys", _keys),
        told("/badges/keys/{thumbprint:str}", _key),
        told("/badges/status/{number:int}", _status),
    ]


def _issuer(context: Context, _request: Request) -> Response:
    return JSONResponse(TOGETHER | badges.profile(badging.issuer(context)))


def _achievement(context: Context, request: Request) -> Response | None:
    version = request.path_params["version"]
    module = context.modules.get(request.path_params["module"])
    if module is None or not 1 <= version <= module.version:
        return None
    found = badging.achievement(context, module, version)
    return JSONResponse(TOGETHER | badges.achievement(found, badging.issuer(context)))


def _keys(context: Context, _request: Request) -> Response:
    url, jwk = badging.public_key(context)
    return JSONResponse({"keys": [jwk | {"kid": url, "use": "sig"}]})


def _key(context: Context, request: Request) -> Response | None:
    url, jwk = badging.public_key(context)
    if url.rpartition("/")[2] != request.path_params["thumbprint"]:
        return None
    return JSONResponse(jwk, media_type="application/jwk+json")


def _status(context: Context, request: Request) -> Response | None:
    number = request.path_params["number"]
    found = badging.status_list(context, number) if 1 <= number <= MOST_LISTS else None
    if found is None:
        return None
    kept = {"Cache-Control": "max-age=300"}
    return Response(found, headers=kept, media_type="application/vc+jwt")
