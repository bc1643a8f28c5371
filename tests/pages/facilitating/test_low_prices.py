"""The office reads explanations of low prices and decides; an award can be let fall by hand."""

import pytest

from club.domain.falling import Cause
from club.domain.flags import FlagState
from club.domain.organisations import Kind, Role
from club.i18n import Speech
from club.operations.justifying import explain_price
from club.store import falling
from pages.facilitating import low_prices, round_desk, rounds_desk
from tests.builders import colleague, join
from tests.fallen import LOW, award_at, cleared, flagged, invoices, tick
from tests.pages.hand import Hand, told, words

LANGUAGES = ["ja", "en"]
TEXT = "自社の在庫のため\n追加の費用はありません"


@pytest.fixture
def market(context, clock, facilitator):
    return cleared(context, clock, facilitator, offered=LOW)


def explain(market):
    (flag,) = flagged(market)
    return explain_price(
        market.context,
        market.sellers[0],
        request_id="explain",
        award_id=flag.award_id,
        explanation=TEXT,
    )


def falls(market):
    with market.context.database.read() as tx:
        return falling.falls_of_round(tx, market.round_.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_price_that_waits_for_its_supplier_can_only_be_read(open_screen, market, language):
    at = open_screen(low_prices.render, market.facilitator, language)

    hand, (flag,) = Hand(at, language), flagged(market)
    assert not at.exception
    assert [metric.value for metric in at.metric] == ["¥2,000 / t", "¥5,750 / t", "¥5,000 / t"]
    until = Speech(language).at(flag.explain_by_at)
    assert hand.says("low_prices.awaited", until=until) in words(at)
    assert not hand.has("low_prices.accept")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation_is_read_and_accepted_and_the_invoices_leave(open_screen, market, language):
    explain(market)
    hand = Hand(open_screen(low_prices.render, market.facilitator, language), language)
    assert "追加の費用はありません" in words(hand.at)
    assert invoices(market) == [None, None]

    at = hand.confirm("low_prices.accept", "low_prices.accept_act", quantity_kg=25_000)

    (flag,) = flagged(market)
    assert not at.exception
    assert (flag.state, flag.decided_by) == (FlagState.ACCEPTED, market.facilitator.person_id)
    assert [invoice.value_jpy for invoice in invoices(market)] == [105_000, 70_000]
    assert hand.says("low_prices.none_open") in words(at)
    assert len(at.table[0].value) == 1


def refuse(hand, market, reason):
    hand.press("low_prices.refuse")
    (flag,) = flagged(market)
    hand.at.text_area(key=f"refuse {flag.award_id} reason").input(reason)
    hand.button("low_prices.refuse").click()
    return hand.press("low_prices.refuse_act", quantity_kg=25_000)


def test_not_to_accept_needs_a_reason_and_lets_the_award_fall(open_screen, market):
    explain(market)
    hand = Hand(open_screen(low_prices.render, market.facilitator))

    at = refuse(hand, market, "")
    assert any(hand.says("errors.missing") in each for each in told(at))
    assert falls(market) == []
    at = refuse(hand, market, "原価の根拠がない")

    (flag,), (fallen,) = flagged(market), falls(market)
    assert (flag.state, flag.decision) == (FlagState.NOT_ACCEPTED, "原価の根拠がない")
    assert (fallen.cause, fallen.reason) == (Cause.NOT_ACCEPTED, "原価の根拠がない")


def test_an_auditor_reads_and_decides_nothing(open_screen, context, market):
    explain(market)
    auditor = colleague(context, market.facilitator, Role.AUDITOR)

    at = open_screen(low_prices.render, auditor)

    hand = Hand(at)
    assert "追加の費用はありません" in words(at)
    assert not hand.has("low_prices.accept")
    assert not hand.has("low_prices.refuse")


def test_a_supplier_that_types_the_address_is_shown_nothing(open_screen, context, market):
    at = open_screen(low_prices.render, join(context, Kind.SUPPLIER))

    assert told(at) == [Hand(at).says("errors.not_allowed")]
    assert not at.metric


def test_the_list_of_rounds_leads_to_the_decision_once_there_is_something_to_read(
    open_screen, market
):
    def step(word):
        hand = Hand(open_screen(rounds_desk.render, market.facilitator))
        return hand.has(f"facilitating.next.{word}.button")

    before = step("in_question")
    explain(market)

    assert (before, step("decide")) == (True, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_says_that_a_price_is_in_question(open_screen, market, language):
    at = open_screen(round_desk.render, market.facilitator, language, id=market.round_.id)

    say = Hand(at, language).says
    assert not at.exception
    assert say("following.low_prices", count=1) in words(at)
    assert say("errors.awards_in_question") in words(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_supplier_that_does_not_deliver_is_recorded_and_the_search_is_shown(
    open_screen, context, clock, facilitator, language
):
    market = cleared(context, clock, facilitator, offered=[(50_000, 5_000, 0), (50_000, 6_500, 0)])
    screen = open_screen(round_desk.render, facilitator, language, id=market.round_.id)
    hand, lot_id = Hand(screen, language), award_at(market, 5_000).lot_id

    hand.press("facilitating.fall.ask")
    hand.at.text_area(key=f"fall {lot_id} reason").input("在庫が確保できない")
    hand.button("facilitating.fall.ask").click()
    hand.press("facilitating.fall.act", quantity_kg=50_000)
    assert [(f.cause, f.reason) for f in falls(market)] == [(Cause.WITHDRAWN, "在庫が確保できない")]
    tick(market)
    at = open_screen(round_desk.render, facilitator, language, id=market.round_.id)

    say = Hand(at, language).says
    assert not at.exception
    assert say("following.falling") in words(at)
    assert "在庫が確保できない" in words(at)
    assert any(len(table.value) == len(market.members) for table in at.table)
