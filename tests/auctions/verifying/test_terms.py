"""Records of rounds under all kinds of terms: right ones hold in both forms, forged ones do not."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.refuted import Refuted
from auctions.rule_reading import rule_facts
from auctions.rules import CountRule, EachRule, ShareRule, where
from auctions.verifying.report import verify
from club.domain.auction_terms import Pricing, Sharing
from club.domain.disclosure import public_record
from tests.recorded import a_record

PRICINGS, SHARINGS = [each.value for each in Pricing], [each.value for each in Sharing]
REMOVAL = where({"kind": ["removal"]})
KINDS = [{"kind": kind} for kind in ("avoidance", "avoidance", "removal", "removal")]
SIX = [(12_000, None, 0), (11_000, 9_000, 0), (10_000, 9_000, 0)]
SIX += [(9_000, 9_000, 0), (8_001, 9_000, 0), (7_000, 8_000, 0)]
OFFERS = [(30_000, 3_000, 0), (30_000, 4_000, 10_000), (15_000, 5_000, 0), (15_000, 6_000, 0)]
RULES = {
    "a share": ShareRule(name="removal", where=REMOVAL, min_share=Fraction(2, 5), hard=True),
    "a cap": EachRule(name="cap", each="supplier", max_share=Fraction(2, 5), hard=True),
    "a number": CountRule(name="four", min_suppliers=4, minimum_award_kg=3_000, hard=True),
    "a wish": ShareRule(name="wish", where=REMOVAL, min_share=Fraction(1), hard=False, order=1),
}


def under(*rules, **terms):
    """A round of six companies and four suppliers, two of them with removals."""
    facts = [rule_facts(rule) for rule in rules]
    return a_record(SIX, OFFERS, attributes=KINDS, rules=facts, **terms)


def kinds_of(full):
    return {"full": full, "public": public_record(full)}


def holds(record, **how):
    return {finding.subject for finding in verify(record, **how) if finding.is_checked}


@pytest.mark.parametrize("kind", ["full", "public"])
@pytest.mark.parametrize("name", RULES)
def test_a_round_under_a_portfolio_rule_holds_as_told_and_solved_again(name, kind):
    full = under(RULES[name], wanted_kg=50_000)

    record = kinds_of(full)[kind]

    assert record.awards
    assert bool(record.passes[-1].yielded) == (name == "a wish")
    assert {"chain", "terms", "draws", "awards"} <= holds(record)
    assert "best" in holds(record, optimal=True)


@pytest.mark.parametrize("kind", ["full", "public"])
@pytest.mark.parametrize("pricing", PRICINGS)
@pytest.mark.parametrize("pledged", [SIX, SIX[:4]])
def test_a_round_under_another_price_rule_holds(pricing, pledged, kind):
    record = kinds_of(a_record(pledged, OFFERS, pricing=pricing))[kind]

    assert record.cleared.pricing == pricing
    assert "awards" in holds(record, optimal=True)


@pytest.mark.parametrize("sharing", SHARINGS)
def test_a_round_under_another_sharing_rule_holds(sharing):
    full = a_record(SIX, OFFERS[:2], sharing=sharing)

    assert full.cleared.sharing == sharing
    assert 0 < full.cleared.bought_kg <= full.cleared.demand_kg
    for record in kinds_of(full).values():
        assert "awards" in holds(record, optimal=True)


def with_bought(record, kilograms):
    """The record as if this had been bought, its sums put right."""
    prices = {offer.id: offer.price_per_t for offer in record.offers}
    awards = [
        replace(
            award,
            quantity_kg=(kg := kilograms[award.offer]),
            value=kg * prices[award.offer] // 1000,
        )
        for award in record.awards
    ]
    milli = sum(award.quantity_kg * award.price_per_t for award in awards)
    bought_kg = sum(award.quantity_kg for award in awards)
    score = {"bought_kg": bought_kg, "effective_cost": Fraction(milli, 1000)}
    cleared = replace(
        record.cleared,
        **score,
        value=sum(award.value for award in awards),
        member_price_per_t=Fraction(milli, bought_kg),
    )
    last = replace(record.passes[-1], **score)
    passes = (*record.passes[:-1], last)
    return replace(record, awards=tuple(awards), cleared=cleared, passes=passes)


def test_more_of_the_cheap_than_a_rule_allows_is_refuted():
    record = public_record(under(RULES["a share"]))
    told = {award.offer: award.quantity_kg for award in record.awards}
    assert told["envelope 1"] < 30_000

    more = {"envelope 1": told["envelope 1"] + 1, "envelope 4": told["envelope 4"] - 1}
    forged = with_bought(record, told | more)

    with pytest.raises(Refuted, match="rule"):
        list(verify(forged))


def test_a_rule_taken_out_or_softened_is_seen_against_the_opening():
    record = public_record(under(RULES["a cap"]))
    others = tuple(each for each in record.inputs if each.name != "rules")
    (rules,) = [each for each in record.inputs if each.name == "rules"]

    for written in ([], [rule_facts(replace(RULES["a cap"], max_share=Fraction(1, 2)))]):
        forged = replace(record, inputs=(*others, replace(rules, value=written)))
        with pytest.raises(Refuted, match="chain_says_otherwise"):
            list(verify(forged))


def test_another_price_rule_than_that_of_the_opening_is_seen():
    record = a_record(SIX, OFFERS)
    uniform = a_record(SIX, OFFERS, pricing="uniform")

    with pytest.raises(Refuted, match="chain_says_otherwise"):
        list(verify(replace(uniform, chain=record.chain, chain_heads=record.chain_heads)))


KILOGRAMS = st.integers(1, 12).map(lambda tonnes: 1_000 * tonnes + 1)
PRICES = st.integers(1, 6).map(lambda thousands: 1_000 * thousands)
PLEDGES = st.lists(
    st.tuples(KILOGRAMS, st.none() | PRICES, st.sampled_from([0, 500])), min_size=1, max_size=8
)
TERMS = st.one_of(
    st.fixed_dictionaries({"pricing": st.sampled_from(["uniform", "vickrey"])}),
    st.fixed_dictionaries({"sharing": st.sampled_from(SHARINGS)}),
    st.lists(st.sampled_from(sorted(RULES)), unique=True, max_size=3).map(
        lambda names: {"rules": [rule_facts(RULES[name]) for name in names]}
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    PLEDGES,
    st.lists(st.tuples(KILOGRAMS, PRICES, st.sampled_from([0, 1_001])), min_size=1, max_size=4),
    TERMS,
)
def test_whatever_was_pledged_and_offered_both_records_hold(pledged, offered, terms):
    full = a_record(pledged, offered, attributes=KINDS[: len(offered)], wanted_kg=10_000, **terms)

    for record in kinds_of(full).values():
        assert "result" in holds(record)
