"""A whole story in one transaction: either every deed of it is kept, or none ever happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from club.operations.context import Context
from club.store.database import Connection, Database


class OneTransaction(Database):
    """A database whose doors all open into one transaction; a deed that fails undoes itself."""

    def __init__(self, database: Database, tx: Connection) -> None:
        self.url = database.url
        self.engine = database.engine
        self._tx = tx

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with self._tx.begin_nested():
            yield self._tx

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self._tx

    def dispose(self) -> None:
        """The engine belongs to somebody else."""


@contextmanager
def as_one(context: Context) -> Iterator[Context]:
    """The context with all its deeds in one transaction, kept when the block ends well."""
    with context.database.write() as tx:
        yield replace(context, database=OneTransaction(context.database, tx))
