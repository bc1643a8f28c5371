"""A supplier reads why its own offers won or lost, and of nobody else's."""

from dataclasses import replace

import pytest

from club.domain.organisations import Kind
from club.i18n import Speech
from club.operations.clearing import clear_round
from club.operations.explaining import explain_due
from club.operations.questions import ask_here, untold
from pages.parts.visit import plain
from pages.selling import offers
from tests import fallen
from tests.builders import a_lot, join
from tests.cleared import over
from tests.live import CLOCK, END, a_live_round, bid, confirm, until
from tests.markets import AFTER

LANGUAGES = ["ja", "en"]
WHOLE_LOTS = [(30_000, 4_000, 30_000), (40_000, 5_000, 40_000)]


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def texts(at):
    return "\n".join(each.value for each in (*at.markdown, *at.caption))


@pytest.fixture
def sellers(context, clock, facilitator):
    """A minimum kept the first out, and the second won."""
    round_, _, sold = over(context, clock, facilitator, [(50_000, None, 0)], WHOLE_LOTS)
    clear_round(context, round_.id)
    return [seller for seller, _ in sold]


@pytest.fixture
def dear(context, clock, facilitator):
    """Somebody whose offer was above the only member's limit."""
    offered = [(25_000, 4_000, 0), (50_000, 9_000, 0)]
    round_, _, sold = over(context, clock, facilitator, [(40_000, 8_000, 0)], offered)
    clear_round(context, round_.id)
    explain_due(context)
    return sold[1][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_loser_reads_its_reason_and_the_winner_that_it_won(
    context, open_screen, sellers, language
):
    explain_due(context)

    lost, won = (texts(open_screen(offers.render, seller, language)) for seller in sellers)

    reason = plain(say(language, "why.lost.own_minimum"))
    assert reason in lost
    assert plain(say(language, "why.price.none")) in lost
    assert plain(say(language, "why.won_whole")) in won
    assert reason not in won


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_limit_of_few_members_is_not_told(open_screen, dear, language):
    shown = texts(open_screen(offers.render, dear, language))

    assert plain(say(language, "why.lost.above_limit")) in shown
    assert plain(say(language, "why.price.at_least", wins_per_t=4_000)) in shown
    assert "8,000" not in shown


def test_reasons_that_are_not_there_yet_are_waited_for(open_screen, sellers):
    at = open_screen(offers.render, sellers[0])

    assert say("ja", "why.waiting") in texts(at)
    assert not at.exception


def test_a_supplier_has_the_rest_worked_out(context, open_screen, sellers):
    def as_merit_tells(question, told=untold):
        return ask_here(replace(question, most_clears=0), told)

    explain_due(context, as_merit_tells)
    at = open_screen(offers.render, sellers[0], "en")
    assert plain(say("en", "why.lost.not_looked_into")) in texts(at)

    (button,) = (each for each in at.button if each.label == say("en", "why.find_out"))
    at = button.click().run()

    assert at.success[0].value == say("en", "why.found_out")
    assert plain(say("en", "why.lost.own_minimum")) in texts(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_final_bids_of_a_live_round_stand_with_their_reasons(
    context, clock, open_screen, facilitator, language
):
    sellers = [join(context, Kind.SUPPLIER) for _ in range(2)]
    round_ = a_live_round(context, clock, facilitator, *sellers)
    for seller, price_per_t in zip(sellers, (4_000, 5_000), strict=True):
        bid(context, seller, round_, a_lot(context, seller), price_per_t)
    until(context, clock, round_, END + AFTER)
    assert clear_round(context, round_.id)
    explain_due(context)

    won, lost = (texts(open_screen(offers.render, seller, language)) for seller in sellers)

    facts = {"quantity_kg": 50_000, "price_per_t": 5_000}
    assert plain(say(language, "why.won_whole")) in won
    assert say(language, "selling.offered", **facts) in lost
    assert plain(say(language, "why.lost.dearer", dearest_per_t=4_000)) in lost
    assert plain(say(language, "why.price.highest", wins_per_t=3_999)) in lost
    assert "5,000" not in won


def test_what_was_confirmed_in_a_clock_is_told_to_sell_by_its_share(
    context, clock, open_screen, facilitator
):
    seller = join(context, Kind.SUPPLIER)
    round_ = a_live_round(context, clock, facilitator, seller, auction=CLOCK)
    until(context, clock, round_, END)
    confirm(context, seller, round_, a_lot(context, seller), 40_000, 10_000)
    until(context, clock, round_, END + AFTER)
    assert clear_round(context, round_.id)
    explain_due(context)

    shown = texts(open_screen(offers.render, seller))

    assert say("ja", "why.clock") in shown
    assert say("ja", "selling.offered", quantity_kg=40_000, price_per_t=10_000) in shown
    assert plain(say("ja", "why.won_whole")) not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_award_that_fell_away_since_says_so_beside_the_reason(
    context, clock, open_screen, facilitator, language
):
    market = fallen.cleared(context, clock, facilitator)
    explain_due(context)
    fallen.replaced(market, 5_000)

    stands, fell = (
        texts(open_screen(offers.render, seller, language)) for seller in market.sellers[:2]
    )

    said = say(language, "why.changed_since", won_kg=25_000, stands_kg=0)
    assert said in fell
    assert plain(say(language, "why.won_whole")) in fell
    assert said not in stands
