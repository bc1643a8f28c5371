"""What the built-in provider asks of whoever keeps its accounts: it touches no database itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody the provider can vouch for; the address was proved by a link sent to it."""

    subject: str
    email: str
    name: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An authorization code as it is kept: what it was issued for, under its hash."""

    code_hash: str
    subject: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str
    code_challenge_method: str
    authenticated_at: datetime
    expires_at: datetime

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(self.authenticated_at.timestamp())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token as it is kept, under its hash; good for the userinfo endpoint only."""

    token_hash: str
    subject: str
    client_id: str
    scope: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What the invitation page shows of an invitation that can still be used."""

    email: str
    organisation_ja: str
    organisation_en: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """An invented person of the demo club."""

    name: str
    organisation_ja: str
    organisation_en: str
    email: str
    shows: str | None = None
    """What the demo proposes them for: `identity.demo.<shows>`; None for its other people."""


class Accounts(Protocol):
    """The keeper of accounts. `host` is the visitor's own, for counting tries."""

    def now(self) -> datetime: ...

    def sign_in(self, email: str, password: str, host: str) -> Account | None:
        """The account, if the password is right and neither address nor host must wait.

        Unknown address, wrong password and waiting look alike, in the answer and in the work.
        """

    def account(self, subject: str) -> Account | None: ...

    def invitation(self, token: str) -> Invited:
        """What the link invites to; raises `Refused` when unknown, used or expired."""

    def accept_invitation(self, token: str, *, name: str, password: str, language: str) -> None:
        """Make the account and the person; raises `Refused`."""

    def send_reset(self, email: str, host: str) -> None:
        """Send a link to the address if it has an account; never says whether."""

    def may_reset(self, token: str) -> bool: ...

    def reset(self, token: str, password: str) -> bool:
        """Set the password by a link that is good once; raises `Refused` for a poor password."""

    def keep_code(self, code: Code) -> None: ...

    def take_code(self, code_hash: str) -> Code | None:
        """The code, gone from now on: whoever asks first gets it, whatever comes of it."""

    def keep_token(self, token: Token) -> None: ...

    def token(self, token_hash: str) -> Token | None: ...

    def end_sign_in(self, claims: dict[str, object]) -> None:
        """Enter in the register that this sign-in is over."""

    def demo_personas(self) -> list[Persona]:
        """The demo club's people, the proposed ones first; nobody in any other club."""

    def sign_in_as(self, email: str) -> Account | None:
        """The account of a demo persona; None for anybody else."""
