"""The engine and its transactions: the one place that knows the dialects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url

__all__ = ["Connection", "Database", "now"]


class Database:
    """SQLite or PostgreSQL: `read` sees one moment, `write` is alone, `migrate` changes tables."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.url = parsed.render_as_string(hide_password=False)
        self._is_sqlite = parsed.get_backend_name() == "sqlite"
        if self._is_sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        # What was written stands in no message: it may be a name, an address or a limit.
        self.engine: Engine = create_engine(
            parsed, pool_pre_ping=not self._is_sqlite, hide_parameters=True
        )
        if self._is_sqlite:
            event.listen(self.engine, "connect", _configure_sqlite)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction. On SQLite it holds the only write lock from its first instant;
        on PostgreSQL whoever checks before writing locks a row (`FOR UPDATE`)."""
        with self.engine.connect() as connection, self._begun(connection, "BEGIN IMMEDIATE"):
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction that sees a single moment of the database and changes nothing."""
        with self.engine.connect() as connection:
            if not self._is_sqlite:
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with self._begun(connection, "BEGIN"):
                yield connection

    @contextmanager
    def migrate(self) -> Iterator[Connection]:
        """One write transaction for changing tables. On SQLite a table that others refer to can be
        rebuilt in it; at its end every reference must hold again."""
        with self.engine.connect() as connection:
            self._keep_references(connection, "OFF")
            try:
                with self._begun(connection, "BEGIN IMMEDIATE"):
                    yield connection
                    self._require_references(connection)
            finally:
                self._keep_references(connection, "ON")

    def _keep_references(self, connection: Connection, state: str) -> None:
        # Inside a transaction SQLite takes no notice of it, so it goes to the driver's connection.
        raw = connection.connection.dbapi_connection
        if self._is_sqlite and raw is not None:
            raw.cursor().execute(f"PRAGMA foreign_keys = {state}")

    def _require_references(self, connection: Connection) -> None:
        if self._is_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise ValueError(f"references that do not hold: {broken[:5]}")

    @contextmanager
    def _begun(self, connection: Connection, sqlite_begin: str) -> Iterator[None]:
        with connection.begin():
            if self._is_sqlite:
                connection.exec_driver_sql(sqlite_begin)
            yield

    def dispose(self) -> None:
        self.engine.dispose()


def now(tx: Connection) -> datetime:
    """The instant, read after whatever lock the caller holds: the database server's clock on
    PostgreSQL, this host's on SQLite, in microseconds."""
    if tx.dialect.name == "postgresql":
        instant: datetime = tx.execute(text("SELECT clock_timestamp()")).scalar_one()
        return instant.astimezone(UTC)
    return datetime.now(UTC)  # noqa: TID251 - one machine, one clock: this is the door


def _configure_sqlite(dbapi_connection: Any, _record: object) -> None:
    # The driver's own BEGIN comes too late to keep check-then-write safe; ours is explicit.
    dbapi_connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 30000",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")
