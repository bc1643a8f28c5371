"""A round's record as a signed SQLite file: the same record and key give the same bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import sqlite_utils

from auctions.recording.signing import APPLICATION_ID, blank_seal, signed
from auctions.recording.tables import Table, tables_of
from auctions.recording.values import Record

PAGE_BYTES = 4096
PYTHON_TYPES = {"INTEGER": int, "TEXT": str, "BLOB": bytes}
WRITER = slice(96, 100)
"""Where SQLite notes the version that wrote the file; the record shall not depend on it."""

VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "results": """
            SELECT awards.offer, suppliers.name_ja AS supplier_ja, suppliers.name_en AS supplier_en,
                projects.name_ja AS project_ja, projects.name_en AS project_en,
                projects.programme, projects.registry_number,
                awards.quantity_kg, awards.price_per_t, awards.value
            FROM awards
            JOIN offers ON offers.id = awards.offer
            JOIN suppliers ON suppliers.id = offers.supplier
            JOIN projects ON projects.id = offers.project""",
        "offers_in_order_of_price": """
            SELECT offers.price_per_t, offers.sequence, offers.id AS offer, offers.supplier,
                offers.quantity_kg AS offered_kg, offers.minimum_kg,
                coalesce(awards.quantity_kg, 0) AS won_kg
            FROM offers LEFT JOIN awards ON awards.offer = offers.id
            ORDER BY offers.price_per_t, offers.sequence""",
        "terms": """
            SELECT terms.key AS name, terms.value
            FROM chain, json_each(chain.facts) AS terms
            WHERE chain.kind = 'round.opened'""",
    }
)
FULL_VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "shares": """
            SELECT members.member, share.key AS offer, share.value AS quantity_kg
            FROM members, json_each(members.kilograms) AS share"""
    }
)


def write_record(record: Record, signing_key: bytes, contents: Iterable[tuple[str, ...]]) -> bytes:
    """The file of a record; `contents` say of each table, in both languages, what it holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        database = sqlite_utils.Database(path)
        try:
            _fill(database, record, signing_key, contents)
        finally:
            database.close()
        file = bytearray(path.read_bytes())
    file[WRITER] = bytes(4)
    return signed(bytes(file), signing_key)


def _fill(
    database: sqlite_utils.Database,
    record: Record,
    signing_key: bytes,
    contents: Iterable[tuple[str, ...]],
) -> None:
    for setting in ("page_size", PAGE_BYTES), ("application_id", APPLICATION_ID), *UNSAFE:
        database.execute("PRAGMA {} = {}".format(*setting))
    kind = record.about.kind
    for table in tables_of(kind):
        _write(database, table, getattr(record, table.field))
    for name, statement in {**VIEWS, **(FULL_VIEWS if kind == "full" else {})}.items():
        database.create_view(name, statement)
    database.table("contents").insert_all(
        [dict(zip(("name", "what_ja", "what_en"), line, strict=True)) for line in contents],
        pk="name",
    )
    database.table("signature").insert({"seal": blank_seal(signing_key)})
    database.conn.commit()
    database.vacuum()


UNSAFE = (("journal_mode", "OFF"), ("synchronous", "OFF"))
"""Nobody reads the file before it is whole."""


def _write(database: sqlite_utils.Database, table: Table, values: object) -> None:
    database.table(table.name).create(
        {column.name: PYTHON_TYPES[column.sql_type] for column in table.stored},
        pk=table.key or None,
        not_null={column.name for column in table.stored if not column.may_be_empty},
    )
    cells = ", ".join("?" for _ in table.stored)
    # A hundred thousand rows at once, for which sqlite-utils would look at every cell.
    database.conn.executemany(
        f'INSERT INTO "{table.name}" VALUES ({cells})',  # noqa: S608 - our own names
        table.lines(values),
    )
