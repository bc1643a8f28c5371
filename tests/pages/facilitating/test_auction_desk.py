"""The auction desk on the facilitator's screen: who bids, and what is done to the time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from club.domain.organisations import Kind, Role
from club.operations.attending import attend
from pages.facilitating import auction_desk, round_desk
from pages.parts.visit import plain
from tests.builders import a_lot, join
from tests.live import CLOCK, END, a_live_round, bid, until
from tests.markets import AFTER, bidding_round, stored
from tests.pages.facilitating.conftest import told, words
from tests.pages.reading import as_read

LANGUAGES = ["ja", "en"]


@pytest.fixture
def sellers(context):
    return [
        join(context, Kind.SUPPLIER, name_ja=f"供給者{number}", name_en=f"Supplier {number}")
        for number in (1, 2)
    ]


@pytest.fixture
def round_(context, clock, facilitator, sellers):
    round_ = a_live_round(context, clock, facilitator, *sellers)
    until(context, clock, round_, END - timedelta(minutes=5))
    return round_


@pytest.mark.parametrize("language", LANGUAGES)
def test_bids_are_counted_by_supplier_and_prices_are_not_there(
    open_screen, hand, context, facilitator, sellers, round_, language
):
    bid(context, sellers[0], round_, a_lot(context, sellers[0]), 6_007)
    attend(context, sellers[1], round_.id)

    at = open_screen(auction_desk.render, facilitator, language, id=round_.id)

    says = hand(at, language).says
    assert not at.exception
    assert [each.value for each in at.metric] == [
        "00:05:00",
        "1",
        says("live.desk.of", some=1, all=2),
        "1",
    ]
    bidders, log = (as_read(each) for each in at.table)
    name = {"ja": "供給者", "en": "Supplier "}[language]
    connected = bidders.set_index(says("live.desk.head.supplier"))
    assert list(connected[says("live.desk.head.bids")].loc[[f"{name}1", f"{name}2"]]) == [1, 0]
    assert list(log[says("live.desk.log_head.what")]) == [
        says("live.kind.bid"),
        says("live.kind.started"),
    ]
    assert "6,007" not in words(at) + bidders.to_string() + log.to_string()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_end_is_extended_with_a_reason(
    open_screen, hand, context, facilitator, round_, language
):
    at = open_screen(auction_desk.render, facilitator, language, id=round_.id)
    press = hand(at, language)
    press.press("live.desk.extend")
    at.number_input[0].set_value(7)
    at.text_input[0].input("A supplier lost its line")

    press.confirm("live.desk.extend", "live.desk.extend_act")

    until_at = END + timedelta(minutes=7)
    assert told(at) == [press.says("live.desk.extended", ends_at=until_at)]
    assert stored(context, round_).bidding_closes_at == until_at
    assert "A supplier lost its line" in as_read(at.table[1]).to_string()


@pytest.mark.parametrize("language", LANGUAGES)
def test_beyond_the_hard_end_nothing_is_extended_and_the_reason_stays(
    open_screen, hand, context, facilitator, round_, language
):
    at = open_screen(auction_desk.render, facilitator, language, id=round_.id)
    press = hand(at, language)
    press.press("live.desk.extend")
    at.number_input[0].set_value(60)
    at.text_input[0].input("A supplier lost its line")

    press.confirm("live.desk.extend", "live.desk.extend_act")

    hard_end_at = round_.auction.hard_end_at
    assert press.says("errors.beyond_hard_end", hard_end_at=hard_end_at) in at.error[0].value
    assert at.text_input[0].value == "A supplier lost its line"
    assert stored(context, round_).bidding_closes_at == END


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_auction_is_paused_with_a_reason_and_goes_on(
    open_screen, hand, context, clock, facilitator, round_, language
):
    at = open_screen(auction_desk.render, facilitator, language, id=round_.id)
    press = hand(at, language)
    press.confirm("live.desk.pause", "live.desk.pause_act")
    assert press.says("words.field.reason") in at.error[0].value
    at.text_input[0].input("A *doubt*")
    press.confirm("live.desk.pause", "live.desk.pause_act")
    assert press.says("live.desk.was_paused") in told(at)
    assert plain("A *doubt*") in at.warning[0].value
    assert not press.has("live.desk.extend")

    until(context, clock, round_, END)
    press.confirm("live.desk.resume", "live.desk.resume_act")

    ends_at = END + timedelta(minutes=5)
    assert told(at) == [press.says("live.desk.was_resumed", ends_at=ends_at)]
    assert stored(context, round_).bidding_closes_at == ends_at


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_often_late_bids_moved_the_end_is_said(
    open_screen, hand, context, clock, facilitator, sellers, round_, language
):
    until(context, clock, round_, END)
    bid(context, sellers[0], round_, a_lot(context, sellers[0]), 6_000)

    at = open_screen(auction_desk.render, facilitator, language, id=round_.id)

    assert hand(at, language).says("live.desk.moved", count=1) in words(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rounds_own_desk_counts_no_envelopes(open_screen, hand, facilitator, round_, language):
    at = open_screen(round_desk.render, facilitator, language, id=round_.id)

    says = hand(at, language).says
    assert len(at.metric) == 2
    assert says("facilitating.invited.sealed") not in words(at)
    shown = [column for table in at.table for column in as_read(table).columns]
    assert says("facilitating.desk.envelopes") not in shown


def test_an_auditor_looks_on_and_once_it_is_over_so_does_everybody(
    open_screen, hand, context, clock, facilitator, round_
):
    auditor = join(context, Kind.OPERATOR, Role.AUDITOR)
    at = open_screen(auction_desk.render, auditor, "en", id=round_.id)
    assert not hand(at, "en").has("live.desk.pause")

    until(context, clock, round_, END + AFTER)
    at = open_screen(auction_desk.render, facilitator, "en", id=round_.id)

    assert not hand(at, "en").has("live.desk.pause")
    assert at.metric[0].value == hand(at, "en").says("live.over")


def test_the_clocks_price_is_shown(open_screen, context, clock, facilitator, sellers):
    round_ = a_live_round(context, clock, facilitator, *sellers, auction=CLOCK)

    at = open_screen(auction_desk.render, facilitator, "en", id=round_.id)

    assert at.metric[0].value == "¥10,000"


def test_what_has_no_auction_is_said(open_screen, hand, context, clock, facilitator, sellers):
    sealed = bidding_round(context, facilitator, sellers[0])

    for query in ({"id": sealed.id}, {"id": "nothing"}, {}):
        at = open_screen(auction_desk.render, facilitator, "en", **query)
        assert told(at) == [hand(at, "en").says("errors.not_found")]
