"""What a round buys and how, on its page: terms in words, rules as bars, quality."""

from dataclasses import replace
from fractions import Fraction

import pytest

from auctions.rules import CountRule, EachRule, ShareRule, where
from club.domain.auction_terms import USUAL, AuctionTerms, Format, Pricing, Sealing
from club.domain.lots import Mechanism
from club.domain.organisations import Kind
from club.i18n import Speech
from club.operations.clearing import clear_round
from pages.buying import round_page
from tests.builders import NOON, join, open_round
from tests.club.domain.test_auction_terms import QUALITY
from tests.markets import AFTER, a_ruled_market, pledging_round
from tests.pages.facilitating.conftest import words
from tests.pages.reading import as_read

LANGUAGES = ["ja", "en"]
REMOVAL = ShareRule(
    name="removal", where=where({"mechanism": ["removal"]}), min_share=Fraction(2, 5), hard=True
)
CAP = EachRule(name="cap", each="supplier", max_share=Fraction(7, 10), hard=False, order=1)
MANY = CountRule(name="many", min_suppliers=2, hard=True)
RULES = (REMOVAL, MANY, CAP)
BOUGHT = '"field": "bought"'


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def page(open_screen, actor, round_, language="ja"):
    at = open_screen(round_page.render, actor, language, id=round_.id)
    assert not at.exception
    return at


def charts(at):
    return [each.proto.spec for each in at.get("vega_lite_chart")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Kind.MEMBER, Kind.SUPPLIER])
def test_members_and_suppliers_read_how_the_auction_runs(
    open_screen, context, facilitator, language, kind
):
    round_ = pledging_round(context, facilitator)

    shown = words(page(open_screen, join(context, kind), round_, language)).replace("\\", "")

    for field in ("format", "pricing", "sharing", "sealing"):
        chosen = getattr(USUAL, field)
        assert say(language, f"auction_terms.{field}.{chosen}") in shown
    assert say(language, "auction_terms.told.explain", days=5) in shown


@pytest.mark.parametrize(
    ("auction", "id", "facts"),
    [
        (
            replace(USUAL, sealing=Sealing.OPENERS, openers_needed=3),
            "openers",
            {"needed": 3, "days": 3},
        ),
        (
            replace(USUAL, format=Format.CLOCK, pricing=Pricing.UNIFORM),
            "clock",
            {"ceiling_per_t": 10_000, "step_per_t": 100, "seconds": 600},
        ),
        (replace(USUAL, rules=RULES, wanted_kg=7_000), "wanted", {"wanted_kg": 7_000}),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_format_tells_its_own_terms(
    open_screen, context, facilitator, language, auction, id, facts
):
    round_ = open_round(context, facilitator, auction=auction)

    shown = words(page(open_screen, join(context), round_, language))

    assert say(language, f"auction_terms.told.{id}", **facts) in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_live_round_tells_its_ends(open_screen, context, facilitator, language):
    end = pledging_round(context, facilitator).bidding_closes_at
    auction = AuctionTerms(format=Format.DESCENDING, hard_end_at=end)
    round_ = pledging_round(context, facilitator, auction=auction)

    shown = words(page(open_screen, join(context), round_, language))

    facts = {"seconds": 180, "closes_at": end, "hard_end_at": end}
    assert say(language, "auction_terms.told.soft_close", **facts) in shown
    assert end > NOON


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_clearing_the_rules_are_bars_of_their_bounds_with_a_table_beside(
    open_screen, context, facilitator, language
):
    round_ = pledging_round(context, facilitator, auction=AuctionTerms(rules=RULES))

    at = page(open_screen, join(context), round_, language)

    (chart,) = charts(at)
    assert BOUGHT not in chart
    rules = as_read(at.table[0])
    assert list(rules.iloc[:, 0]) == ["removal", "many", "cap"]
    assert say(language, "auction_terms.bar.bought") not in rules.columns


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_clearing_what_was_bought_stands_against_the_rules(
    open_screen, context, clock, facilitator, language
):
    """9 t of 10 t had to be bought of the dear supplier, past its soft cap."""
    auction = AuctionTerms(rules=RULES, wanted_kg=10_000)
    round_, members, _ = a_ruled_market(
        context,
        facilitator,
        auction,
        [10_000],
        [(1_000, 3_000, Mechanism.REDUCTION, ()), (20_000, 9_000, Mechanism.REMOVAL, ())],
    )
    clock.at = round_.bidding_closes_at + AFTER
    clear_round(context, round_.id)

    at = page(open_screen, members[0], round_, language)

    assert BOUGHT in charts(at)[0]
    rules = as_read(at.table[0])
    suppliers = say(language, "auction_terms.bar.suppliers", count=2)
    assert list(rules[say(language, "auction_terms.bar.bought")]) == ["90%", suppliers, "90%"]
    held = say(language, "auction_terms.bar.held")
    assert list(rules[say(language, "auction_terms.bar.outcome")]) == [
        held,
        held,
        say(language, "auction_terms.bar.yielded", by=Fraction(1, 5)),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_criteria_are_told_with_what_each_answer_earns(
    open_screen, context, facilitator, language
):
    round_ = pledging_round(context, facilitator, auction=AuctionTerms(criteria=(QUALITY,)))

    at = page(open_screen, join(context), round_, language)

    told = as_read(at.table[0])
    assert list(told.iloc[:, 2]) == ["0%", "10%"]
    assert told.iloc[0, 0] == (QUALITY.name_ja if language == "ja" else QUALITY.name_en)
