"""Bytes of question files: what is read, and one sentence for what cannot be."""

from pathlib import Path

import pytest

from curriculum.errors import BadContent
from curriculum.exchange.files import LARGEST, read_bytes, read_passages

BOMB = """<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<quiz><question type="essay"><name><text>&b;</text></name></question></quiz>"""
ELSEWHERE = '<!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/hostname">]><quiz>&a;</quiz>'


def refusal(name, content):
    with pytest.raises(BadContent) as caught:
        read_passages(Path(name), content)
    return caught.value.line, caught.value.code


@pytest.mark.parametrize("name", ["a.gift", "a.xml", "a.json"])
@pytest.mark.parametrize("encoding", ["shift_jis", "windows-1252", "utf-16"])
def test_only_utf_8_is_read(name, encoding):
    text = "One {T}\n\nクレジット {T}" if encoding == "shift_jis" else "One {T}\n\nWhat’s café? {T}"

    line = 1 if encoding == "utf-16" else 3
    assert refusal(name, text.encode(encoding)) == (line, "not_utf8")


def test_a_mark_at_the_beginning_is_no_text():
    (passage,) = read_passages(Path("a.GIFT"), b"\xef\xbb\xbf::N::So {T}")

    assert passage.name == "N"


@pytest.mark.parametrize(
    ("name", "content", "line", "code"),
    [
        ("a.gift", b"a\0b {T}", 1, "control_mark"),
        ("a.gift", b"\n \n", 1, "no_question"),
        ("a.txt", b"x" * (LARGEST + 1), 1, "file_too_large"),
        ("a.xml", b"<quiz>\n<question></quiz>", 2, "not_xml"),
        ("a.xml", b"<quiz/>", 1, "no_question"),
        ("a.xml", b"<html/>", 1, "not_a_quiz"),
        ("a.xml", BOMB.encode(), 1, "declares_entities"),
        ("a.xml", ELSEWHERE.encode(), 1, "declares_entities"),
        ("a.json", b"[" * 100_000, 1, "not_our_json"),
        ("a.json", b'{"format": "questions"}', 1, "not_our_json"),
        ("a.docx", b"", 1, "unknown_suffix"),
        ("a.yaml", b"One {T}", 1, "unknown_suffix"),
    ],
)
def test_what_is_no_question_file_is_refused_where_it_breaks(name, content, line, code):
    assert refusal(name, content) == (line, code)


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path.joinpath("a.gift")
    with path.open("wb") as file:
        file.truncate(10_000_000)

    with pytest.raises(BadContent, match="more than 5 MB"):
        read_bytes(path)
    with pytest.raises(BadContent, match="missing or cannot be read"):
        read_bytes(tmp_path.joinpath("b.gift"))
