"""Fixtures for everything that needs a database: each test of the store and of the operations
runs twice, on SQLite and on PostgreSQL, in a database of its own."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from club.domain.organisations import Actor, Kind
from club.operations.context import Context
from club.store.database import Database
from club.store.migrating import migrate
from tests import postgres
from tests.builders import FixedClock, context_on, join

settings.register_profile("untimed", deadline=None)  # no test asserts a time
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """A test that sets the log up leaves it as it was: its stream is closed when it ends."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file to copy from."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.dispose()
    for log in path.parent.glob("empty.db-*"):
        log.unlink()
    return path


@pytest.fixture(scope="session")
def empty_postgres() -> Iterator[str]:
    """The name of a migrated database to copy from."""
    name = f"empty_{uuid.uuid4().hex[:12]}"
    postgres.run(f"CREATE DATABASE {name}")
    database = Database(postgres.url_of(name))
    migrate(database)
    database.dispose()
    yield name
    postgres.run(f"DROP DATABASE {name}")


@pytest.fixture(scope="session")
def reused_postgres(empty_postgres: str) -> Iterator[postgres.Reused]:
    reused = postgres.Reused(f"test_{uuid.uuid4().hex[:12]}", empty_postgres)
    yield reused
    reused.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_sqlite"), tmp_path / "tomoe.db")
        url = f"sqlite:///{tmp_path}/tomoe.db"
    else:
        reused: postgres.Reused = request.getfixturevalue("reused_postgres")
        reused.empty()
        url = postgres.url_of(reused.name)
    database = Database(url)
    yield database
    database.dispose()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def context(database: Database, clock: FixedClock, tmp_path: Path) -> Context:
    """The context of an empty club at a fixed instant."""
    return context_on(database, clock, tmp_path)


@pytest.fixture
def facilitator(context: Context) -> Actor:
    """Somebody of the club's office, with all its roles."""
    return join(context, Kind.OPERATOR)
