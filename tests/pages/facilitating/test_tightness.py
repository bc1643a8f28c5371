"""How tight the rules of a draft are, tried on rounds that were cleared before."""

from fractions import Fraction

import pytest

from auctions.rules import EachRule, ShareRule, where
from club.domain.auction_terms import USUAL, AuctionTerms
from club.domain.lots import Mechanism
from club.i18n import Speech
from club.operations.clearing import clear_round
from club.operations.opening import draft_round
from pages.facilitating import round_form
from tests.markets import AFTER, a_ruled_market, round_terms
from tests.pages.facilitating.conftest import words
from tests.pages.reading import as_read

REMOVALS = ShareRule(
    name="removals",
    where=where({"mechanism": ["removal"]}),
    min_share=Fraction(1, 2),
    hard=True,
)
LOOSE = EachRule(name="loose", each="supplier", max_share=Fraction(9, 10), hard=True)
OFFERED = [(20_000, 4_000, Mechanism.AVOIDANCE, ()), (5_000, 8_000, Mechanism.REMOVAL, ())]


@pytest.fixture
def past(context, clock, facilitator):
    round_, _, _ = a_ruled_market(context, facilitator, USUAL, [12_000, 8_000], OFFERED)
    clock.at = round_.bidding_closes_at + AFTER
    clear_round(context, round_.id)
    return round_


def a_draft(context, facilitator, *rules):
    terms = round_terms(auction=AuctionTerms(rules=rules))
    return draft_round(context, facilitator, request_id=context.new_id(), terms=terms)


def rules_shown(at, speech):
    tables = [as_read(each) for each in at.table]
    (shown,) = (each for each in tables if speech.say("auction_terms.tight.effect") in each.columns)
    return [row[1:] for row in shown.itertuples(index=False, name=None)]


@pytest.mark.parametrize(
    ("language", "effects"),
    [
        (
            "ja",
            [
                ("50%", "効いている（なければ 10.000 t 多く買える）"),
                ("50%", "余裕あり（なくても結果は同じ）"),
            ],
        ),
        (
            "en",
            [
                ("50%", "Binds: without it 10.000 t more is bought"),
                ("50%", "Does not bind: the same is bought without it"),
            ],
        ),
    ],
)
def test_rules_are_measured_and_each_says_what_it_does(
    context, open_screen, facilitator, past, hand, language, effects
):
    draft = a_draft(context, facilitator, REMOVALS, LOOSE)
    at = open_screen(round_form.render, facilitator, language, id=draft.id)

    at = hand(at, language).press("auction_terms.tight.act", count=1)

    say = hand(at, language).says
    assert not at.exception
    assert say("auction_terms.tight.less", less_kg=10_000) in words(at)
    assert [(each.value, each.delta) for each in at.metric] == [
        ("10.000 t", say("auction_terms.tight.mean", mean_per_t=6_000)),
        ("20.000 t", say("auction_terms.tight.mean", mean_per_t=4_000)),
    ]
    assert rules_shown(at, Speech(language)) == effects


def test_rules_that_let_nothing_be_bought_say_so(context, open_screen, facilitator, past, hand):
    none = EachRule(name="none", each="supplier", max_share=Fraction(1, 3), hard=True)
    at = open_screen(round_form.render, facilitator, id=a_draft(context, facilitator, none).id)

    at = hand(at).press("auction_terms.tight.act", count=1)

    assert hand(at).says("auction_terms.tight.nothing") in words(at)
    assert [row[0] for row in rules_shown(at, Speech("ja"))] == [""]


def test_what_was_measured_is_stale_once_the_rules_have_changed(
    context, open_screen, facilitator, past, hand
):
    draft = a_draft(context, facilitator, REMOVALS, LOOSE)
    pressed = hand(open_screen(round_form.render, facilitator, id=draft.id))
    pressed.press("auction_terms.tight.act", count=1)

    at = pressed.press("auction_terms.rules.remove", name="loose")

    assert pressed.says("auction_terms.tight.stale") in words(at)
    assert not at.metric


def test_without_a_cleared_round_or_without_rules_there_is_nothing_to_measure(
    context, open_screen, facilitator, hand
):
    ruled, free = (a_draft(context, facilitator, *rules) for rules in ((LOOSE,), ()))

    with_rules, without = (
        open_screen(round_form.render, facilitator, id=draft.id) for draft in (ruled, free)
    )

    say = hand(with_rules).says
    assert say("auction_terms.tight.no_books") in words(with_rules)
    assert say("auction_terms.tight.title") not in words(without)
    assert not hand(with_rules).has("auction_terms.tight.act", count=1)
