"""Quality criteria written and removed on a draft."""

from fractions import Fraction

import pytest

from auctions.scoring import Answer, Criterion
from club.domain.auction_terms import USUAL, AuctionTerms, Format, Pricing
from club.operations.opening import draft_round
from pages.facilitating import round_form
from pages.facilitating.criterion_reading import COLUMNS
from tests.markets import round_terms, stored
from tests.pages.facilitating.conftest import words
from tests.pages.reading import as_read

RATED = Criterion(
    id="c1",
    name_ja="格付け",
    name_en="Rating",
    answers=(
        Answer(id="a1", name_ja="なし", name_en="None", value=Fraction(0)),
        Answer(id="a2", name_ja="あり", name_en="Rated", value=Fraction(3, 10)),
    ),
)


@pytest.fixture
def draft_with(context, facilitator):
    def make(**auction):
        terms = round_terms(auction=AuctionTerms(**auction))
        return draft_round(context, facilitator, request_id="draft", terms=terms)

    return make


def opened(open_screen, facilitator, draft, language="ja"):
    return open_screen(round_form.render, facilitator, language=language, id=draft.id)


def key_of(at, name):
    """The key of a field of the new criterion."""
    (key,) = (
        each.key
        for each in at.text_input
        if (each.key or "").startswith("criterion") and each.key.endswith(name)
    )
    return key


def fill(at, *answers, question="格付けはありますか"):
    at.text_input(key=key_of(at, "question_ja")).set_value(question)
    at.text_input(key=key_of(at, "question_en")).set_value("Is it rated?")
    sheet = key_of(at, "question_ja").replace("question_ja", "answers")
    rows = {n: dict(zip(COLUMNS, answer, strict=True)) for n, answer in enumerate(answers)}
    at.session_state[sheet] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    return at


def test_a_criterion_is_added_with_what_its_answers_earn(
    context, open_screen, facilitator, draft_with, hand
):
    draft = draft_with()
    at = opened(open_screen, facilitator, draft)
    at = fill(at, ("なし", "No", "0%"), ("あり", "Yes", "10%"))

    hand(at).press("auction_terms.criteria.add_act")

    (criterion,) = stored(context, draft).auction.criteria
    assert (criterion.id, criterion.name_en) == ("c1", "Is it rated?")
    assert [(a.id, a.name_ja, a.value) for a in criterion.answers] == [
        ("a1", "なし", 0),
        ("a2", "あり", Fraction(1, 10)),
    ]


@pytest.mark.parametrize(
    ("language", "worth"),
    [
        ("ja", "K = 10/7：¥10,000 / t の応札を ¥7,000 / t とみなして"),
        ("en", "K = 10/7: an offer at ¥10,000 / t is compared as if it were ¥7,000 / t"),
    ],
)
def test_what_the_answers_are_worth_is_told(open_screen, facilitator, draft_with, language, worth):
    draft = draft_with(criteria=(RATED,))

    at = opened(open_screen, facilitator, draft, language)

    assert worth in words(at).replace("\\", "")
    assert list(as_read(at.table[0]).iloc[:, 2]) == ["0%", "30%"]


def test_an_answer_that_cannot_be_read_is_told_by_its_row(
    context, open_screen, facilitator, draft_with, hand
):
    draft = draft_with()
    at = fill(opened(open_screen, facilitator, draft), ("なし", "No", "0%"), ("あり", "Yes", "10"))

    at = hand(at).press("auction_terms.criteria.add_act")

    assert at.error[0].value.replace("\\", "").startswith("#2 加点：「10」は割合")
    assert stored(context, draft).auction == USUAL


def test_values_that_reach_the_whole_are_refused(
    context, open_screen, facilitator, draft_with, hand
):
    draft = draft_with(criteria=(RATED,))
    at = fill(opened(open_screen, facilitator, draft), ("なし", "No", "0%"), ("あり", "Yes", "70%"))

    at = hand(at).press("auction_terms.criteria.add_act")

    assert "最高点の合計が 100%" in at.error[0].value
    assert stored(context, draft).auction.criteria == (RATED,)


def test_a_criterion_is_removed(context, open_screen, facilitator, draft_with, hand):
    draft = draft_with(criteria=(RATED,))

    hand(opened(open_screen, facilitator, draft)).press("auction_terms.rules.remove", name="格付け")

    assert stored(context, draft).auction.criteria == ()


def test_a_clock_round_says_that_it_knows_no_criteria(open_screen, facilitator, draft_with):
    draft = draft_with(format=Format.CLOCK, pricing=Pricing.UNIFORM)

    at = opened(open_screen, facilitator, draft)

    assert "クロック方式では品質評価を使いません" in words(at)
