from fractions import Fraction

import pytest

from auctions.reading import Malformed, fields, parse, ratio


def refused(read):
    with pytest.raises(Malformed) as refusal:
        read()
    return refusal.value.code, refusal.value.where


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"\xff{}", "not_utf8", "input"),
        (b"", "not_json", "input"),
        (b"{} {}", "not_json", "input"),
        ("{}".encode("utf-16"), "not_utf8", "input"),
        (b"\xef\xbb\xbf{}", "not_json", "input"),
        (b"[NaN]", "not_json", "NaN"),
        (b"[-Infinity]", "not_json", "-Infinity"),
        (b"[" * 100_000, "not_json", "input"),
        (b'{"a": 1, "b": {"c": 1, "c": 1}}', "duplicate_key", "c"),
    ],
)
def test_what_is_not_plain_json_is_refused(data, code, where):
    assert refused(lambda: parse(data)) == (code, where)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (b"1.0", "not_whole"),
        (b"1e3", "not_whole"),
        (b"true", "not_whole"),
        (b'"1"', "not_whole"),
        (b"[1]", "not_whole"),
        (b"-1", "out_of_range"),
        (b"11", "out_of_range"),
        (b"1" * 100_000, "out_of_range"),
        (b"-" + b"1" * 100_000, "out_of_range"),
        (b"null", "missing_key"),
    ],
)
def test_only_whole_numbers_in_their_range_are_read(cell, code):
    def read():
        return fields(parse(b'{"kg": %b}' % cell), "row", (), ("kg",)).whole("kg", most=10)

    assert refused(read) == (code, "row.kg")


@pytest.mark.parametrize("number", [0, 9_007_199_254_740_993, 10**18 - 1])
def test_no_digit_of_a_whole_number_is_lost(number):
    row = fields(parse(b'{"kg": %d}' % number), "", ("kg",))

    assert row.whole("kg", most=10**18) == number


@pytest.mark.parametrize("cell", [b'""', b"7", b'"\\ud800"', b'"half \\udc00"'])
def test_a_text_is_not_empty_and_can_be_written(cell):
    row = fields(parse(b'{"id": %b}' % cell), "", ("id",))

    assert refused(lambda: row.text("id")) == ("not_text", "id")


@pytest.mark.parametrize(
    ("value", "code", "where"),
    [
        ([], "not_an_object", "input"),
        ({"a": 1, "c": 1}, "unknown_key", "c"),
        ({"a": 1, "c": None}, "unknown_key", "c"),
        ({"b": 1}, "missing_key", "a"),
        ({"a": None}, "missing_key", "a"),
    ],
)
def test_an_object_has_the_keys_it_needs_and_no_unknown_one(value, code, where):
    assert refused(lambda: fields(value, "", ("a",), ("b",))) == (code, where)


def test_what_is_null_is_absent():
    assert "b" not in fields({"a": 1, "b": None}, "", ("a",), ("b",))


@pytest.mark.parametrize(
    ("value", "code", "where"),
    [
        ({}, "not_a_list", "rows"),
        ([7], "not_an_object", "rows[0]"),
        ([{"id": "a"}, {"id": "a"}], "duplicate_id", "rows[1].id"),
        ([{"id": "a"}, {"name": "b"}], "unknown_key", "rows[1].name"),
    ],
)
def test_rows_are_objects_with_an_id_each(value, code, where):
    asked = fields({"rows": value}, "", ("rows",))

    assert refused(lambda: asked.rows("rows", ("id",), ())) == (code, where)


@pytest.mark.parametrize("seed", ["", "0" * 63, "0" * 65, " " + "0" * 63, "g" * 64, "٠" * 64, 7])
def test_a_seed_is_64_hexadecimal_digits(seed):
    asked = fields({"seed": seed}, "", ("seed",))

    assert refused(asked.seed) == ("not_a_seed", "seed")


def test_a_flag_is_true_or_false():
    asked = fields({"exact": True, "number": 1}, "", (), ("exact", "number", "absent"))

    assert (asked.flag("exact"), asked.flag("absent")) == (True, False)
    assert refused(lambda: asked.flag("number")) == ("not_a_flag", "number")


@pytest.mark.parametrize(
    ("written", "read"), [("2/4", Fraction(1, 2)), ("0/3", 0), (1, 1), ("007/1", 7)]
)
def test_a_ratio_is_digits_on_both_sides_of_a_stroke_or_a_whole_number(written, read):
    assert ratio(written, "x") == read


@pytest.mark.parametrize("written", ["1", "1/0", "-1/2", "1/-2", " 1/2", "1.5/2", 0.5, True, None])
def test_nothing_else_is_a_ratio(written):
    assert refused(lambda: ratio(written, "x")) == ("not_a_ratio", "x")
