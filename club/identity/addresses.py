"""Addresses people type: of mail, and of pages to come back to."""

from __future__ import annotations

import re

from club.domain.errors import InputRefused

_NOT = r"@\s\"<>,;:()\[\]\\\x00-\x1f\x7f\ud800-\udfff"
_EMAIL = re.compile(rf"[^{_NOT}]+@[^{_NOT}.]+(\.[^{_NOT}.]+)+")
_PATH = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*(\?[A-Za-z0-9_=&.~%+-]*)?")
_NOT_PAGES = frozenset({"auth", "identity", "oauth2callback", "_stcore", "static", "media"})


def email(text: str) -> str:
    """The address in lower case; raises `not_an_email` for what cannot be one."""
    address = text.strip().lower()
    if len(address) > 320 or not _EMAIL.fullmatch(address):  # noqa: PLR2004 - RFC 5321
        raise InputRefused("not_an_email", field="email")
    return address


def local_path(text: str) -> str | None:
    """A page of the club and its query, without a leading slash; None for anything else.

    No scheme, no host, no dots, no backslashes, no escapes outside the query: it cannot lead
    elsewhere however a browser reads it.
    """
    path = text.removeprefix("/")
    if len(path) > 500 or not _PATH.fullmatch(path):  # noqa: PLR2004 - the column's length
        return None
    return None if path.partition("?")[0].partition("/")[0] in _NOT_PAGES else path
