"""The file of a record: for SQLite, for Datasette, and against any changed bit."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from auctions.reading import Malformed
from auctions.recording.files import read_file
from auctions.recording.signing import APPLICATION_ID
from auctions.refuted import Refuted
from auctions.sealing import verify_key_of
from club.domain.disclosure import public_record
from club.store.exporting import write_record
from tests.forged import with_one_bit_changed
from tests.recorded import SIGNING_KEY, a_record

FULL = a_record()
CONTENTS = [("offers", "条件", "the offers")]


def write(record):
    return write_record(record, SIGNING_KEY, CONTENTS)


RECORDS = {"full": FULL, "public": public_record(FULL)}
FILES = {kind: write(record) for kind, record in RECORDS.items()}


@pytest.fixture(params=["full", "public"])
def kind(request):
    return request.param


@pytest.fixture
def datasette(kind, tmp_path):
    """The file opened as Datasette does by `datasette -i record.db`."""
    path = tmp_path / "record.db"
    path.write_bytes(FILES[kind])
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as opened:
        yield opened


def test_a_written_record_is_read_back_whole(kind):
    assert read_file(FILES[kind]) == (RECORDS[kind], verify_key_of(SIGNING_KEY).hex())


def test_the_same_record_is_the_same_file(kind):
    assert write(RECORDS[kind]) == FILES[kind]


def test_only_the_key_that_the_record_names_can_sign_it(kind):
    with pytest.raises(Refuted, match="key"):
        read_file(write_record(RECORDS[kind], bytes(32), CONTENTS))


def test_a_thousand_random_one_bit_changes_each_are_noticed(kind):
    for changed in with_one_bit_changed(FILES[kind], 1_000):
        with pytest.raises((Refuted, Malformed)):
            read_file(changed)


def test_a_file_that_is_cut_short_or_goes_on_is_noticed(kind):
    for changed in (FILES[kind][:-1], FILES[kind] + b"\0"):
        with pytest.raises(Refuted):
            read_file(changed)


def test_datasette_can_open_it_and_finds_it_sound(datasette):
    assert datasette.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert datasette.execute("PRAGMA application_id").fetchall() == [(APPLICATION_ID,)]
    for (name,) in datasette.execute("SELECT name FROM sqlite_schema WHERE type != 'index'"):
        datasette.execute(f'SELECT * FROM "{name}" LIMIT 101').fetchall()  # noqa: S608 - our own names
        datasette.execute(f'PRAGMA table_info("{name}")').fetchall()


def test_every_cell_can_be_read_and_every_row_has_a_key_of_its_own(datasette):
    """Demand stands in the order of its limits, and the one seal is alone in its table."""
    kinds, keyless = set(), set()
    tables = datasette.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (name,) in tables:
        rows = datasette.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - our own names
        kinds |= {(type(cell), name == "signature") for row in rows for cell in row}
        columns = datasette.execute(f'PRAGMA table_info("{name}")').fetchall()
        if not any(place for *_, place in columns):
            keyless.add(name)

    assert kinds == {(int, False), (str, False), (type(None), False), (bytes, True)}
    assert keyless == {"demand", "signature"}


def test_the_views_say_what_was_bought_from_whom(datasette):
    bought = "SELECT supplier_en, project_ja, quantity_kg, price_per_t, value FROM results"
    ordered = "SELECT price_per_t, offered_kg, won_kg FROM offers_in_order_of_price"

    assert datasette.execute(bought).fetchall() == [
        ("supplier 1 KK", "project of lot 1の森", 45_000, 4_001, 180_045),
        ("supplier 2 KK", "project of lot 2の森", 45_000, 5_000, 225_000),
    ]
    assert datasette.execute(ordered).fetchall() == [
        (4_001, 45_000, 45_000),
        (5_000, 45_000, 45_000),
        (9_000, 50_000, 0),
        (9_500, 21_000, 0),
    ]
    terms = dict(datasette.execute("SELECT name, value FROM terms"))
    assert terms["ceiling_per_t"] == 10_000


def test_the_shares_can_be_added_up_in_the_full_record(tmp_path):
    path = tmp_path / "record.db"
    path.write_bytes(FILES["full"])

    with closing(sqlite3.connect(path)) as opened:
        sums = opened.execute("SELECT offer, sum(quantity_kg) FROM shares GROUP BY offer")
        assert sums.fetchall() == [("envelope 1", 45_000), ("envelope 2", 45_000)]


def test_the_public_file_tells_of_no_pledge_member_or_losing_supplier():
    file = FILES["public"]
    named = {row.member for row in FULL.members} | {row.salt for row in FULL.members}
    named |= {"supplier 3", "supplier 4", "lot 3", "lot 4", "organisation", "seller 3"}
    named |= {each.nonce for each in FULL.commitments if each.sequence > 2}

    assert [name for name in sorted(named) if name.encode() in file.replace(b"losing ", b"")] == []
    assert [
        name for name in named if name.encode() not in FILES["full"] and name != "organisation"
    ] == []


def numbers(path: Path) -> set[int]:
    """Every whole number in every table."""
    with closing(sqlite3.connect(path)) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_schema")]
        return {
            cell
            for name in names
            if not name.startswith("sqlite_")
            for row in opened.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - our own names
            for cell in row
            if isinstance(cell, int)
        }


def test_no_number_in_the_public_file_is_a_pledge_or_the_limit_of_a_few(tmp_path):
    path = tmp_path / "record.db"
    path.write_bytes(FILES["public"])

    told = numbers(path)

    assert told & {row.quantity_kg for row in FULL.members} == set()
    assert told & {row.limit_per_t for row in FULL.members} == {5_200}
    assert FULL.cleared.limit_per_t == 5_200
