"""`/passes/<token>`: what the certificate of a passed module is worth today; `/passes`: the same
for an Open Badge that somebody was handed."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Message

from club.domain.pass_certificates import is_token
from club.i18n import Speech
from club.operations import badging
from club.operations.context import Context
from club.operations.viewing.passed import VerifiedPass, verify_pass
from club.settings import Settings
from club.web.pages import head, page, rows, speech_of
from curriculum.certificates import Validity

MOST_KB = 64
LOOKS = {Validity.VALID: "good", Validity.EXPIRED: "ended", Validity.WITHDRAWN: "gone"}
UNSEEN = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
"""Neither found by searching, nor shown again from a copy after it has changed."""


def routes(context: Callable[[], Context]) -> list[BaseRoute]:
    async def show(request: Request) -> Response:
        return await run_in_threadpool(lambda: _show(context(), request))

    async def ask(request: Request) -> Response:
        return _form(speech_of(request, context().settings), context().settings)

    async def check(request: Request) -> Response:
        return _check(context(), request, await _handed_in(request))

    return [
        Route("/passes", ask, methods=["GET"]),
        Route("/passes", check, methods=["POST"]),
        Route("/passes/{token:str}", show),
    ]


def _show(context: Context, request: Request) -> Response:
    token, settings = request.path_params["token"], context.settings
    speech = speech_of(request, settings)
    found = verify_pass(context, token) if is_token(token) else None
    title = speech.say("passes.public.title")
    if found is None:
        body = f"<p>{escape(speech.say('passes.public.unknown'))}</p>{_other(speech)}"
        return _page(title, body, speech, settings, status=404)
    return _page(title, _facts(found, speech), speech, settings)


def _check(context: Context, request: Request, handed_in: str | None) -> Response:
    """Lead to the page of what was handed in, or say why there is none."""
    speech = speech_of(request, context.settings)
    if handed_in is None:
        told = speech.say("passes.check.too_large", most=MOST_KB)
        return _form(speech, context.settings, told=told, status=413)
    if not handed_in.strip():
        told = speech.say("passes.check.empty")
        return _form(speech, context.settings, told=told, status=422)
    token = badging.token_in(context, handed_in)
    if token is None:
        told = speech.say("passes.check.refused")
        return _form(speech, context.settings, told=told, pasted=handed_in, status=422)
    return RedirectResponse(f"/passes/{token}?lang={speech.language}", 303, UNSEEN)


async def _handed_in(request: Request) -> str | None:
    """What was pasted or chosen, as text; None if it is too much to read."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_KB * 1024:
            return None

    async def again() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async with Request(request.scope, again).form(max_files=1, max_fields=2) as form:
        pasted, chosen = form.get("pasted"), form.get("chosen")
        content = await chosen.read() if isinstance(chosen, UploadFile) else b""
    return content.decode("utf-8", "replace") or (pasted if isinstance(pasted, str) else "")


def _page(
    title: str, body: str, speech: Speech, settings: Settings, *, status: int = 200
) -> HTMLResponse:
    whole = f"{head(speech, settings)}<h1>{escape(title)}</h1>{body}"
    answer = page(title, whole, language=speech.language, status=status)
    answer.headers.update(UNSEEN)
    return answer


def _facts(found: VerifiedPass, speech: Speech) -> str:
    version = str(found.version)
    if found.newer_version is not None:
        facts = {"version": version, "newer": str(found.newer_version)}
        version = speech.say("passes.public.version_now", **facts)
    told = [
        (speech.say("passes.public.holder"), found.holder),
        (speech.say("passes.public.module"), found.title.in_language(speech.language)),
        (speech.say("passes.public.version"), version),
        (speech.say("passes.public.passed_on"), speech.on(found.passed_on)),
    ]
    if found.worth.until is not None:
        is_valid = found.worth.validity is Validity.VALID
        name = speech.say("passes.public.until" if is_valid else "passes.public.lapsed")
        told.append((name, speech.at(found.worth.until)))
    told += [
        (speech.say("passes.public.number"), found.number),
        (speech.say("passes.public.club"), speech.text(found, "club")),
    ]
    invented = f"<p><strong>{escape(speech.say('words.invented'))}</strong></p>"
    return "".join(
        (
            f'<p class="{LOOKS[found.worth.validity]}">{escape(_verdict(found, speech))}</p>',
            invented if found.is_invented else "",
            rows(told),
            f'<p class="note">{escape(speech.say("passes.public.note"))}</p>',
            _other(speech),
        )
    )


def _verdict(found: VerifiedPass, speech: Speech) -> str:
    if found.worth.validity is Validity.EXPIRED and found.worth.until is None:
        return speech.say("passes.public.outdated")
    return speech.say(f"passes.public.{found.worth.validity.value}")


def _other(speech: Speech) -> str:
    words = escape(speech.say("passes.public.other"))
    return f'<p><a href="/passes?lang={speech.language}">{words}</a></p>'


def _form(
    speech: Speech,
    settings: Settings,
    *,
    told: str | None = None,
    pasted: str = "",
    status: int = 200,
) -> HTMLResponse:
    """The form; what was refused stands in it still, to be corrected."""

    def say(word: str) -> str:
        return escape(speech.say(f"passes.check.{word}"))

    refusal = f'<p class="gone" role="alert">{escape(told)}</p>' if told else ""
    body = (
        f"<p>{say('intro')}</p>{refusal}"
        f'<form method="post" action="/passes?lang={speech.language}"'
        ' enctype="multipart/form-data">'
        f'<label for="chosen">{say("file")}</label>'
        '<input type="file" id="chosen" name="chosen" accept=".jwt,.txt">'
        f'<label for="pasted">{say("paste")}</label>'
        '<textarea id="pasted" name="pasted" spellcheck="false" autocomplete="off">'
        f"\n{escape(pasted)}</textarea>"
        f"<button>{say('act')}</button></form>"
        f'<p class="note">{say("privacy")}</p>'
    )
    return _page(speech.say("passes.check.title"), body, speech, settings, status=status)
