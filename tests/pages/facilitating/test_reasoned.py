"""Why each offer won or lost, on the desk of a cleared round."""

from dataclasses import replace
from datetime import timedelta

import pytest

from club.domain.organisations import Kind, Role
from club.i18n import Speech
from club.operations.clearing import clear_round
from club.operations.explaining import explain_due
from club.operations.questions import ask_here, untold
from pages.facilitating import round_desk
from tests import fallen
from tests.builders import a_lot, colleague, join
from tests.cleared import over
from tests.live import CLOCK, END, a_live_round, confirm, until
from tests.markets import AFTER
from tests.pages.facilitating.conftest import words
from tests.pages.reading import as_read

JA, EN = Speech("ja"), Speech("en")
WHOLE_LOTS = [(30_000, 4_000, 30_000), (40_000, 5_000, 40_000)]


@pytest.fixture
def bound(context, clock, facilitator):
    """A cleared round in which a minimum decides."""
    round_, _, _ = over(context, clock, facilitator, [(50_000, None, 0)], WHOLE_LOTS)
    clear_round(context, round_.id)
    return round_


def offers_shown(at, speech):
    """Of each offer what it won of which terms, and why."""
    tables = [as_read(each) for each in at.table]
    (shown,) = (each for each in tables if speech.say("why.head.offer") in each.columns)
    return [row[1:] for row in shown.itertuples(index=False, name=None)]


def as_merit_tells(question, told=untold):
    return ask_here(replace(question, most_clears=0), told)


@pytest.mark.parametrize(
    ("language", "results", "why", "price"),
    [
        (
            "ja",
            (
                "落札 0 kg（応札 30.000 t、最低 30.000 t、¥4,000 / t）",
                "落札 40.000 t（応札 40.000 t、最低 40.000 t、¥5,000 / t）",
            ),
            "最低量がなければ落札していました。",
            "どの価格でも落札できませんでした。",
        ),
        (
            "en",
            (
                "Won 0 kg of 30.000 t, at least 30.000 t, at ¥4,000 / t",
                "Won 40.000 t of 40.000 t, at least 40.000 t, at ¥5,000 / t",
            ),
            "Without it, it would have won.",
            "It would not have won at any price.",
        ),
    ],
)
def test_each_offer_stands_with_its_terms_its_reason_and_the_price_that_wins(
    context, open_screen, facilitator, bound, language, results, why, price
):
    explain_due(context)

    at = open_screen(round_desk.render, facilitator, language, id=bound.id)

    assert not at.exception
    lost, won = offers_shown(at, Speech(language))
    assert (lost[0], won[0]) == results
    assert why in lost[1]
    assert price in lost[1]


def test_reasons_that_are_not_there_yet_are_waited_for(open_screen, facilitator, bound, hand):
    at = open_screen(round_desk.render, facilitator, id=bound.id)

    assert hand(at).says("why.waiting") in words(at)
    assert [row[1] for row in offers_shown(at, JA)] == [hand(at).says("why.not_yet")] * 2


def test_the_rest_is_worked_out_when_asked(context, open_screen, facilitator, bound, hand):
    explain_due(context, as_merit_tells)
    at = open_screen(round_desk.render, facilitator, "en", id=bound.id)
    assert "not been looked into" in offers_shown(at, EN)[0][1]

    at = hand(at, "en").press("why.find_out")

    assert at.success[0].value == hand(at, "en").says("why.found_out")
    assert "Without it, it would have won." in offers_shown(at, EN)[0][1]
    assert not hand(at, "en").has("why.find_out")


def test_an_auditor_reads_the_same_and_before_the_clearing_there_is_nothing(
    context, clock, open_screen, facilitator, hand
):
    round_, _, _ = over(context, clock, facilitator)
    clock.at = round_.bidding_closes_at - timedelta(days=1)
    before = open_screen(round_desk.render, facilitator, id=round_.id)
    clock.at = round_.bidding_closes_at + timedelta(seconds=1)
    clear_round(context, round_.id)
    explain_due(context)

    at = open_screen(round_desk.render, colleague(context, facilitator, Role.AUDITOR), id=round_.id)

    assert hand(at).says("why.title") not in words(before)
    assert len(offers_shown(at, JA)) == 3


def test_a_clock_tells_why_nobody_lost_and_who_sold(context, clock, open_screen, facilitator, hand):
    sellers = [join(context, Kind.SUPPLIER) for _ in range(2)]
    round_ = a_live_round(context, clock, facilitator, *sellers, auction=CLOCK)
    until(context, clock, round_, END)
    for seller, quantity_kg in zip(sellers, (15_000, 25_000), strict=True):
        confirm(context, seller, round_, a_lot(context, seller), quantity_kg, 10_000)
    until(context, clock, round_, END + AFTER)
    assert clear_round(context, round_.id)
    explain_due(context)

    at = open_screen(round_desk.render, facilitator, id=round_.id)

    assert hand(at).says("why.clock") in words(at)
    assert sorted(offers_shown(at, JA)) == [
        ("落札 15.000 t（応札 15.000 t、¥10,000 / t）",),
        ("落札 25.000 t（応札 25.000 t、¥10,000 / t）",),
    ]


def test_an_award_that_fell_away_since_says_so(context, clock, open_screen, facilitator):
    market = fallen.cleared(context, clock, facilitator)
    explain_due(context)
    fallen.replaced(market, 5_000)

    at = open_screen(round_desk.render, facilitator, "en", id=market.round_.id)

    assert [row[0] for row in offers_shown(at, EN)] == [
        "Won 25.000 t of 25.000 t at ¥4,000 / t",
        "Won 25.000 t of 25.000 t at ¥5,000 / t; now 0 kg after later changes",
        "Won 0 kg of 50.000 t at ¥6,500 / t; now 25.000 t after later changes",
    ]
