"""A supplier explains a low price: what it sees, sends and replaces, and until when."""

import pytest

from club.domain.flags import FlagState
from club.domain.organisations import Kind, Role
from club.i18n import Speech
from club.operations.justifying import decide_on_price
from pages.selling import awards, explain
from tests.builders import join
from tests.fallen import LOW, cleared, flagged, tick
from tests.pages.hand import Hand, told, words

LANGUAGES = ["ja", "en"]
TEXT = "自社の在庫で、追加の費用がかからないため"


@pytest.fixture
def market(context, clock):
    return cleared(context, clock, join(context, Kind.OPERATOR, Role.FACILITATOR), offered=LOW)


@pytest.fixture
def flag(market):
    return flagged(market)[0]


def write(hand, text, act="low_prices.send"):
    hand.at.text_area[0].input(text)
    return hand.press(act)


def decide(market, *, accepts, reason=""):
    (flag,) = flagged(market)
    decide_on_price(
        market.context,
        market.facilitator,
        request_id="decide",
        award_id=flag.award_id,
        seen_at=flag.explained_at,
        accepts=accepts,
        reason=reason,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_price_stands_beside_what_others_asked_for_and_until_when_to_explain(
    open_screen, market, flag, language
):
    at = open_screen(explain.render, market.sellers[0], language, id=flag.award_id)

    say, speech = Hand(at, language).says, Speech(language)
    assert not at.exception
    assert [metric.value for metric in at.metric] == ["¥2,000 / t", "¥5,750 / t", "¥5,000 / t"]
    assert [metric.delta for metric in at.metric][1:] == [
        speech.say("low_prices.below", share="65.21…%"),
        speech.say("low_prices.below", share="60%"),
    ]
    assert say("low_prices.please", until=speech.at(flag.explain_by_at)) in words(at)
    assert say("low_prices.who_reads") in words(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_is_sent_and_may_be_replaced(open_screen, market, flag, language):
    hand = Hand(open_screen(explain.render, market.sellers[0], language), language)

    at = write(hand, TEXT)

    assert at.success[0].value == hand.says("low_prices.now_sent")
    assert (flagged(market)[0].state, flagged(market)[0].explanation) == (
        FlagState.EXPLAINED,
        TEXT,
    )
    assert at.text_area[0].value == TEXT
    write(hand, f"{TEXT}。", "low_prices.replace")
    assert flagged(market)[0].explanation == f"{TEXT}。"


def test_nothing_is_no_explanation(open_screen, market, flag):
    hand = Hand(open_screen(explain.render, market.sellers[0]))

    at = hand.press("low_prices.send")

    assert hand.says("errors.missing") in at.error[0].value
    assert flagged(market) == [flag]


def test_too_late_it_is_refused_and_what_was_typed_stays(open_screen, market, flag, clock):
    hand = Hand(open_screen(explain.render, market.sellers[0]))
    clock.at = flag.explain_by_at
    clock.forward(minutes=1)

    at = write(hand, TEXT)

    facts = {"closed_at": flag.explain_by_at, "now_at": clock.at}
    assert hand.says("errors.explaining_over", **facts) in told(at)
    assert at.text_area[0].value == TEXT
    assert flagged(market) == [flag]


def test_after_the_deadline_there_is_nothing_to_type(open_screen, market, flag, clock):
    clock.at = flag.explain_by_at
    clock.forward(minutes=1)

    at = open_screen(explain.render, market.sellers[0])

    assert not at.text_area
    assert told(at) == [
        Hand(at).says("low_prices.too_late", until=Speech("ja").at(flag.explain_by_at))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decision_and_what_the_office_said_are_told(open_screen, market, language):
    write(Hand(open_screen(explain.render, market.sellers[0])), TEXT)
    decide(market, accepts=False, reason="原価の根拠がない")

    at = open_screen(explain.render, market.sellers[0], language)

    say = Hand(at, language).says
    assert say("low_prices.fell.not_accepted") in words(at)
    assert say("low_prices.office_said", reason="原価の根拠がない") in words(at)
    assert not at.text_area


def test_anothers_price_is_not_found(open_screen, market, flag):
    at = open_screen(explain.render, market.sellers[1], id=flag.award_id)

    assert told(at) == [Hand(at).says("errors.not_found")]
    assert not at.metric


def test_without_a_low_price_it_says_so(open_screen, market):
    at = open_screen(explain.render, market.sellers[1])

    assert at.info[0].value == Hand(at).says("low_prices.none_of_mine")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_award_in_question_is_not_to_be_delivered_yet(open_screen, market, language):
    at = open_screen(awards.render, market.sellers[0], language)

    assert not at.exception
    assert Hand(at, language).says("errors.awards_in_question") in words(at)
    assert Hand(at, language).says("selling.state.in_question") in words(at)
    assert not at.text_input


def test_an_award_that_fell_away_is_listed_with_its_cause(open_screen, market, flag, clock):
    clock.at = flag.explain_by_at
    clock.forward(minutes=1)
    tick(market)
    clock.forward(days=6)
    tick(market)

    at = open_screen(awards.render, market.sellers[0])

    say = Hand(at).says
    assert say("selling.fallen") in words(at)
    assert say("words.cause.unexplained") in words(at)
    assert not at.table
