"""The terms of a round's auction: what fits together, and what is refused where it is written."""

import ast
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from auctions.rules import CountRule, EachRule, ShareRule, where
from auctions.scoring import Answer, Criterion
from club.domain import auction_terms, errors
from club.domain.auction_terms import AuctionTerms, Format, Pricing, Sealing, Sharing
from club.domain.errors import InputRefused
from tests.builders import NOON

CLOSES_AT = NOON + timedelta(days=2)
CEILING_PER_T = 10_000
REMOVAL = ShareRule(
    name="removal", where=where({"mechanism": ["removal"]}), min_share=Fraction(2, 5), hard=True
)
EACH = EachRule(name="each", each="supplier", max_share=Fraction(1, 2), hard=True)
MANY = CountRule(name="many", min_suppliers=3, hard=True)
QUALITY = Criterion(
    id="q",
    name_ja="第三者の格付け",
    name_en="Rated by a third party",
    answers=(
        Answer(id="no", name_ja="なし", name_en="No", value=Fraction(0)),
        Answer(id="yes", name_ja="あり", name_en="Yes", value=Fraction(1, 10)),
    ),
)
SEALED = AuctionTerms()
DESCENDING = AuctionTerms(format=Format.DESCENDING, hard_end_at=CLOSES_AT)
CLOCK = AuctionTerms(format=Format.CLOCK, pricing=Pricing.UNIFORM)


def check(terms):
    auction_terms.check(terms, ceiling_per_t=CEILING_PER_T, bidding_closes_at=CLOSES_AT)


def test_a_decrement_is_no_finer_than_proxies_can_settle():
    fine = replace(DESCENDING, decrement_per_t=1)

    check(fine)
    with pytest.raises(InputRefused) as refusal:
        auction_terms.check(fine, ceiling_per_t=10_001, bidding_closes_at=CLOSES_AT)

    assert (refusal.value.code, refusal.value.facts) == (
        "decrement_too_fine",
        {"field": "decrement_per_t", "least_per_t": 2},
    )


def refused(terms):
    with pytest.raises(InputRefused) as refusal:
        check(terms)
    return refusal.value.code, refusal.value.facts["field"]


@pytest.mark.parametrize(
    "terms",
    [
        SEALED,
        DESCENDING,
        CLOCK,
        replace(SEALED, rules=(REMOVAL, EACH, MANY), criteria=(QUALITY,)),
        replace(DESCENDING, rules=(REMOVAL,), criteria=(QUALITY,)),
        replace(SEALED, pricing=Pricing.UNIFORM, rules=(MANY,)),
        replace(SEALED, pricing=Pricing.VICKREY, sharing=Sharing.TALMUD),
        replace(SEALED, sealing=Sealing.OPENERS, openers_needed=2),
    ],
)
def test_terms_that_fit_together_are_accepted(terms):
    check(terms)


@pytest.mark.parametrize(
    ("base", "given", "code"),
    [
        (SEALED, {"hard_end_at": CLOSES_AT}, "not_in_this_format"),
        (DESCENDING, {"sealing": Sealing.OPENERS}, "not_in_this_format"),
        (CLOCK, {"sealing": Sealing.OPENERS}, "not_in_this_format"),
        (CLOCK, {"pricing": Pricing.PAY_AS_OFFERED}, "not_in_this_format"),
        (CLOCK, {"sharing": Sharing.EQUAL_AWARDS}, "not_in_this_format"),
        (CLOCK, {"rules": (MANY,)}, "not_in_this_format"),
        (CLOCK, {"criteria": (QUALITY,)}, "not_in_this_format"),
        (DESCENDING, {"hard_end_at": None}, "missing"),
        (DESCENDING, {"hard_end_at": CLOSES_AT - timedelta(seconds=1)}, "dates_out_of_order"),
        (DESCENDING, {"decrement_per_t": CEILING_PER_T}, "too_large"),
        (CLOCK, {"clock_step_per_t": CEILING_PER_T}, "too_large"),
        (SEALED, {"openers_needed": 2}, "not_without_openers"),
        (SEALED, {"rules": (MANY, MANY)}, "duplicate_rule"),
        (SEALED, {"criteria": (QUALITY, QUALITY)}, "duplicate_id"),
    ],
)
def test_what_contradicts_the_format_is_refused_at_its_field(base, given, code):
    assert refused(replace(base, **given)) == (code, next(iter(given)))


