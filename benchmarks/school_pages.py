"""Opening a lesson or a question costs the server at most twice what an empty page costs."""

from __future__ import annotations

import logging
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from tempfile import TemporaryDirectory
from typing import Any

from streamlit.testing.v1 import AppTest

from benchmarks.findings import Finding
from benchmarks.processes import clean_environment
from benchmarks.side_by_side import peak_mib
from club.demo.learning import right_answer
from club.domain import terms
from club.domain.organisations import ROLES, Actor, Kind, Organisation, Person, Standing
from club.identity import client
from club.operations.context import Context, process_context
from club.operations.learning import answer_question, start_try
from club.store import learning, people
from club.store.database import now
from club.store.migrating import migrate

AT_MOST = 2
WARM_UPS = 5
RUNS = 31
EMAIL, SUBJECT = "learner@club.example", "learner"
EMPTY = "nothing"
OPENED = {"lesson": "lesson", "quiz": "question", "review": "review, nothing due"}


def measure() -> list[Finding]:
    """Turn by turn in a process of its own; a member has taken every module's quiz."""
    spawn = multiprocessing.get_context("spawn")
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(max_workers=1, mp_context=spawn) as process,
    ):
        ratios, peak = process.submit(_compare, folder).result()
    return [
        Finding(f"opening a {name}, to an empty page", ratios[what], peak, AT_MOST)
        for what, name in OPENED.items()
    ]


def _compare(folder: str) -> tuple[dict[str, list[float]], int]:
    os.environ.clear()
    os.environ.update(clean_environment(TOMOE_VAR=folder))
    logging.disable()  # Streamlit warns that no server is running; that is so
    context = process_context()
    opened = _learn(context, _enter_member(context))
    pages = {what: _page(what, context, opened.get(what, {})) for what in (EMPTY, *OPENED)}
    seconds: dict[str, list[float]] = {what: [] for what in pages}
    for _ in range(WARM_UPS + RUNS):
        for what, page in pages.items():
            page.run()
            if page.exception:
                raise RuntimeError(page.exception[0].value)
            seconds[what].append(page.session_state["seconds"])
    kept = {what: each[WARM_UPS:] for what, each in seconds.items()}
    ratios = {
        what: [ours / empty for ours, empty in zip(kept[what], kept[EMPTY], strict=True)]
        for what in OPENED
    }
    return ratios, peak_mib()


def script() -> None:
    """Does what the shell does, but chooses the screen by itself; run apart, so imports inside."""
    import time  # noqa: PLC0415 - see above

    import streamlit as st  # noqa: PLC0415 - see above

    from club.operations.context import process_context  # noqa: PLC0415 - see above
    from pages import (  # noqa: PLC0415 - see above
        buying,
        facilitating,
        holding,
        home,
        learning,
        market,
        selling,
    )
    from pages.parts import forms, links  # noqa: PLC0415 - see above
    from pages.parts.arrival import arrive  # noqa: PLC0415 - see above
    from pages.parts.live import watch  # noqa: PLC0415 - see above
    from pages.parts.look import dress  # noqa: PLC0415 - see above
    from pages.parts.menu import aside, head, pages_for  # noqa: PLC0415 - see above
    from pages.parts.visit import Visit  # noqa: PLC0415 - see above

    journeys = (home, learning, buying, selling, market, holding, facilitating)
    began = time.thread_time()
    st.set_page_config(layout="wide")
    visit = arrive(process_context())
    if not isinstance(visit, Visit):
        raise TypeError(visit)
    pages = pages_for(visit, [screen for journey in journeys for screen in journey.SCREENS])
    st.navigation(pages, expanded=True)
    links.remember(pages)
    dress(visit.speech.language)
    aside(visit)
    head(visit.speech, visit)
    forms.tell()
    for screen in learning.SCREENS:
        if screen.path == st.session_state["what"]:
            screen.render(visit)
    watch(visit)
    st.session_state["seconds"] = time.thread_time() - began


def _enter_member(context: Context) -> Actor:
    """The one person of the club, who can sign in."""
    migrate(context.database)
    with context.database.write() as tx:
        at = now(tx)
        company = Organisation(
            id="company",
            kind=Kind.MEMBER,
            name_ja="試験株式会社",
            name_en="Test KK",
            standing=Standing.APPROVED,
            created_at=at,
        )
        person = Person(
            id="person",
            organisation_id=company.id,
            name="試験",
            email=EMAIL,
            language="ja",
            roles=ROLES[Kind.MEMBER],
            issuer=client.issuer(context.settings),
            subject=SUBJECT,
            created_at=at,
        )
        people.add_organisation(tx, company)
        people.add_person(tx, person)
        people.accept(tx, company.id, terms.in_force(at.date()).version, at=at, by=person.id)
    return Actor(
        person_id=person.id, organisation_id=company.id, kind=company.kind, roles=person.roles
    )


def _learn(context: Context, actor: Actor) -> dict[str, dict[str, str]]:
    """Pass every module's quiz, begin the first again; where the pages lie."""
    for module_id in context.modules:
        _pass(context, actor, module_id)
    first = next(iter(context.modules))
    attempt = start_try(context, actor, request_id="again", module_id=first, takes_whole=True)
    return {"lesson": {"module": first}, "quiz": {"module": first, "try": attempt.id}}


def _pass(context: Context, actor: Actor, module_id: str) -> None:
    attempt = start_try(context, actor, request_id=f"start {module_id}", module_id=module_id)
    bank = {question.id: question for question in context.modules[module_id].questions}
    for asked in learning.quiz_of(attempt).asked:
        answer_question(
            context,
            actor,
            request_id=f"{attempt.id} {asked.question_id}",
            try_id=attempt.id,
            question_id=asked.question_id,
            given=right_answer(bank[asked.question_id]),
        )


def _page(what: str, context: Context, query: dict[str, str]) -> Any:
    page = AppTest.from_function(script, default_timeout=120)
    page.user = {
        "is_logged_in": True,
        "iss": client.issuer(context.settings),
        "sub": SUBJECT,
        "nonce": "benchmark",
        "iat": int(time.time()),
        "email": EMAIL,
        "email_verified": True,
    }
    page.session_state["what"] = what
    for name, value in query.items():
        page.query_params[name] = value
    return page
