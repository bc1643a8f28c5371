"""What people fill in: signing in, an invitation, a forgotten password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.oauth2 import OAuth2Error
from starlette.background import BackgroundTask
from starlette.responses import Response

from club.domain.errors import ClubError, InputRefused
from club.identity.accounts import Account, Accounts, Invited, Persona
from club.identity.provider.asked import Asked, is_loopback
from club.identity.provider.pages import Pages
from club.identity.provider.server import Server
from club.settings import Settings


@dataclass(frozen=True, slots=True)
class Forms:
    settings: Settings
    accounts: Accounts
    server: Server
    pages: Pages

    def authorize(self, asked: Asked) -> Response:
        """The sign-in form, and from it a code for the app.

        A request that is not the app's own is never sent anywhere: it gets a page.
        """
        try:
            request = self.server.request_at("authorize", asked)
            grant = self.server.get_consent_grant(request)
        except OAuth2Error as error:
            return self._not_ours(asked, error)
        except ValueError:
            return self.pages.told(asked, "bad_request", status=400)
        if asked.method == "GET":
            return self.pages.sign_in(asked, self._personas(asked))
        if self.pages.forgery.is_forged(asked):
            return self.pages.told(asked, "stale_form", status=403)
        account = self._account(asked)
        if account is None:
            email = asked.field("email")[:320]
            return self.pages.sign_in(asked, self._personas(asked), email=email, failed=True)
        response: Response = self.server.create_authorization_response(
            request, grant_user=account, grant=grant
        )
        return response

    def _not_ours(self, asked: Asked, error: Any) -> Response:
        if not error.redirect_uri:
            return self.pages.told(asked, "bad_request", status=400)
        response: Response = self.server.handle_error_response(None, error)
        return response

    def _account(self, asked: Asked) -> Account | None:
        if asked.field("persona"):
            shown = {persona.email for persona in self._personas(asked)}
            persona = asked.field("persona")
            return self.accounts.sign_in_as(persona) if persona in shown else None
        return self.accounts.sign_in(asked.field("email"), asked.field("password"), asked.host)

    def _personas(self, asked: Asked) -> Sequence[Persona]:
        """The demo club's people: in the demo only, served here only, to somebody here only."""
        is_here = is_loopback(urlsplit(self.settings.base_url).hostname or "")
        if not (self.settings.is_demo and is_here and asked.is_from_this_host):
            return []
        return self.accounts.demo_personas()

    def invitation(self, asked: Asked) -> Response:
        token = asked.parameter("token")
        try:
            invited = self.accounts.invitation(token)
        except ClubError as error:
            return self.pages.refused(asked, error)
        if asked.method == "GET":
            return self.pages.invitation(asked, invited)
        if self.pages.forgery.is_forged(asked):
            return self.pages.told(asked, "stale_form", status=403)
        return self._accept(asked, token, invited)

    def _accept(self, asked: Asked, token: str, invited: Invited) -> Response:
        name = asked.field("name").strip()
        try:
            _require_same(asked)
            self.accounts.accept_invitation(
                token, name=name, password=asked.field("password"), language=asked.language
            )
        except InputRefused as error:
            return self.pages.invitation(asked, invited, name=name[:320], refusal=error)
        except ClubError as error:
            return self.pages.refused(asked, error)
        return self.pages.told(asked, "welcome")

    def forgotten(self, asked: Asked) -> Response:
        """Answer before looking, so that neither words nor time tell whether there is one."""
        if asked.method == "GET":
            return self.pages.forgotten(asked)
        if self.pages.forgery.is_forged(asked):
            return self.pages.told(asked, "stale_form", status=403)
        response = self.pages.told(asked, "link_sent")
        response.background = BackgroundTask(
            self.accounts.send_reset, asked.field("email"), asked.host
        )
        return response

    def reset(self, asked: Asked) -> Response:
        token = asked.parameter("token")
        if not self.accounts.may_reset(token):
            return self.pages.told(asked, "link_over", status=400)
        if asked.method == "GET":
            return self.pages.reset(asked)
        if self.pages.forgery.is_forged(asked):
            return self.pages.told(asked, "stale_form", status=403)
        try:
            _require_same(asked)
            is_reset = self.accounts.reset(token, asked.field("password"))
        except InputRefused as error:
            return self.pages.reset(asked, refusal=error)
        if not is_reset:
            return self.pages.told(asked, "link_over", status=400)
        return self.pages.told(asked, "password_set")


def _require_same(asked: Asked) -> None:
    if asked.field("password") != asked.field("again"):
        raise InputRefused("passwords_differ", field="again")
