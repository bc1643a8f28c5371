"""Portfolio rules written, reordered and removed on a draft."""

from dataclasses import replace
from fractions import Fraction

import pytest

from auctions.rules import CountRule, EachRule, ShareRule, where
from club.domain.attributes import Attribute
from club.domain.auction_terms import USUAL, AuctionTerms, Format, Pricing
from club.domain.organisations import Kind
from club.operations.opening import draft_round
from pages.facilitating import round_form
from tests.builders import a_lot, join
from tests.markets import round_terms, stored
from tests.pages.facilitating.conftest import words

RULES = (
    CountRule(name="many", min_suppliers=2, minimum_award_kg=500, hard=True),
    ShareRule(
        name="removal",
        where=where({"mechanism": ["removal"], "vintage": [2024, 2025]}),
        min_share=Fraction(2, 5),
        hard=False,
        order=1,
    ),
    EachRule(name="each", each="supplier", max_share=Fraction(1, 3), hard=False, order=2),
)


@pytest.fixture
def draft(context, facilitator):
    a_lot(context, join(context, Kind.SUPPLIER))
    return draft_round(context, facilitator, request_id="draft", terms=round_terms())


def with_rules(context, facilitator, **given):
    terms = round_terms(auction=AuctionTerms(rules=RULES, **given))
    return draft_round(context, facilitator, request_id="ruled", terms=terms)


def opened(open_screen, facilitator, draft, language="ja"):
    return open_screen(round_form.render, facilitator, language=language, id=draft.id)


def field(at, name, kind="text_input"):
    """The field of the new rule."""
    (found,) = (
        each
        for each in getattr(at, kind)
        if (each.key or "").startswith("rule") and each.key.endswith(f" {name}")
    )
    return found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ja",
            [
                "落札する供給者：2 社以上（1 社あたり 500 kg 以上）",
                "吸収・除去 かつ 2024 または 2025 年のビンテージ：40% 以上",
                "どの供給者も：1/3 以下",
            ],
        ),
        (
            "en",
            [
                "At least 2 suppliers, each awarded 500 kg or more",
                "Removal, vintage 2024 or 2025: at least 40%",
                "Each supplier: at most 1/3",
            ],
        ),
    ],
)
def test_rules_are_read_back_in_words(context, open_screen, facilitator, language, said):
    at = opened(open_screen, facilitator, with_rules(context, facilitator), language)

    shown = words(at).replace("\\", "")
    assert not at.exception
    assert [sentence for sentence in said if sentence not in shown] == []


def test_a_rule_is_composed_restated_and_added(context, open_screen, facilitator, draft, hand):
    at = opened(open_screen, facilitator, draft)
    field(at, "accepted", "multiselect").set_value([Attribute.MECHANISM, Attribute.LABEL]).run()
    field(at, "mechanism", "multiselect").set_value(["removal"])
    field(at, "label", "multiselect").set_value(["ccp"])
    at = field(at, "min_share").set_value("４割").run()
    assert "「CCP（コア炭素原則）」ラベル付き かつ 吸収・除去：40% 以上" in words(at).replace(
        "\\", ""
    )

    at = hand(at).press("auction_terms.rules.add_act")

    expected = ShareRule(
        name="R1",
        where=where({"mechanism": ["removal"], "label:ccp": [True]}),
        min_share=Fraction(2, 5),
        hard=True,
    )
    assert stored(context, draft).auction == replace(USUAL, rules=(expected,))
    assert field(at, "min_share").value == ""


@pytest.mark.parametrize("kind", ["each", "count"])
def test_caps_and_counts_are_added_too(context, open_screen, facilitator, draft, hand, kind):
    at = opened(open_screen, facilitator, draft)
    at = field(at, "rule_kind", "segmented_control").set_value(kind).run()
    if kind == "each":
        field(at, "max_share").set_value("1/3")
    else:
        field(at, "min_suppliers", "number_input").set_value(3)
    field(at, "hard", "radio").set_value(False)

    hand(at).press("auction_terms.rules.add_act")

    (rule,) = stored(context, draft).auction.rules
    assert (rule.name, rule.hard, rule.order) == ("R1", False, 1)
    assert getattr(rule, "max_share", None) == (Fraction(1, 3) if kind == "each" else None)


@pytest.mark.parametrize(
    ("language", "told"), [("ja", "下限：「40」は割合"), ("en", "At least: “40” cannot")]
)
def test_a_bare_number_is_refused_and_the_rule_stays_typed(
    context, open_screen, facilitator, draft, hand, language, told
):
    at = opened(open_screen, facilitator, draft, language)
    field(at, "accepted", "multiselect").set_value([Attribute.BASIS]).run()
    field(at, "basis", "multiselect").set_value(["nature"])
    field(at, "min_share").set_value("40")

    at = hand(at, language).press("auction_terms.rules.add_act")

    assert at.error[0].value.startswith(told)
    assert field(at, "min_share").value == "40"
    assert stored(context, draft).auction == USUAL


def test_a_rule_that_contradicts_another_is_refused_with_both_names(
    context, open_screen, facilitator, hand
):
    draft = with_rules(context, facilitator)
    at = opened(open_screen, facilitator, draft)
    field(at, "accepted", "multiselect").set_value([Attribute.MECHANISM]).run()
    field(at, "mechanism", "multiselect").set_value(["reduction"])
    field(at, "rule_name").set_value("cuts")
    field(at, "min_share").set_value("61%")

    at = hand(at).press("auction_terms.rules.add_act")

    assert "「cuts、removal」の下限は合わせて 101%" in at.error[0].value.replace("\\", "")
    assert stored(context, draft).auction.rules == RULES


def test_a_soft_rule_is_moved_up_and_a_rule_is_removed(context, open_screen, facilitator, hand):
    draft = with_rules(context, facilitator)
    at = opened(open_screen, facilitator, draft)

    at = hand(at).press("auction_terms.rules.earlier", name="each")
    moved = [(rule.name, rule.order) for rule in stored(context, draft).auction.rules]
    hand(at).press("auction_terms.rules.remove", name="many")

    assert moved == [("many", 0), ("each", 1), ("removal", 2)]
    assert [rule.name for rule in stored(context, draft).auction.rules] == ["each", "removal"]


def test_a_clock_round_says_that_it_knows_no_rules(context, open_screen, facilitator):
    clock = AuctionTerms(format=Format.CLOCK, pricing=Pricing.UNIFORM)
    terms = round_terms(auction=clock)
    draft = draft_round(context, facilitator, request_id="clock", terms=terms)

    at = opened(open_screen, facilitator, draft)

    assert "クロック方式ではルールを使いません" in words(at)
    assert [each.key for each in at.text_input if (each.key or "").startswith("rule")] == []
