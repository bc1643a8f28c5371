from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.blocks import DEEPEST, parse, read_file
from curriculum.errors import BadContent
from tests.curriculum.examples import fault_of

HERE = Path("facts.yaml")


def value(written):
    return parse(HERE, f"fact: {written}").block("fact")["fact"]


def refusal(read):
    with pytest.raises(BadContent) as caught:
        read()
    return caught.value.line, caught.value.code, caught.value.sentence


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("no", "true or false"),
        ("on", "true or false"),
        ("1.10", "a number"),
        ("12", "a number"),
        ("2026-09-01", "a date"),
        ("~", "nothing at all"),
        ("!!binary aGk=", "something else"),
    ],
)
def test_a_text_that_yaml_takes_for_something_else_is_refused(written, meaning):
    _, code, sentence = refusal(value(written).text)

    assert code == "not_a_text"
    assert sentence.endswith(f"YAML reads it as {meaning}.")


@pytest.mark.parametrize("written", ['"no"', "'1.10'", '"2026-09-01"', "!!str 12"])
def test_a_quoted_text_is_kept(written):
    assert value(written).text() == written.removeprefix("!!str ").strip("'\"")


@pytest.mark.parametrize("written", ["", '""', '" "'])
def test_a_blank_text_is_refused(written):
    assert refusal(value(written).text) == (1, "blank", "This text is blank.")


@pytest.mark.parametrize(
    ("written", "ratio"),
    [
        ("1", Fraction(1)),
        ("-0.5", Fraction(-1, 2)),
        ('"1/3"', Fraction(1, 3)),
        ("0.1", Fraction(1, 10)),
    ],
)
def test_a_ratio_is_exact(written, ratio):
    assert value(written).ratio() == ratio


@pytest.mark.parametrize("written", ["1/0", "1e3", ".5", "0x10", "half", "1_000", "[1]", "9" * 40])
def test_what_is_no_plain_ratio_is_refused(written):
    line, _, _ = refusal(value(written).ratio)

    assert line == 1


def test_whole_numbers_have_a_least():
    assert value("3").whole(least=3) == 3
    assert refusal(lambda: value("2").whole(least=3)) == (
        1,
        "too_small",
        "2 is below 3, the least allowed here.",
    )


def test_a_day_must_be_in_the_calendar():
    assert value("2026-09-01").day() == date(2026, 9, 1)
    assert refusal(value("2026-02-30").day) == (
        1,
        "not_a_date",
        "2026-02-30 is not in the calendar.",
    )


def test_the_day_of_review_may_be_today_but_not_past():
    due = value("2026-09-01")

    assert due.review_day(date(2026, 9, 1)) == date(2026, 9, 1)
    assert due.review_day(None) == date(2026, 9, 1)
    assert refusal(lambda: due.review_day(date(2026, 9, 2)))[1] == "stale"


def test_a_flag_is_true_or_false_and_not_yes():
    assert value("true").flag() is True
    assert value("false").flag() is False
    assert refusal(value("yes").flag) == (1, "not_a_flag", "'yes' should be true or false.")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a: 1\nb: 2\nc: 3", (3, "unknown_key", "'c' is not a known key here; known: a, b.")),
        ("a: 1\na: 2", (2, "duplicate_key", "'a' is written twice.")),
        ("a: 1", (1, "missing_key", "The key 'b' is missing.")),
        ("- a", (1, "not_a_block", "Here the keys a, b are expected.")),
        ("[a]: 1", (1, "not_a_text", "Here a key is expected, not a list or a block.")),
    ],
)
def test_a_block_has_its_keys_once_each_and_no_other(written, expected):
    assert refusal(lambda: parse(HERE, written).block("a", "b")) == expected


def test_lines_are_counted_from_the_top_of_the_file():
    item = parse(HERE, "a:\n  - ok\n  - no", lines_above=10)

    assert item.block("a")["a"].items()[1].line == 13


@pytest.mark.parametrize(
    ("written", "line", "code"),
    [
        ("a: [1", 1, "not_yaml"),
        ("a: 1\nb: &x 2\nc: *x", 3, "not_yaml"),
        ("[" * (DEEPEST + 1), 1, "not_yaml"),
        ("a: 1\n---\nb: 2", 2, "not_yaml"),
        ('"\\UFFFFFFFF"', 1, "not_yaml"),
        ("\x00", 1, "not_yaml"),
        ("# only a comment", 1, "empty"),
    ],
)
def test_what_is_not_yaml_is_refused_at_its_line(written, line, code):
    assert refusal(lambda: parse(HERE, written))[:2] == (line, code)


def test_a_file_that_is_not_utf8_or_not_there_is_refused(tmp_path):
    path = tmp_path.joinpath("sjis.md")
    path.write_bytes("潮".encode("shift_jis"))

    assert refusal(lambda: read_file(path))[1] == "not_utf8"
    assert refusal(lambda: read_file(tmp_path.joinpath("none.md")))[1] == "no_file"


@given(st.text())
def test_any_text_is_read_or_refused_and_nothing_else_happens(written):
    fault = fault_of(lambda: parse(HERE, written))
    if fault is None:
        item = parse(HERE, written)
        faults = [fault_of(r) for r in (item.text, item.ratio, item.day, item.items, item.block)]
    else:
        faults = [fault]

    assert all(fault is None or (fault.line >= 1 and fault.sentence) for fault in faults)
