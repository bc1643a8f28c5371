from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.errors import BadContent
from curriculum.marks import MOST_BYTES, Marks, read_marks


@pytest.fixture
def path(tmp_path):
    return tmp_path.joinpath("marks.csv")


@pytest.mark.parametrize(
    "content",
    [
        b"tides,ebb\n1,0.25\n.5,0\n",
        b"\xef\xbb\xbftides,ebb\r\n1.,0.250\r\n0.5,-0\r\n\r\n",
        b'"tides", ebb \n 1 ,"0.25"\n0.50,0.0',
        b"tides,ebb\n1.000e+00,2.5e-01\n5E-1,0e0\n",
    ],
)
def test_a_table_of_marks_is_read_exactly(path, content):
    path.write_bytes(content)

    assert read_marks(path) == Marks(
        question_ids=("tides", "ebb"),
        tries=(
            {"tides": Fraction(1), "ebb": Fraction(1, 4)},
            {"tides": Fraction(1, 2), "ebb": Fraction(0)},
        ),
    )


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (b"", 1, "empty"),
        (b"\n\n", 1, "empty"),
        (b"tides,ebb\n", 1, "empty"),
        (b"\n1\n", 1, "blank"),
        (b"tides,\n1,1\n", 1, "blank"),
        (b'"ti\ndes"\n1\n', 1, "blank"),
        (b"tides,tides\n1,1\n", 1, "duplicate_id"),
        (b"tides,ebb\n1,1\n1\n", 3, "ragged"),
        (b"tides,ebb\n1,1,1\n", 2, "ragged"),
        (b"tides,ebb\n1,1\n\n1,1\n", 3, "ragged"),
        (b"tides\n1.01\n", 2, "out_of_range"),
        (b"tides\n-0.01\n", 2, "out_of_range"),
        (b"tides\nyes\n", 2, "not_a_number"),
        (b"tides,ebb\n1,\n", 2, "not_a_number"),
        (b"tides\nnan\n", 2, "not_a_number"),
        (b"tides\n1/2\n", 2, "not_a_number"),
        (b"tides\n1e-100\n", 2, "not_a_number"),
        (b"tides\n1e1\n", 2, "out_of_range"),
        ("tides\n１\n".encode(), 2, "not_a_number"),
        (b"tides\n\x00\n", 2, "not_a_number"),
        (b"tides\n" + b"9" * 5000, 2, "not_a_number"),
        (b"tides\n" + b"1" * 200_000, 2, "not_csv"),
        (b'tides\n"1', 2, "not_csv"),
        ("潮,月\n1,0\n".encode("shift_jis"), 1, "not_utf8"),
        ("tides\n1\n".encode("utf-16"), 1, "not_utf8"),
        (b"tides\n" + b"1\n" * 5_000_000, 1, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_of_marks_is_refused_with_its_line(path, content, line, code):
    path.write_bytes(content)

    with pytest.raises(BadContent) as refused:
        read_marks(path)

    assert (refused.value.line, refused.value.code) == (line, code)
    assert len(str(refused.value)) < len(str(path)) + 150


def test_a_file_that_is_missing_or_a_folder_is_refused(tmp_path, path):
    for nowhere in (path, tmp_path):
        with pytest.raises(BadContent, match="cannot be read") as refused:
            read_marks(nowhere)
        assert refused.value.code == "unreadable"


def test_a_file_of_the_largest_size_is_read(path):
    content = b"q,r\n" + (b"0,.125" + b" " * 99_000 + b"\n") * 10
    path.write_bytes(content + b"\n" * (MOST_BYTES - len(content)))

    assert len(read_marks(path).tries) == 10


@settings(max_examples=100)
@given(content=st.binary(max_size=60) | st.text('q,01.5\n\r" \u6f6e', max_size=60).map(str.encode))
def test_any_bytes_are_marks_or_are_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp().joinpath("any.csv")
    path.write_bytes(content)

    with suppress(BadContent):
        assert all(0 <= mark <= 1 for each in read_marks(path).tries for mark in each.values())
