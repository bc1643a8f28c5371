"""A member is asked whether it stays with what would be bought instead of a fallen award."""

import pytest

from club.domain.falling import Answer
from club.domain.organisations import Kind, Role
from club.i18n import Speech
from pages.buying import allocation, round_page, stay
from tests.builders import colleague, join
from tests.fallen import answer, asked, cleared, fall, tick
from tests.pages.hand import Hand, told, words

LANGUAGES = ["ja", "en"]


@pytest.fixture
def market(context, clock):
    """Of 50 t, 25 t at 5,000 fell away, and 25 t at 6,500 would take their place."""
    market = cleared(context, clock, join(context, Kind.OPERATOR, Role.FACILITATOR))
    fall(market, 5_000)
    tick(market)
    return market


def said(market):
    """The members' answers, in their order."""
    answers = {question.organisation_id: question.answer for question in asked(market)}
    return [answers[id] for id in market.ids]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_what_would_come_and_at_which_price_is_shown(open_screen, market, language):
    at = open_screen(stay.render, market.members[1], language, id=market.round_.id)

    say, speech = Hand(at, language).says, Speech(language)
    assert not at.exception
    assert [metric.value for metric in at.metric] == [
        speech.kg(10_000),
        speech.kg(10_000),
        "¥6,500 / t",
    ]
    assert [metric.delta for metric in at.metric][1:] == [
        speech.say("stay.would_owe", value_jpy=65_000),
        speech.say("stay.limit", limit_per_t=6_600),
    ]
    assert say("stay.asked", lost_kg=10_000, instead_kg=10_000) in words(at)
    assert say("stay.please", until=speech.at(asked(market)[0].answer_by_at)) in words(at)
    assert [len(table.value) for table in at.table] == [1, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_staying_is_one_press_and_may_be_changed(open_screen, market, language):
    hand = Hand(open_screen(stay.render, market.members[0], language), language)

    at = hand.press("stay.stay", instead_kg=15_000)

    assert at.success[0].value == hand.says("stay.now.stay")
    assert said(market) == [Answer.STAY, None]
    until = Speech(language).at(asked(market)[0].answer_by_at)
    assert hand.says("stay.said.stay", until=until) in words(at)
    assert hand.button("stay.stay", instead_kg=15_000).disabled
    hand.confirm("stay.leave", "stay.leave_act", instead_kg=15_000)
    assert said(market) == [Answer.LEAVE, None]


def test_leaving_is_restated_before_it_is_done(open_screen, market):
    hand = Hand(open_screen(stay.render, market.members[0]))

    at = hand.press("stay.leave")
    assert hand.says("stay.leaves", instead_kg=15_000) in words(at)
    assert hand.says("stay.leaves_kept", kept_kg=15_000) in words(at)
    assert said(market) == [None, None]
    hand.button("stay.leave").click()
    hand.press("stay.leave_act", instead_kg=15_000)

    assert said(market) == [Answer.LEAVE, None]


def test_an_answer_after_the_last_instant_is_refused_in_words(open_screen, market, clock):
    hand = Hand(open_screen(stay.render, market.members[0]))
    clock.at = asked(market)[0].answer_by_at
    clock.forward(minutes=1)

    at = hand.press("stay.stay", instead_kg=15_000)

    assert said(market) == [None, None]
    assert hand.says("stay.over.silence") in words(at)
    assert not hand.has("stay.leave")


@pytest.mark.parametrize("language", LANGUAGES)
def test_when_all_is_settled_the_answer_and_the_new_share_are_told(open_screen, market, language):
    answer(market, market.members[0], Answer.LEAVE)
    answer(market, market.members[1])
    tick(market)

    at = open_screen(stay.render, market.members[0], language)
    mine = open_screen(allocation.render, market.members[1], language, id=market.round_.id)
    page = open_screen(round_page.render, market.members[1], language, id=market.round_.id)

    say, speech = Hand(at, language).says, Speech(language)
    assert [len(screen.exception) for screen in (at, mine, page)] == [0, 0, 0]
    assert say("stay.over.leave") in words(at)
    assert mine.metric[0].value == speech.kg(20_000)
    assert say("buying.allocation.has_changed") in words(mine)
    assert say("words.cause.withdrawn") in words(page)


def test_somebody_who_may_not_answer_reads_and_presses_nothing(open_screen, context, market):
    learner = colleague(context, market.members[0], Role.LEARNER)

    at = open_screen(stay.render, learner)

    assert at.metric[1].value == Speech("ja").kg(15_000)
    assert not at.button


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_another_members_question_there_is_nothing_to_see(
    open_screen, context, market, language
):
    at = open_screen(stay.render, join(context), language)

    assert at.info[0].value == Hand(at, language).says("stay.nothing")
    assert not at.metric


def test_a_round_that_asked_nothing_is_not_found(open_screen, market):
    at = open_screen(stay.render, market.members[0], id="other")

    assert told(at) == [Hand(at).says("errors.not_found")]
