"""Against forged forms: a random cookie, and its keyed hash in every form."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from starlette.responses import Response

from club.identity.provider.asked import Asked

COOKIE = "tomoe_form"
FIELD = "form_token"
_FORM = re.compile(r"[A-Za-z0-9_-]{40,60}")


class Forgery:
    """One visitor's tabs share the cookie, so that each of their forms stays good."""

    def __init__(self, key: bytes, *, path: str, is_secure: bool) -> None:
        self._key = key
        self._path = path
        self._is_secure = is_secure

    def visitor(self, asked: Asked) -> str:
        """The visitor's cookie, or a new one for `remember` to set."""
        given = asked.cookies.get(COOKIE, "")
        return given if _FORM.fullmatch(given) else secrets.token_urlsafe(32)

    def token(self, visitor: str) -> str:
        return hmac.new(self._key, visitor.encode(), hashlib.sha256).hexdigest()

    def is_forged(self, asked: Asked) -> bool:
        visitor = asked.cookies.get(COOKIE, "")
        given = asked.field(FIELD).encode()
        return not _FORM.fullmatch(visitor) or not hmac.compare_digest(
            given, self.token(visitor).encode()
        )

    def remember(self, response: Response, visitor: str) -> None:
        response.set_cookie(
            COOKIE,
            visitor,
            path=self._path,
            httponly=True,
            samesite="lax",
            secure=self._is_secure,
        )
