"""Reading the file of a record: the signature first, then every table, strictly."""

import sqlite3
from contextlib import closing
from typing import Any

from auctions.reading import Malformed
from auctions.recording.signing import verify_file
from auctions.recording.tables import FULL_ONLY, TABLES, Table, tables_of
from auctions.recording.values import FORMAT, Key, Record
from auctions.refuted import require

BESIDE = frozenset({"contents", "signature"})
"""Tables that tell readers what the others hold, and hold the seal; nothing is checked by them."""


def read_file(file: bytes) -> tuple[Record, str]:
    """Return the record in a file's bytes, and the key that signed it, in hex.

    Raises Refuted where the signature does not fit, and Malformed for what is no record, or one of
    another format than this version knows.
    """
    key = verify_file(file)
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(file)
            record = _read(database)
    except sqlite3.Error as error:
        raise Malformed("not_a_record", f"SQLite cannot read it: {error}.", "file") from None
    require(Key(name="records", algorithm="Ed25519", public_key=key) in record.keys, "key", "keys")
    return record, key


def _read(database: sqlite3.Connection) -> Record:
    about = next(table for table in TABLES if table.field == "about")
    formats = database.execute("SELECT value FROM metadata WHERE name = 'format'").fetchall()
    if formats != [(FORMAT,)]:
        raise Malformed("unknown_format", f"This version reads {FORMAT} only.", about.name)
    tables = tables_of(_values(database, about).kind)
    names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    if {name for (name,) in names} - BESIDE != {table.name for table in tables}:
        raise Malformed("unknown_tables", "The tables are others than known.", "file")
    empty: dict[str, Any] = dict.fromkeys(FULL_ONLY, ())
    return Record(**empty | {table.field: _values(database, table) for table in tables})


def _values(database: sqlite3.Connection, table: Table) -> Any:
    found = database.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')  # noqa: S608 - our own names
    if [column[0] for column in found.description] != [column.name for column in table.stored]:
        raise Malformed("unknown_columns", "The columns are others than known.", table.name)
    return table.values(found)
