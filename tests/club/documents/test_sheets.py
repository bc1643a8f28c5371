"""Sheets from outside: what they say, and what is refused before it does harm."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from club.documents import sheets
from club.documents.sheets import read_sheet, write_excel
from club.domain.errors import InputRefused

HEADS = ["A", "B", "C"]


def excel(*rows, sheets=1):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for number in range(1, sheets):
        book.create_sheet(f"other {number}").append(["not read"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content, most_rows=10, most_columns=3):
    return read_sheet(content, most_rows=most_rows, most_columns=most_columns)


def refused(content, **most):
    with pytest.raises(InputRefused) as refusal:
        read(content, **most)
    return refusal.value.code, refusal.value.facts


def test_what_is_written_is_read_back_as_text():
    rows = [["l1", 116_000, None], ["l2", 4_500, "=1+1"]]

    found = read(write_excel(HEADS, rows))

    assert found == [(1, HEADS), (2, ["l1", "116000"]), (3, ["l2", "4500", "=1+1"])]


def test_a_name_that_looks_like_a_formula_is_none():
    book = load_workbook(io.BytesIO(write_excel(["=cmd"], [["=HYPERLINK()"]])))

    assert [cell.data_type for row in book.active.iter_rows() for cell in row] == ["s", "s"]


def test_cells_are_read_as_they_would_be_typed():
    content = excel([116_000.0, 4_500.5, True], [date(2026, 11, 22), "１１６ t", None])

    assert read(content) == [
        (1, ["116000", "4500.5", "True"]),
        (2, ["2026-11-22 00:00:00", "１１６ t"]),
    ]


def test_rows_keep_their_numbers_and_empty_ones_are_left_out():
    assert read(excel(["a"], [], [" "], ["b"])) == [(1, ["a"]), (4, ["b"])]
    assert read(b"a,b\n,,\n\nc\n") == [(1, ["a", "b"]), (4, ["c"])]


def test_only_the_first_sheet_is_read():
    assert read(excel(["a"], sheets=3)) == [(1, ["a"])]


def test_one_column_too_many_is_kept_so_that_it_is_noticed():
    assert read(excel(list(range(9)))) == [(1, ["0", "1", "2", "3"])]
    assert read(b"0,1,2,3,4,5\n") == [(1, ["0", "1", "2", "3"])]


@pytest.mark.parametrize(
    "content",
    [
        "ロット,数量\n森,１１６\n".encode("utf-8-sig"),
        "ロット,数量\n森,１１６\n".encode(),
        "ロット,数量\r\n森,１１６\r\n".encode("cp932"),
        "ロット\t数量\n森\t１１６\n".encode(),
        "ロット;数量\n森;１１６\n".encode(),
    ],
)
def test_csv_is_read_however_spreadsheets_write_it(content):
    assert read(content) == [(1, ["ロット", "数量"]), (2, ["森", "１１６"])]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00\xd8", "sheet_unreadable"),
        (b'a,"b\n', "sheet_unreadable"),
        (b"a\x00b,c\n", "sheet_unreadable"),
        (b"x" * 200_000, "sheet_unreadable"),
        (b"PK\x03\x04 and nothing more", "sheet_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet_locked_or_old"),
    ],
)
def test_what_is_no_sheet_is_refused(content, code):
    assert refused(content)[0] == code


def test_a_zip_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("hello.txt", "hello")

    assert refused(out.getvalue())[0] == "sheet_unreadable"


def test_a_file_beyond_the_size_is_refused_unread():
    content = b"a,b\n" * (sheets.MOST_BYTES // 4 + 1)

    assert refused(content) == ("sheet_too_large", {"field": "sheet", "most": 2})


def test_a_bomb_is_refused_by_what_it_says_it_comes_to():
    """A few kilobytes that unpack to a hundred megabytes."""
    out = io.BytesIO(excel(["a"]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet2.xml", b"0" * 100_000_000)

    assert len(out.getvalue()) < sheets.MOST_BYTES
    assert refused(out.getvalue())[0] == "sheet_too_large"


def test_a_zip_of_a_thousand_parts_is_refused():
    out = io.BytesIO(excel(["a"]))
    with zipfile.ZipFile(out, "a") as parts:
        for number in range(1_000):
            parts.writestr(f"xl/media/{number}", b"")

    assert refused(out.getvalue())[0] == "sheet_too_large"


def test_entities_that_grow_are_refused():
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
        "</worksheet>"
    )
    good, out = io.BytesIO(excel(["a"])), io.BytesIO()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(out, "w") as parts:
        for name in source.namelist():
            is_sheet = name.endswith("sheet1.xml")
            parts.writestr(name, laughs if is_sheet else source.read(name))

    assert refused(out.getvalue())[0] == "sheet_unreadable"


@pytest.mark.parametrize("kind", ["csv", "excel"])
def test_more_rows_than_wanted_are_refused_and_as_many_are_read(kind):
    rows = [["a", str(n)] for n in range(11)]
    write = (lambda r: excel(*r)) if kind == "excel" else as_csv

    assert len(read(write(rows[:10]))) == 10
    assert refused(write(rows)) == ("sheet_too_many_rows", {"field": "sheet", "most": 10})


def as_csv(rows):
    return "".join(",".join(row) + "\n" for row in rows).encode()


def test_a_million_rows_are_refused_and_a_cell_at_the_very_end_is_found():
    million = b"a\n" * 999_999
    assert refused(million, most_rows=500)[0] == "sheet_too_many_rows"

    book = Workbook()
    book.active["A1"] = "a"
    book.active["A1048576"] = "b"
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue()) == [(1, ["a"]), (1_048_576, ["b"])]