@pytest.mark.parametrize(
    ("pricing", "given"),
    [
        (Pricing.UNIFORM, {"rules": (REMOVAL,)}),
        (Pricing.UNIFORM, {"rules": (EACH,)}),
        (Pricing.UNIFORM, {"criteria": (QUALITY,)}),
        (Pricing.VICKREY, {"rules": (MANY,)}),
        (Pricing.VICKREY, {"criteria": (QUALITY,)}),
    ],
)
def test_a_price_for_all_and_a_vickrey_price_go_by_price_alone(pricing, given):
    terms = replace(SEALED, pricing=pricing, **given)

    assert refused(terms) == ("not_with_this_pricing", next(iter(given)))


@pytest.mark.parametrize(
    ("needed", "code"),
    [(None, "missing"), (1, "openers_out_of_range"), (21, "openers_out_of_range")],
)
def test_it_takes_two_openers_at_least(needed, code):
    terms = replace(SEALED, sealing=Sealing.OPENERS, openers_needed=needed)

    assert refused(terms) == (code, "openers_needed")


@pytest.mark.parametrize("field", sorted(auction_terms.BOUNDS))
def test_every_number_has_a_least_and_a_most(field):
    least, most = auction_terms.BOUNDS[field]

    check(replace(SEALED, **{field: least}))
    check(replace(SEALED, **{field: most}))
    assert refused(replace(SEALED, **{field: least - 1})) == ("not_positive", field)
    assert refused(replace(SEALED, **{field: most + 1})) == ("too_large", field)


def test_a_criterion_is_told_by_its_number():
    worth_all = replace(
        QUALITY,
        id="r",
        answers=(QUALITY.answers[0], replace(QUALITY.answers[1], value=Fraction(-1))),
    )
    with pytest.raises(InputRefused) as refusal:
        check(replace(SEALED, criteria=(QUALITY, worth_all)))

    assert (refusal.value.code, refusal.value.facts["where"]) == ("negative_value", 2)


def test_whatever_rules_and_criteria_can_refuse_has_a_sentence():
    codes = {
        node.args[0].value
        for module in ("rules", "scoring")
        for node in ast.walk(ast.parse(Path(f"auctions/{module}.py").read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"BadBook", "_once"}
        and isinstance(node.args[0], ast.Constant)
    }

    assert {"no_bound", "duplicate_rule", "negative_value"} < codes
    assert codes - errors.CODES == {"unknown_criterion"}


def test_the_facts_of_the_terms_are_json_with_exact_shares():
    terms = replace(DESCENDING, rules=(REMOVAL, MANY), criteria=(QUALITY,))

    facts = auction_terms.facts(terms)

    assert {key: facts[key] for key in ("format", "pricing", "sharing", "sealing")} == {
        "format": "descending",
        "pricing": "pay_as_offered",
        "sharing": "pro_rata",
        "sealing": "clock",
    }
    assert facts["hard_end_at"] == "2026-11-24T03:00:00.000000+00:00"
    assert facts["rules"][0]["where"] == {"mechanism": ["removal"]}
    assert facts["rules"][0]["min_share"] == "2/5"
    assert facts["criteria"][0]["answers"][1]["value"] == "1/10"
    assert auction_terms.facts(SEALED)["hard_end_at"] is None


def test_a_rule_asks_for_what_a_lot_may_have():
    planting = replace(REMOVAL, where=where({"mechanism": ["planting"]}))

    assert refused(replace(SEALED, rules=(planting,))) == ("unknown_attribute", "rules")
