"""The way out for mail: a server by SMTP, or files in a folder."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from club.settings import Settings

SECONDS = 10
"""How long the server may take to answer."""


class Unreachable(Exception):
    """The way out is closed for every mail: no server, no sign-in, no disk."""


class Rejected(Exception):
    """The server does not take this one mail."""


class Carrier(Protocol):
    def carry(self, mail: EmailMessage, name: str) -> None: ...
    def close(self) -> None: ...


@contextmanager
def carrier(settings: Settings) -> Iterator[Carrier]:
    """The way out that the settings name; a server is called when the first mail leaves."""
    way: Carrier = (
        Server(settings.smtp_url) if settings.smtp_url else Folder(settings.outbox_folder)
    )
    try:
        yield way
    finally:
        way.close()


class Folder:
    """One file a mail, whole or not there; the same mail twice is the same file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def carry(self, mail: EmailMessage, name: str) -> None:
        draft = self._path / f".{name}.{os.getpid()}"
        try:
            self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Links to invitations and passwords stand inside: for this user's eyes only.
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as f:
                f.write(mail.as_bytes())
                f.flush()
                os.fsync(f.fileno())
            draft.replace(self._path / f"{name}.eml")
        except OSError as failure:
            raise Unreachable from failure

    def close(self) -> None:
        pass


class Server:
    """An SMTP server: `smtps://` speaks TLS from the start, `smtp://` changes to it if offered."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._smtp: smtplib.SMTP | None = None

    def carry(self, mail: EmailMessage, name: str) -> None:  # noqa: ARG002 - files need a name
        try:
            self._smtp = self._smtp or _connect(self._url)
        except (OSError, smtplib.SMTPException) as failure:
            raise Unreachable from failure
        try:
            self._smtp.send_message(mail)
        except (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError) as failure:
            raise Unreachable from failure
        except smtplib.SMTPException as failure:
            raise Rejected from failure

    def close(self) -> None:
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()


def _connect(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        trust = ssl.create_default_context()
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=SECONDS, context=trust)
    else:
        smtp = smtplib.SMTP(host, url.port or 587, timeout=SECONDS)
    try:
        _sign_in(smtp, url)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _sign_in(smtp: smtplib.SMTP, url: SplitResult) -> None:
    """Change to TLS where offered, then sign in: no password crosses a network in the clear."""
    smtp.ehlo()
    is_private = url.scheme == "smtps" or url.hostname in {"localhost", "127.0.0.1", "::1"}
    if url.scheme != "smtps" and smtp.has_extn("starttls"):
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo()
        is_private = True
    if url.username:
        if not is_private:
            raise smtplib.SMTPNotSupportedError("no TLS: the password stays here")
        smtp.login(unquote(url.username), unquote(url.password or ""))
