"""What an id_token says of a person, read with distrust, and the key of one sign-in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from club.i18n import choose

LONGEST = {"iss": 300, "sub": 300, "nonce": 300, "email": 320}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """One sign-in of one person at one provider."""

    issuer: str
    subject: str
    nonce: str
    email: str
    """Empty when the provider tells none."""
    is_email_verified: bool
    name: str
    language: str
    authenticated_at: datetime

    @property
    def key(self) -> str:
        """A nonce is new for every sign-in, so this names the sign-in and not the person."""
        return digest(f"{self.issuer}|{self.subject}|{self.nonce}")


def digest(text: str) -> str:
    """What is kept of a secret that is itself random."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(given: Mapping[str, object] | None) -> Claims | None:
    """The claims of somebody signed in; None without issuer, subject, nonce and a time.

    The time is `auth_time`, else `iat`: when the person proved who they are.
    """
    if not given or given.get("is_logged_in") is False:
        return None
    issuer, subject, nonce = (_text(given, name) for name in ("iss", "sub", "nonce"))
    authenticated_at = _instant(given.get("auth_time")) or _instant(given.get("iat"))
    if not (issuer and subject and nonce and authenticated_at):
        return None
    email = _text(given, "email").lower()
    return Claims(
        issuer=issuer,
        subject=subject,
        nonce=nonce,
        email=email,
        is_email_verified=bool(email) and given.get("email_verified") is True,
        name=str(given.get("name") or email).strip()[:200],
        language=choose(str(given.get("locale") or "")),
        authenticated_at=authenticated_at,
    )


def _text(given: Mapping[str, object], name: str) -> str:
    """The claim as text; one too long to be kept counts as missing."""
    value = given.get(name)
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= LONGEST[name] else ""


def _instant(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(int(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None
