"""The certificate of a passed try: of which try, at which address, and whether it is shared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class PassCertificate:
    """That one was issued, and nothing of what it says: that is computed on every read."""

    id: str
    token: str
    """What the public address carries; not guessable, reveals nothing."""
    attempt_id: str
    number: int
    """Counts the club's certificates from 1; also the credential's place in the status lists."""
    issued_at: datetime
    closed_at: datetime | None = None
    """Since when its person no longer shares it."""

    @property
    def is_shared(self) -> bool:
        return self.closed_at is None


def written_number(certificate: PassCertificate) -> str:
    return f"PASS-{certificate.number:05d}"


def is_token(text: str) -> bool:
    """Whether a text has the form of a token; anybody may type anything here."""
    return re.fullmatch(f"[0-9a-f]{{{2 * TOKEN_BYTES}}}", text) is not None
