"""Saying things in two languages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from club.domain.rounds import Phase
from club.i18n import Speech, choose

INSTANT = datetime(2026, 11, 22, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", ["999 kg", "1.000 t", "232.900 t", "¥1,234,567", "¥4,500 / t", "申込受付中"]),
        ("en", ["999 kg", "1.000 t", "232.900 t", "¥1,234,567", "¥4,500 / t", "Pledging"]),
    ],
)
def test_weights_money_prices_and_words_are_written_as_people_use_them(language, said):
    speech = Speech(language)

    assert [
        speech.write("quantity_kg", 999),
        speech.write("quantity_kg", 1_000),
        speech.write("quantity_kg", 232_900),
        speech.write("total_jpy", 1_234_567),
        speech.write("limit_per_t", 4_500),
        speech.write("phase", Phase.PLEDGING),
    ] == said


def test_instants_are_told_in_the_readers_zone_which_is_named():
    assert Speech("ja").at(INSTANT) == "2026/11/22 12:04（日本時間）"
    assert Speech("en").at(INSTANT) == "22 Nov 2026, 12:04 JST"
    assert Speech("en", "Europe/Paris").at(INSTANT) == "22 Nov 2026, 04:04 CET"
    assert Speech("ja").on(date(2026, 11, 2)) == "2026/11/02"


def test_where_the_microsecond_decides_it_is_told():
    instant = INSTANT.replace(second=5, microsecond=42)

    assert Speech("ja").write("now_instant", instant) == "2026/11/22 12:04:05.000042（日本時間）"
    assert Speech("en").write("now_instant", instant) == "22 Nov 2026, 12:04:05.000042 JST"


def test_a_share_is_told_in_percent_where_that_is_exact():
    shares = (Fraction(2, 5), Fraction(1, 8), Fraction(1, 3), Fraction(1), Fraction(123, 100_000))

    assert [Speech("ja").write("share", share) for share in shares] == [
        "40%",
        "12.5%",
        "1/3",
        "100%",
        "0.123%",
    ]


@pytest.mark.parametrize(
    ("price", "told"),
    [
        (4_321, "¥4,321 / t"),
        (Fraction(4_321), "¥4,321 / t"),
        (Fraction(8_643, 2), "¥4,321.50 / t"),
        (Fraction(12_965, 3), "¥4,321.66… / t"),
    ],
)
def test_a_price_that_is_not_whole_says_whether_it_goes_on(price, told):
    assert Speech("ja").write("price_per_t", price) == told
    assert Speech("en").per_t(price) == told


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (Fraction(2, 5), "40%"),
        (Fraction(1), "100%"),
        (Fraction(0), "0%"),
        (Fraction(1, 3), "33.33…%"),
        (Fraction(1, 8), "12.50%"),
    ],
)
def test_what_share_came_about_says_whether_it_goes_on(share, told):
    assert Speech("ja").percent(share) == Speech("en").percent(share) == told


def test_several_names_are_told_one_after_the_other():
    assert Speech("ja").write("minimums", ("除去", "自然")) == "除去、自然"
    assert Speech("en").write("minimums", ("a", "b")) == "a, b"


def test_the_first_language_that_the_club_speaks_is_chosen():
    assert choose(None, "fr-FR", "en-GB") == "en"
    assert choose("ja", "en") == "ja"
    assert choose(None, "de", "") == "ja"


def test_a_sentence_carries_its_facts():
    assert Speech("en").say("errors.pool_full", left_kg=2_000).startswith("Only 2.000 t are left")


def test_an_unknown_sentence_is_a_bug():
    with pytest.raises(KeyError):
        Speech("ja").say("errors.nothing_of_the_kind")


def test_a_day_is_that_of_the_readers_zone():
    late = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)

    assert Speech("ja", "Asia/Tokyo").day(late) == "2026/11/23"
    assert Speech("en", "UTC").day(late) == "22 Nov 2026"


def test_a_number_below_zero_has_the_sign_that_money_has():
    numbers = (-5, Decimal("-1234.5"), 0, 12_345)

    assert [Speech("ja").write("earned", n) for n in numbers] == ["−5", "−1,234.5", "0", "12,345"]
    assert Speech("ja").jpy(-5) == "−¥5"


def test_a_figure_is_written_as_itself_whatever_equal_one_was_written_before():
    speech = Speech("en")

    assert [speech.number(zero) for zero in (Decimal("-0"), 0, Decimal(0))] == ["−0", "0", "0"]
