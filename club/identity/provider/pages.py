"""The provider's pages as plain HTML: they work without scripts, and every value is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse

from club.domain.errors import ClubError
from club.i18n import LANGUAGES, Speech
from club.identity import client
from club.identity.accounts import Invited, Persona
from club.identity.passwords import SHORTEST
from club.identity.provider.asked import Asked
from club.identity.provider.forgery import FIELD, Forgery
from club.settings import Settings

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}


@dataclass(frozen=True, slots=True)
class Pages:
    settings: Settings
    forgery: Forgery

    def sign_in(
        self, asked: Asked, personas: Sequence[Persona], *, email: str = "", failed: bool = False
    ) -> HTMLResponse:
        sheet = self._sheet(asked)
        fields = sheet.field("email", value=email, autocomplete="username") + sheet.field(
            "password", autocomplete="current-password"
        )
        error = sheet.error("identity.sign_in.failed") if failed else ""
        forgotten = escape(f"{self._root}/forgotten?ui_locales={asked.language}")
        form = (
            sheet.form(fields, "identity.sign_in.button")
            + f'<p><a href="{forgotten}">{sheet.say("identity.sign_in.forgotten")}</a></p>'
        )
        body = error + (self._personas(sheet, personas, form) if personas else form)
        return self._page(sheet, "identity.sign_in.title", body, 401 if failed else 200)

    def _personas(self, sheet: Sheet, personas: Sequence[Persona], form: str) -> str:
        """The demo's people, who and what for; the others and the form for accounts after them."""
        proposed = "".join(sheet.persona(each) for each in personas if each.shows)
        others = "".join(sheet.persona(each) for each in personas if not each.shows)
        if proposed and others:
            summary = f"<summary>{sheet.say('identity.demo.others')}</summary>"
            others = f"<details>{summary}{others}</details>"
        return (
            '<section aria-labelledby="demo">'
            f'<h2 id="demo">{sheet.say("identity.demo.title")}</h2>'
            f"<p>{sheet.say('identity.demo.text')}</p>"
            f'<form method="post">{sheet.token}{proposed}{others}</form></section>'
            '<section aria-labelledby="account">'
            f'<h2 id="account">{sheet.say("identity.demo.by_password")}</h2>{form}</section>'
        )

    def invitation(
        self, asked: Asked, invited: Invited, *, name: str = "", refusal: ClubError | None = None
    ) -> HTMLResponse:
        sheet = self._sheet(asked)
        lead = sheet.say(
            "identity.invitation.text",
            organisation=sheet.organisation(invited),
            email=invited.email,
            expires_at=invited.expires_at,
        )
        fields = sheet.field("name", value=name, autocomplete="name") + sheet.new_password()
        body = (
            f"<p>{lead}</p>"
            + sheet.refusal(refusal)
            + sheet.form(fields, "identity.invitation.button")
        )
        return self._page(sheet, "identity.invitation.title", body, 400 if refusal else 200)

    def forgotten(self, asked: Asked) -> HTMLResponse:
        sheet = self._sheet(asked)
        fields = sheet.field("email", autocomplete="username")
        body = f"<p>{sheet.say('identity.forgotten.text')}</p>" + sheet.form(
            fields, "identity.forgotten.button"
        )
        return self._page(sheet, "identity.forgotten.title", body)

    def reset(self, asked: Asked, *, refusal: ClubError | None = None) -> HTMLResponse:
        sheet = self._sheet(asked)
        body = sheet.refusal(refusal) + sheet.form(sheet.new_password(), "identity.reset.button")
        return self._page(sheet, "identity.reset.title", body, 400 if refusal else 200)

    def told(self, asked: Asked, message: str, *, status: int = 200) -> HTMLResponse:
        """A page that says one thing and leads back to the club."""
        sheet = self._sheet(asked)
        body = f'<p role="status">{sheet.say(f"identity.{message}.text")}</p>' + self._back(sheet)
        return self._page(sheet, f"identity.{message}.title", body, status)

    def refused(self, asked: Asked, error: ClubError) -> HTMLResponse:
        sheet = self._sheet(asked)
        return self._page(
            sheet, "identity.refused.title", sheet.refusal(error) + self._back(sheet), 400
        )

    def _back(self, sheet: Sheet) -> str:
        home = escape(self.settings.base_url + "/")
        return f'<p><a class="button" href="{home}">{sheet.say("identity.back")}</a></p>'

    @property
    def _root(self) -> str:
        """The provider's own path, from the address people type."""
        return urlsplit(client.issuer(self.settings)).path

    def _sheet(self, asked: Asked) -> Sheet:
        visitor = self.forgery.visitor(asked)
        speech = Speech(asked.language, self.settings.time_zone)
        return Sheet(asked, speech, visitor, self.forgery.token(visitor))

    def _page(self, sheet: Sheet, title: str, body: str, status: int = 200) -> HTMLResponse:
        is_japanese = sheet.asked.language == "ja"
        club = self.settings.club_name_ja if is_japanese else self.settings.club_name_en
        heading = sheet.say(title)
        response = HTMLResponse(
            f'<!doctype html><html lang="{sheet.asked.language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="robots" content="noindex">'
            f"<title>{heading} · {escape(club)}</title>"
            f'<link rel="stylesheet" href="{escape(self._root)}/style.css"></head><body>'
            f'<header><p class="club">{escape(club)}</p>{sheet.switch()}</header>'
            f"<main><h1>{heading}</h1>{body}</main></body></html>",
            status,
            HEADERS,
        )
        self.forgery.remember(response, sheet.visitor)
        return response


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page in the making: its language, its form token, and the parts pages are made of."""

    asked: Asked
    speech: Speech
    visitor: str
    form_token: str

    def say(self, id: str, **facts: object) -> str:
        return escape(self.speech.say(id, **facts))

    def organisation(self, of: Invited | Persona) -> str:
        return str(getattr(of, f"organisation_{self.asked.language}"))

    def persona(self, persona: Persona) -> str:
        """A button that signs in: what the person can show, then who it is."""
        who = f"{persona.name} · {self.organisation(persona)}"
        first, then = (
            (self.say(f"identity.demo.{persona.shows}"), who)
            if persona.shows
            else (escape(persona.name), self.organisation(persona))
        )
        return (
            f'<button class="persona" name="persona" value="{escape(persona.email)}">'
            f"<strong>{first}</strong> <span>{escape(then)}</span></button>"
        )

    @property
    def token(self) -> str:
        return f'<input type="hidden" name="{FIELD}" value="{escape(self.form_token)}">'

    def form(self, fields: str, button: str) -> str:
        """A form that posts to the page it stands on, whose query stays as it is."""
        return (
            f'<form method="post">{self.token}{fields}'
            f'<button class="button">{self.say(button)}</button></form>'
        )

    def field(
        self,
        name: Literal["email", "name", "password", "again"],
        *,
        autocomplete: str,
        value: str = "",
        hint: str = "",
    ) -> str:
        kind = {"email": "email", "name": "text"}.get(name, "password")
        described = f' aria-describedby="{name}-hint"' if hint else ""
        return (
            f'<label for="{name}">{self.say(f"identity.field.{name}")}</label>'
            f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}" '
            f'autocomplete="{autocomplete}" maxlength="320" required{described}>'
            + (f'<p class="hint" id="{name}-hint">{hint}</p>' if hint else "")
        )

    def new_password(self) -> str:
        hint = self.say("identity.field.password_hint", minimum=SHORTEST)
        return self.field("password", autocomplete="new-password", hint=hint) + self.field(
            "again", autocomplete="new-password"
        )

    def error(self, id: str, **facts: object) -> str:
        return f'<p class="error" role="alert">{self.say(id, **facts)}</p>'

    def refusal(self, error: ClubError | None) -> str:
        return self.error(f"errors.{error.code}", **error.facts) if error else ""

    def switch(self) -> str:
        """Links to this page in the other languages."""
        links = "".join(
            f'<a href="?{escape(self.asked.query_with("ui_locales", language))}" '
            f'lang="{language}" hreflang="{language}">{LANGUAGE_NAMES[language]}</a>'
            for language in LANGUAGES
            if language != self.asked.language
        )
        return f'<nav aria-label="{self.say("identity.language")}">{links}</nav>'
