"""Reading what people type."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.domain.errors import InputRefused
from club.domain.units import (
    MAXIMUM_JPY,
    MAXIMUM_KG,
    read_email,
    read_jpy,
    read_kg,
    read_per_t,
    read_share,
    read_text,
)


@pytest.mark.parametrize(
    ("typed", "quantity_kg"),
    [
        ("500", 500),
        (" 1,500 ", 1_500),
        ("１，５００", 1_500),
        ("1.5 t", 1_500),
        ("１．５トン", 1_500),
        ("0.001t", 1),
        ("232.9 t", 232_900),
        ("12 kg", 12),
        ("1000000000 t", MAXIMUM_KG),
    ],
)
def test_quantities_are_read_as_meant(typed, quantity_kg):
    assert read_kg(typed, field="quantity_kg") == quantity_kg


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing"),
        ("   ", "missing"),
        ("-5", "not_positive"),
        ("−５", "not_positive"),
        ("0", "not_positive"),
        ("0.0", "not_positive"),
        ("a lot", "not_a_number"),
        ("5 apples", "not_a_number"),
        ("NaN", "not_a_number"),
        ("1e9", "not_a_number"),
        ("1.5", "not_whole_kg"),
        ("0.0005 t", "not_whole_kg"),
        ("9" * 30, "too_large"),
        ("1000000000001", "too_large"),
    ],
)
def test_what_is_no_quantity_is_refused_by_name(typed, code):
    with pytest.raises(InputRefused) as refusal:
        read_kg(typed, field="quantity_kg")

    assert (refusal.value.code, refusal.value.facts["field"]) == (code, "quantity_kg")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(typed):
    try:
        quantity_kg = read_kg(typed, field="quantity_kg")
    except InputRefused:
        return

    assert 0 < quantity_kg <= MAXIMUM_KG


@given(st.integers(1, MAXIMUM_KG))
def test_every_quantity_can_be_typed_in_three_ways(quantity_kg):
    wide = str(quantity_kg).translate({ord(str(d)): chr(ord("０") + d) for d in range(10)})
    tonnes = f"{quantity_kg // 1_000}.{quantity_kg % 1_000:03d} t"

    assert [read_kg(typed, field="q") for typed in (f"{quantity_kg:,}", wide, tonnes)] == [
        quantity_kg
    ] * 3


def test_a_minimum_may_be_left_out():
    assert read_kg("", field="minimum_kg", optional=True) == 0
    assert read_kg("0", field="minimum_kg", optional=True) == 0


def test_a_limit_may_be_left_out_and_carry_its_unit():
    assert read_per_t("", field="limit_per_t", optional=True) is None
    assert read_per_t("¥6,000", field="limit_per_t") == 6_000
    assert read_per_t("6000 円/t", field="limit_per_t") == 6_000


def test_a_line_of_text_is_trimmed_and_bounded():
    assert read_text("  巴  ", field="name_ja") == "巴"
    with pytest.raises(InputRefused) as refusal:
        read_text("x" * 201, field="name_ja")
    assert refusal.value.facts == {"field": "name_ja", "longest": 200}


def test_an_address_is_lower_cased_and_its_form_checked():
    assert read_email(" Tanaka@Member.Example ") == "tanaka@member.example"
    with pytest.raises(InputRefused):
        read_email("tanaka")


@pytest.mark.parametrize(
    ("typed", "amount_jpy"),
    [
        ("1", 1),
        ("¥1,234,567", 1_234_567),
        ("１，２３４円", 1_234),
        ("2000000000", 2_000_000_000),
        ("10,000,000,000,000 JPY", MAXIMUM_JPY),
    ],
)
def test_amounts_of_yen_are_read_as_meant(typed, amount_jpy):
    assert read_jpy(typed, field="amount_jpy") == amount_jpy


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing"),
        ("0", "not_positive"),
        ("-1", "not_positive"),
        ("1.5", "not_whole_kg"),
        ("100円/t", "not_a_number"),
        ("5 kg", "not_a_number"),
        ("10000000000001", "too_large"),
    ],
)
def test_what_is_no_amount_of_yen_is_refused_by_name(typed, code):
    with pytest.raises(InputRefused) as refusal:
        read_jpy(typed, field="amount_jpy")

    assert (refusal.value.code, refusal.value.facts["field"]) == (code, "amount_jpy")


def test_a_line_loses_what_no_database_holds():
    assert read_text("a\x00b\ud800c", field="name") == "abc"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("40%", Fraction(2, 5)),
        (" ４０ ％ ", Fraction(2, 5)),
        ("12.5%", Fraction(1, 8)),
        ("0.000000001%", Fraction(1, 10**11)),
        ("1/3", Fraction(1, 3)),
        ("２／５", Fraction(2, 5)),
        ("4割", Fraction(2, 5)),
        ("0%", Fraction(0)),
        ("150%", Fraction(3, 2)),
        ("33 percent", Fraction(33, 100)),
    ],
)
def test_a_share_is_read_exactly(typed, read):
    assert read_share(typed, field="x") == read


@pytest.mark.parametrize(
    "typed", ["40", "0.4", "1", "-5%", "−5%", "1/0", "a%", "1,5%", "1/2/3", "%"]
)
def test_what_may_mean_two_shares_or_none_is_refused(typed):
    with pytest.raises(InputRefused) as refusal:
        read_share(typed, field="x")

    assert (refusal.value.code, refusal.value.facts["typed"]) == ("not_a_share", typed)


def test_a_share_is_needed():
    with pytest.raises(InputRefused) as refusal:
        read_share(" ", field="x")
    assert refusal.value.code == "missing"
