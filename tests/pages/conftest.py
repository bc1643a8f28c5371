"""Opening one screen as one person, on a database of its own (SQLite: the operations' tests
cover both kinds)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from club.domain.organisations import Actor
from club.i18n import Speech
from club.identity import client
from club.operations.context import Context
from club.store import people
from club.store.database import Database
from pages.parts.visit import Visit
from tests.builders import FixedClock, context_on


@pytest.fixture
def database(empty_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(empty_sqlite, tmp_path / "tomoe.db")
    database = Database(f"sqlite:///{tmp_path}/tomoe.db")
    yield database
    database.dispose()


@pytest.fixture
def context(database: Database, clock: FixedClock, tmp_path: Path) -> Context:
    return context_on(database, clock, tmp_path)


@pytest.fixture
def visit_of(context: Context) -> Callable[..., Visit]:
    """A visit as the person behind an actor, in a language."""

    def make(actor: Actor, language: str = "ja") -> Visit:
        with context.database.write() as tx:
            person = replace(
                people.person(tx, actor.person_id),
                language=language,
                issuer=client.issuer(context.settings),
                subject=actor.person_id,
            )
            people.change_person(tx, person)
            return Visit(
                context=context,
                speech=Speech(language, "Asia/Tokyo"),
                actor=actor,
                person=person,
                organisation=people.organisation(tx, actor.organisation_id),
            )

    return make


def claims_of(visit: Visit) -> dict[str, object]:
    """What the provider says of the person, signed in just now."""
    return {
        "is_logged_in": True,
        "iss": visit.person.issuer,
        "sub": visit.person.subject,
        "nonce": f"nonce of {visit.person.id}",
        "email": visit.person.email,
        "email_verified": True,
        "name": visit.person.name,
        "auth_time": int(visit.context.now().timestamp()),
    }


@pytest.fixture
def open_screen(visit_of: Callable[..., Visit]) -> Callable[..., AppTest]:
    """`open_screen(render, actor, language="en", id="…")` runs the screen once."""

    def open_(
        render: Callable[[Visit], None], actor: Actor, language: str = "ja", **query: str
    ) -> AppTest:
        visit = visit_of(actor, language)

        # The script is taken as text and run apart from this file, so its signature has no types.
        def script(render, visit):  # type: ignore[no-untyped-def]  # see above
            from pages.parts import forms  # noqa: PLC0415 - the script is run apart from this file

            forms.tell()
            render(visit)

        at = AppTest.from_function(
            script, default_timeout=30, kwargs={"render": render, "visit": visit}
        )
        at.user = claims_of(visit)
        for key, value in query.items():
            at.query_params[key] = value
        return at.run()

    return open_
