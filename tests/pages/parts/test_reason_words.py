"""Every reason that the engine gives, and every price, can be read in both languages."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import get_args

import pytest

from auctions.reasons import Because, Reason
from auctions.winning_price import WinningPrice
from club.domain.explaining import ShownPrice
from club.domain.organisations import Kind
from pages.parts.reason_words import price_words, reason_words
from tests.builders import join

IN_PART = (
    "awarded_before",
    "lot_sold_out",
    "rule",
    "rules_together",
    "minimums",
    "minimums_and_rules",
    "not_looked_into",
    "limit",
    "demand_filled",
)
LOST = tuple(
    because
    for part in get_args(Because)
    for because in (get_args(part) or (part,))
    if because not in {"limit", "demand_filled"}
)
FACTS = {"rules": ("removals", "each"), "limit_per_t": 6_000, "dearest_per_t": Fraction(9_001, 2)}


@pytest.fixture
def visit(context, visit_of):
    return lambda language: visit_of(join(context, Kind.OPERATOR), language)


def said(visit, reason, effective_per_t=Fraction(5_000), *, is_open=False):
    return reason_words(
        visit, reason, price_per_t=5_000, effective_per_t=effective_per_t, is_open=is_open
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_reason_has_its_words_with_all_facts_and_with_few(visit, language):
    speaker = visit(language)
    reasons = [Reason(offer="o", outcome="won_in_part", because=each, **FACTS) for each in IN_PART]
    reasons += [Reason(offer="o", outcome="lost", because=each, **FACTS) for each in LOST]
    reasons += [replace(each, wanted_kg=1_000) for each in reasons if each.because == "above_limit"]
    reasons += [replace(each, limit_per_t=None, rules=("removals",)) for each in reasons]

    told = defaultdict(set)
    for reason, effective_per_t, is_open in product(reasons, (5_000, 4_000), (True, False)):
        sentence = said(speaker, reason, Fraction(effective_per_t), is_open=is_open)
        told[sentence].add((reason.outcome, reason.because))

    assert set(IN_PART) | set(LOST) == {because for of in told.values() for _, because in of}
    assert [sentence for sentence, of in told.items() if len(of) > 1 or "None" in sentence] == []


def test_a_reason_is_told_with_its_figures(visit):
    english = visit("en")
    lost = Reason(offer="o", outcome="lost", because="above_limit", limit_per_t=6_000)

    assert said(english, Reason(offer="o", outcome="won_whole")) == "All of it was bought."
    assert said(english, replace(lost, wanted_kg=1_500)) == (
        "It was above the members' limit of ¥6,000 / t. "
        "Members who would have paid its price wanted 1.500 t."
    )
    assert said(
        english,
        replace(lost, because="dearer", limit_per_t=None, dearest_per_t=Fraction(4_000)),
        Fraction(9_001, 2),
    ) == ("Its effective price, ¥4,500.50 / t, was above the highest that was bought, ¥4,000 / t.")
    assert said(
        english, replace(lost, because="rule", limit_per_t=None, rules=("each", "removals"))
    ) == ("The rules “each”, “removals” kept it out. Without any one of them it would have won.")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_kind_of_price_reads_differently(visit, language):
    speaker = visit(language)
    prices = [
        WinningPrice(4_999, "highest"),
        WinningPrice(4_999, "boundary"),
        ShownPrice(4_999, "at_least"),
        WinningPrice(None, "highest"),
        WinningPrice(None, "at_least"),
        ShownPrice(None, "withheld"),
    ]

    told = [price_words(speaker, price) for price in prices]

    assert ["¥4,999 / t" in each for each in told] == [True] * 3 + [False] * 3
    assert len(set(told)) == len(prices)
