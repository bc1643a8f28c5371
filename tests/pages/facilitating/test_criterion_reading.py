"""From what was typed to a quality criterion."""

from fractions import Fraction

import pytest

from auctions.scoring import Answer, Criterion
from club.domain.errors import InputRefused
from pages.facilitating.criterion_reading import read

TYPED = {"question_ja": " 格付けはありますか ", "question_en": "Is it rated?"}
ROWS = [
    {"answer_ja": "なし", "answer_en": "No", "value": "0%"},
    {"answer_ja": "", "answer_en": None, "value": " "},
    {"answer_ja": "あり", "answer_en": "Yes", "value": "１／１０"},
]


def test_empty_rows_are_no_answers_and_ids_are_given_in_order():
    assert read(TYPED, ROWS, []) == Criterion(
        id="c1",
        name_ja="格付けはありますか",
        name_en="Is it rated?",
        answers=(
            Answer(id="a1", name_ja="なし", name_en="No", value=Fraction(0)),
            Answer(id="a2", name_ja="あり", name_en="Yes", value=Fraction(1, 10)),
        ),
    )


def test_an_id_that_was_given_away_is_not_given_again():
    others = [Criterion(id=id, name_ja="", name_en="", answers=()) for id in ("c1", "c3")]

    assert read(TYPED, ROWS, others).id == "c2"


@pytest.mark.parametrize(
    ("typed", "rows", "code", "facts"),
    [
        ({"question_en": " "}, ROWS, "missing", {"field": "question_en"}),
        ({"question_ja": "長" * 201}, ROWS, "too_long", {"field": "question_ja", "longest": 200}),
        (
            {},
            [ROWS[0], ROWS[2] | {"value": "0.1"}],
            "not_a_share",
            {"field": "value", "typed": "0.1", "place": "#2"},
        ),
        ({}, [ROWS[0] | {"answer_en": ""}], "missing", {"field": "answer_en", "place": "#1"}),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(typed, rows, code, facts):
    with pytest.raises(InputRefused) as refusal:
        read(TYPED | typed, rows, [])

    assert (refusal.value.code, refusal.value.facts) == (code, facts)
