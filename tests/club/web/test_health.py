"""`/healthz` asks the database."""

from dataclasses import replace

from starlette.applications import Starlette
from starlette.testclient import TestClient

from club.store.database import Database
from club.web import health


def answer(context):
    return TestClient(Starlette(routes=[health.route(lambda: context)])).get("/healthz")


def test_a_database_that_answers_is_healthy(context):
    assert answer(context).json() == {
        "status": "ok",
        "database": "ok",
        "now": context.now().isoformat(),
    }


def test_a_database_that_is_away_is_told_without_its_address(context, tmp_path):
    gone = replace(context, database=Database(f"sqlite:///{tmp_path}"))

    found = answer(gone)

    assert (found.status_code, found.json()) == (
        503,
        {"status": "failing", "database": "unreachable"},
    )
