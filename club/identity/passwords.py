"""Passwords: what the club accepts, and argon2id over them."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from club.domain.errors import InputRefused

SHORTEST = 12
LONGEST = 200
COMMON = frozenset((Path(__file__).parent / "common_passwords.txt").read_text("utf-8").split())
"""A few of what is tried first; lower case."""

# Two at once: each takes 64 MiB, and a crowd of guesses should queue, not exhaust the host.
_at_once = BoundedSemaphore(2)
hasher = PasswordHasher()
"""argon2id with 64 MiB and three passes, RFC 9106's choice where memory is scarce."""


def check(password: str, *, email: str) -> None:
    """Refuse what is too short, too long, among the first guesses, or only the address."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise InputRefused("password_too_short", field="password", minimum=SHORTEST)
    if len(plain) > LONGEST:
        raise InputRefused("too_long", field="password", longest=LONGEST)
    folded = plain.casefold()
    own = {email.casefold(), email.partition("@")[0].casefold()}
    if folded in COMMON | own or len(set(folded)) < 4:  # noqa: PLR2004 - aaaa…, abababab…
        raise InputRefused("password_too_common", field="password")


def hashed(password: str) -> str:
    with _at_once:
        return hasher.hash(_normal(password))


def is_right(password: str, stored: str | None) -> bool:
    """Whether it is the password; without one the same work is done for nothing."""
    with _at_once:
        try:
            return hasher.verify(stored or _of_nobody(), _normal(password)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Whether it was hashed with less work than is asked for today."""
    return hasher.check_needs_rehash(stored)


@cache
def _of_nobody() -> str:
    return hasher.hash("the password of nobody")


def _normal(password: str) -> str:
    """One form, whichever keyboard or input method it was typed with."""
    return unicodedata.normalize("NFKC", password)
