"""What was asked over HTTP, read whole and bounded, so that handlers are plain functions."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from club.i18n import choose

LARGEST_BODY = 32 * 1024
MOST_FIELDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    method: str
    base: str
    """Scheme and host as this request addressed them: an internal address behind a proxy."""
    query: tuple[tuple[str, str], ...]
    form: Mapping[str, str]
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    peer: str
    """Who opened the connection: the visitor or a proxy."""

    def parameter(self, name: str) -> str:
        return next((value for key, value in self.query if key == name), "")

    def field(self, name: str) -> str:
        return self.form.get(name, "")

    @property
    def language(self) -> str:
        """By `ui_locales`, which the switch sets, else by the browser."""
        wishes = self.parameter("ui_locales").split()
        browser = self.headers.get("accept-language", "").split(",")
        return choose(*wishes, *(wish.partition(";")[0].strip() for wish in browser))

    def query_with(self, name: str, value: str) -> str:
        """The query once more, with one parameter set."""
        return urlencode([*((k, v) for k, v in self.query if k != name), (name, value)])

    @property
    def host(self) -> str:
        """The visitor's host; what a proxy says is believed from this network only."""
        forwarded = self.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        return forwarded[:100] if forwarded and _is_near(self.peer) else self.peer

    @property
    def is_from_this_host(self) -> bool:
        """Whether the visitor sits at this machine, with no proxy between."""
        return "x-forwarded-for" not in self.headers and is_loopback(self.peer)


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_near(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_private
    except ValueError:
        return False


def endpoint(handler: Callable[[Asked], Response]) -> Callable[[Request], Awaitable[Response]]:
    """A route that reads the request and hands it to a plain function on a thread."""

    async def answer(request: Request) -> Response:
        try:
            asked = await _read(request)
        except ValueError:
            return PlainTextResponse("Bad request", 400)
        return await run_in_threadpool(handler, asked)

    return answer


async def _read(request: Request) -> Asked:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise ValueError("a form is never that large")
    return Asked(
        method=request.method,
        base=f"{request.url.scheme}://{request.url.netloc}",
        query=tuple(request.query_params.multi_items()),
        form=dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)),
        headers=request.headers,
        cookies=request.cookies,
        peer=request.client.host if request.client else "",
    )
