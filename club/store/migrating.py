"""Bringing a database to the tables of this version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from club.store.database import Connection, Database

FOLDER = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Apply what is missing, in one transaction; hosts that start together wait for the first."""
    with database.migrate() as tx:
        if tx.dialect.name == "postgresql":
            tx.execute(text("SELECT pg_advisory_xact_lock(7063)"))
        if revision(tx) != newest():
            command.upgrade(_config(tx), "head")


def revision(tx: Connection) -> str | None:
    """The database's own revision; None when it is empty."""
    return MigrationContext.configure(tx).get_current_revision()


def newest() -> str | None:
    return ScriptDirectory(str(FOLDER)).get_current_head()


def _config(tx: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = tx
    return config
