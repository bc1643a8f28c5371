"""A programme's name in the reader's language."""

import pytest

from pages.parts.programmes import programme
from tests.builders import join


@pytest.mark.parametrize(
    ("written", "ja", "en"),
    [
        ("J-Credit", "J-クレジット", "J-Credit"),
        ("Ｊ－クレジット制度", "J-クレジット", "J-Credit"),
        ("VCS", "VCS", "VCS"),
        ("Our own", "Our own", "Our own"),
    ],
)
def test_the_scheme_of_the_country_is_translated_and_any_other_left_as_written(
    context, visit_of, written, ja, en
):
    reader = join(context)

    told = [programme(visit_of(reader, language), written) for language in ("ja", "en")]

    assert told == [ja, en]
