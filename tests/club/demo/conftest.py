"""The demonstration club on each kind of database, seeded once for all that look at it."""

from __future__ import annotations

import shutil
import uuid
from contextlib import suppress

import pytest

from club import settings
from club.demo.seeding import seed
from club.demo.whole import as_one
from club.keyring import Keyring
from club.operations.context import Context
from club.store.database import Database
from tests import postgres
from tests.builders import FixedClock


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def seeded(request, tmp_path_factory):
    """A context of the seeded club, at the instant of its seeding."""
    folder = tmp_path_factory.mktemp("seeded")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_sqlite"), folder / "tomoe.db")
        database, name = Database(f"sqlite:///{folder}/tomoe.db"), None
    else:
        name = f"test_{uuid.uuid4().hex[:12]}"
        template = request.getfixturevalue("empty_postgres")
        postgres.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        database = Database(postgres.url_of(name))
    context = Context(
        settings=settings.read({"TOMOE_VAR": str(folder), "TOMOE_DEMO": "1"}),
        database=database,
        keys=Keyring(folder / "keys", environment={}),
        clock=FixedClock(),
    )
    seed(context)
    yield context
    database.dispose()
    if name is not None:
        postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


class _Undone(Exception):
    """Raised so that a transaction is rolled back."""


@pytest.fixture
def visited(seeded):
    """The seeded club for one test that does something in it; all of it is undone."""
    with suppress(_Undone), as_one(seeded) as one:
        yield one
        raise _Undone
