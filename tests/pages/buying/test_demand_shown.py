"""Limits, minimums, thresholds and passes as members and the desk are told of them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from club.domain.auction_terms import USUAL, Format, Pricing, Sharing
from club.domain.organisations import Kind
from club.domain.rounds import WhenShort
from club.i18n import Speech
from club.operations.clearing import clear_round
from pages.buying import pledge as pledge_screen
from pages.buying import round_page
from pages.facilitating import round_desk
from tests.builders import join, open_round
from tests.cleared import over
from tests.markets import pledge, pledging_round
from tests.pages.facilitating.conftest import words
from tests.pages.reading import as_read

LANGUAGES = ["ja", "en"]


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def shown(at):
    assert not at.exception
    return words(at).replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_threshold_is_told_while_pledges_are_taken(open_screen, context, facilitator, language):
    round_ = pledging_round(context, facilitator, when_short=WhenShort.PROLONG)

    at = open_screen(round_page.render, join(context), language, id=round_.id)

    facts = {"minimum_kg": 10_000, "share": "10%", "when_short": WhenShort.PROLONG}
    assert say(language, "buying.round.threshold", **facts) in shown(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_round_that_was_prolonged_says_so(open_screen, context, facilitator, language):
    round_ = open_round(context, facilitator, was_prolonged=True, prolong_days=7)

    at = open_screen(round_page.render, join(context), language, id=round_.id)

    assert say(language, "buying.round.prolonged", count=7) in shown(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_if_says_why_one_would_get_nothing(open_screen, context, facilitator, language):
    round_ = pledging_round(context, facilitator)
    limited, choosy = join(context), join(context)
    pledge(context, limited, round_, 1_000, limit_per_t=2_000)
    pledge(context, choosy, round_, 30_000, minimum_kg=30_000)

    at = open_screen(pledge_screen.render, limited, language, id=round_.id)
    assert say(language, "buying.what_if.limit") in shown(at)
    at = open_screen(pledge_screen.render, choosy, language, id=round_.id)
    assert say(language, "buying.what_if.minimum") not in shown(at)
    at.slider(key=f"what if supply {round_.id}").set_value(50).run()
    assert say(language, "buying.what_if.minimum") in shown(at)


def test_what_if_says_that_other_ways_of_sharing_depend_on_others(
    open_screen, context, facilitator
):
    auction = replace(USUAL, sharing=Sharing.SMALL_FIRST)
    round_ = pledging_round(context, facilitator, auction=auction)

    at = open_screen(pledge_screen.render, join(context), "en", id=round_.id)

    assert say("en", "buying.what_if.sharing", sharing=Sharing.SMALL_FIRST) in shown(at)


def test_a_clock_round_asks_for_no_minimum(open_screen, context, facilitator):
    auction = replace(USUAL, format=Format.CLOCK, pricing=Pricing.UNIFORM)
    round_ = pledging_round(context, facilitator, auction=auction)

    at = open_screen(pledge_screen.render, join(context), id=round_.id)

    assert [each.key.split()[-1] for each in at.text_input] == ["quantity", "limit"]


FIVE = [(2_000, 8_000, 0)] * 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("pledged", "is_told"), [(FIVE, True), (FIVE[:4], False)])
def test_the_limit_that_bought_most_is_told_where_five_companies_take_part(
    open_screen, context, clock, facilitator, language, pledged, is_told
):
    round_, members, _ = over(context, clock, facilitator, pledged=pledged)
    clear_round(context, round_.id)

    at = open_screen(round_page.render, members[0], language, id=round_.id)

    bought_kg = 2_000 * len(pledged)
    facts = {"limit_per_t": 8_000, "demand_kg": bought_kg, "bought_kg": bought_kg}
    assert (say(language, "buying.outcome.limit", **facts) in shown(at)) is is_told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_sees_every_pass_with_its_limits(
    open_screen, context, clock, facilitator, language
):
    """25 t for pledges of 20 and 20: whoever wants 15 at least leaves, and it is done again."""
    round_, members, _ = over(
        context,
        clock,
        facilitator,
        pledged=[(20_000, 6_000, 15_000), (20_000, 4_000, 0)],
        offered=[(25_000, 3_000, 0), (1_000, 4_200, 0)],
    )
    clear_round(context, round_.id)

    at = open_screen(round_desk.render, facilitator, language, id=round_.id)

    told = shown(at)
    chosen = {"limit_per_t": 4_000, "bought_kg": 25_000}
    assert say(language, "facilitating.passes.chosen", number=1, **chosen) in told
    left = {"quota_kg": 12_500, "minimum_kg": 15_000}
    assert [line for line in told.splitlines() if str(left["minimum_kg"] // 1_000) in line]
    passes = [as_read(each) for each in at.table]
    head = say(language, "words.field.limit_per_t")
    ends = {head, say(language, "facilitating.passes.result")}
    limits = [table for table in passes if ends <= set(table.columns)]
    assert len(limits) == 2
    first = limits[0][head]
    assert list(first) == ["¥6,000 / t", "¥4,000 / t"]
    assert members[0].kind is Kind.MEMBER
    assert Fraction(1, 2) * 25_000 == left["quota_kg"]
