"""How people come in: an invitation by link, or a request that the club approves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from club.domain.errors import PhaseRefused
from club.domain.organisations import Kind, Role

INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link for one person into one organisation; only its hash is stored."""

    token_hash: str
    organisation_id: str
    email: str
    roles: frozenset[Role]
    invited_at: datetime
    invited_by: str
    expires_at: datetime
    used_at: datetime | None = None
    used_by: str | None = None


def require_usable(invitation: Invitation, at: datetime) -> None:
    if invitation.used_at is not None:
        raise PhaseRefused("invitation_used")
    if at > invitation.expires_at:
        raise PhaseRefused("invitation_expired", expired_at=invitation.expires_at)


class RequestState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRequest:
    """An unknown person asks to come in, with their organisation."""

    id: str
    issuer: str
    subject: str
    email: str
    is_email_verified: bool
    """Whether the provider vouches for the address; else anybody could have typed it."""
    name: str
    language: str
    organisation_name: str
    kind: Kind
    note: str
    state: RequestState
    asked_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None
