"""`/verify/<token>`: the public page that a certificate's QR code leads to."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from club.i18n import Speech
from club.operations.context import Context
from club.operations.viewing.holdings import Verified, verify
from club.web.pages import head, page, rows, speech_of


def route(context: Callable[[], Context]) -> Route:
    async def answer(request: Request) -> HTMLResponse:
        token, settings = request.path_params["token"], context().settings
        speech = speech_of(request, settings)
        found = await run_in_threadpool(lambda: verify(context(), token))
        title, top = speech.say("verification.title"), head(speech, settings)
        if found is None:
            body = f"<h1>{escape(title)}</h1><p>{escape(speech.say('verification.unknown'))}</p>"
            return page(title, top + body, language=speech.language, status=404)
        return page(title, top + _body(title, found, speech), language=speech.language)

    return Route("/verify/{token:str}", answer)


def _body(title: str, found: Verified, speech: Speech) -> str:
    facts = [
        (speech.say("verification.number"), found.number),
        (speech.say("verification.beneficiary"), speech.text(found, "beneficiary")),
        (speech.say("verification.quantity"), speech.kg(found.quantity_kg)),
        (speech.say("verification.issued_at"), speech.at(found.issued_at)),
        (speech.say("verification.club"), speech.text(found, "club")),
    ]
    parts = [
        f'<h1>{escape(title)}</h1><p class="good">{escape(speech.say("verification.known"))}</p>'
    ]
    if found.is_invented:
        parts.append(f"<p><strong>{escape(speech.say('words.invented'))}</strong></p>")
    parts.append(rows(facts))
    for line in found.lines:
        parts.append(f"<h2>{escape(speech.text(line, 'project'))}</h2>")
        parts.append(
            rows(
                [
                    (speech.say("verification.programme"), line.programme),
                    (speech.say("verification.share"), speech.kg(line.quantity_kg)),
                    (speech.say("verification.serials"), line.serials),
                    (speech.say("verification.retired_on"), speech.on(line.retired_on)),
                    (speech.say("verification.reference"), line.registry_reference),
                ]
            )
        )
    parts.append(f'<p class="note">{escape(speech.say("verification.note"))}</p>')
    return "".join(parts)
