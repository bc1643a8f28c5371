"""What every HTTP answer carries: a strict content policy, and a cookie that knows a visitor
across the walk to the identity provider and back."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

VISITOR_COOKIE = "tomoe_visitor"
LANGUAGE_SCRIPTS = tuple(f'document.documentElement.lang="{code}"' for code in ("ja", "en"))
"""They tell screen readers the language of the page."""
TOP_SCRIPT = "document.querySelector('[data-testid=\"stMain\"]').scrollTo(0,0)"
"""Back to the top of the page, when a screen shows its next step."""
OWN_SCRIPTS = (*LANGUAGE_SCRIPTS, TOP_SCRIPT)


def script_hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def inline_scripts(html: str) -> list[str]:
    """The scripts written into a page, which a policy without `unsafe-inline` lists by hash."""
    return re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)


def content_policy(scripts: Iterable[str]) -> str:
    """Everything from this origin; no eval, no inline script but the listed ones."""
    allowed = " ".join(script_hash(script) for script in scripts)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {allowed}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


class SecurityHeaders:
    """Adds the headers, marks cookies `Secure` behind HTTPS, and sends 127.0.0.1 to localhost."""

    def __init__(self, app: ASGIApp, *, policy: str, base_url: str) -> None:
        self.app = app
        self.policy = policy
        self.base = urlsplit(base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self._is_stray(headers) and scope["method"] == "GET" and _wants_page(headers):
            # Cookies and the provider's redirect belong to one host name, so there is only one.
            target = f"{self.base.scheme}://{self.base.netloc}{scope['path']}"
            query = scope["query_string"].decode("latin-1")
            moved = RedirectResponse(target + (f"?{query}" if query else ""), status_code=307)
            await moved(scope, receive, send)
            return
        is_https = scope["scheme"] == "https" or headers.get("x-forwarded-proto") == "https"
        is_new = VISITOR_COOKIE not in headers.get("cookie", "") and _wants_page(headers)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(message, is_https=is_https, is_new=is_new)
            await send(message)

        await self.app(scope, receive, answer)

    def _is_stray(self, headers: Headers) -> bool:
        host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
        return host == "127.0.0.1" and self.base.hostname == "localhost"

    def _complete(self, message: Message, *, is_https: bool, is_new: bool) -> None:
        headers = MutableHeaders(scope=message)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers.setdefault("Content-Security-Policy", self.policy)
        if is_new:
            cookie = f"{VISITOR_COOKIE}={secrets.token_urlsafe(24)}; Path=/; HttpOnly; SameSite=Lax"
            headers.append("Set-Cookie", cookie)
        if is_https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
            message["headers"] = [
                (name, _secured(name, value)) for name, value in message["headers"]
            ]


def _wants_page(headers: Headers) -> bool:
    return headers.get("sec-fetch-dest", "document") == "document"


def _secured(name: bytes, value: bytes) -> bytes:
    """Streamlit sets its sign-in cookie without `Secure`; behind HTTPS every cookie gets it."""
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return value
    return value + b"; Secure"
