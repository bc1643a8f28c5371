"""Nothing better could be bought; who says so can hold a purchase against the result."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from auctions.reading import Malformed
from auctions.record import plain
from auctions.recording.values import Cleared
from auctions.refuted import Refuted
from auctions.verifying.best import Challenge, check_best, hold_against
from auctions.verifying.report import verify
from auctions.verifying.solving import check_optimal
from club.domain.disclosure import public_record
from tests.recorded import a_record

FIVE = [(2_000, None, 0)] * 5
PLAIN = a_record(FIVE, [(6_000, 4_000, 0), (6_000, 5_000, 0)])
MINIMUM = a_record(FIVE, [(6_000, 4_000, 0), (6_000, 5_000, 6_000), (9_000, 6_000, 0)])
"""The second offer would be cut short of its minimum, so the third stands in."""


def challenge(**bought):
    rows = [{"offer": f"envelope {id[1:]}", "quantity_kg": kg} for id, kg in bought.items()]
    return Challenge.read(json.dumps({"awards": rows}).encode())


def answer(record, against):
    (told,) = [f.words for f in verify(record, challenge=against) if f.subject == "challenge"]
    return told


def decided(record):
    return [finding.is_checked for finding in check_best(record)]


def with_awards(record, *awards):
    """The record as if this had been bought, at the offers' own prices."""
    prices = {offer.id: offer.price_per_t for offer in record.offers}
    made = [
        replace(record.awards[0], offer=id, quantity_kg=kg, price_per_t=prices[id], value=0)
        for id, kg in awards
    ]
    milli = sum(award.quantity_kg * award.price_per_t for award in made)
    score = {
        "bought_kg": sum(kg for _, kg in awards),
        "effective_cost": Fraction(milli, 1000),
    }
    last = replace(record.passes[-1], **score)
    return replace(
        record,
        awards=tuple(made),
        cleared=replace(record.cleared, **score),
        passes=(*record.passes[:-1], last),
    )


@pytest.mark.parametrize("show", [lambda record: record, public_record])
def test_the_merit_order_decides_where_no_minimum_binds(show):
    assert decided(show(PLAIN)) == [True]
    assert decided(show(MINIMUM)) == [False]


@pytest.mark.parametrize(
    "awards",
    [
        [("envelope 1", 5_999), ("envelope 2", 4_000)],
        [("envelope 1", 4_000), ("envelope 2", 6_000)],
    ],
)
def test_less_or_dearer_than_the_merit_order_is_refuted(awards):
    with pytest.raises(Refuted) as refuted:
        decided(with_awards(PLAIN, *awards))

    assert refuted.value.what == "not_the_best"


def test_of_equal_offers_the_earlier_is_bought():
    equal = a_record(FIVE, [(10_000, 4_000, 0), (10_000, 4_000, 0)])

    assert decided(equal) == [True]
    with pytest.raises(Refuted):
        decided(with_awards(equal, ("envelope 2", 10_000)))


@pytest.mark.parametrize(
    ("against", "why"),
    [
        (challenge(e1=6_000, e2=4_000), "buys 10000 kg for 44000, the result 10000 kg for 44000"),
        (challenge(e1=6_000), "buys 6000 kg for 24000"),
        (challenge(), "buys 0 kg for 0"),
        (challenge(e1=4_000, e2=6_000), "buys 10000 kg for 46000"),
        (challenge(e1=6_001, e2=3_999), "breaks a rule (award_quantity, at envelope 1)"),
        (challenge(e1=6_000, e2=4_001), "buys 10001 kg, of which 10000 kg are known to be wanted"),
        (challenge(e9=1), "names the offer envelope 9, which was not made"),
    ],
)
def test_a_challenge_that_is_no_better_or_not_allowed_is_said_to_be_so(against, why):
    for record in (PLAIN, public_record(PLAIN)):
        assert why in answer(record, against)


@pytest.mark.parametrize("show", [lambda record: record, public_record])
@pytest.mark.parametrize(
    ("awards", "against"),
    [
        ([("envelope 1", 6_000), ("envelope 3", 3_000)], challenge(e1=6_000, e3=4_000)),
        ([("envelope 1", 4_000), ("envelope 2", 6_000)], challenge(e1=6_000, e3=3_999)),
        ([("envelope 3", 9_000)], challenge(e1=3_000, e2=6_000)),
    ],
)
def test_a_challenge_that_buys_more_or_as_much_for_less_refutes_the_result(show, awards, against):
    forged = show(with_awards(MINIMUM, *awards))
    better = awards != [("envelope 1", 4_000), ("envelope 2", 6_000)]

    if better:
        with pytest.raises(Refuted) as refuted:
            hold_against(forged, against)
        assert refuted.value.what == "challenged"
    else:
        assert "buys 9999 kg" in hold_against(forged, against)


def test_a_challenge_may_use_any_limit_that_is_told():
    """Below the dear offer's price all would buy together; above it only some."""
    pledged = [(2_000, None, 0)] * 5 + [(2_000, 4_500, 0)] * 5
    record = a_record(pledged, [(15_000, 4_000, 0), (9_000, 5_000, 0)])
    assert (record.cleared.limit_per_t, record.cleared.bought_kg) == (4_500, 15_000)

    for each in (record, public_record(record)):
        assert "buys 15000 kg" in answer(each, challenge(e1=15_000))
        assert "10000 kg are known to be wanted" in answer(each, challenge(e1=15_000, e2=1))
        assert "buys 10000 kg" in answer(each, challenge(e1=9_000, e2=1_000))


def test_where_demand_is_not_told_only_as_much_can_be_challenged():
    few = public_record(a_record(FIVE[:3], [(6_000, 4_000, 0), (6_000, 5_000, 0)]))

    assert few.cleared.demand_kg is None
    assert "buys 6000 kg" in answer(few, challenge(e1=6_000))
    assert "of which 0 kg are known to be wanted" in answer(few, challenge(e1=6_000, e2=1))


def test_where_nothing_was_bought_any_allowed_purchase_refutes():
    nothing = a_record(FIVE, [(6_000, 4_000, 0)])
    empty = replace(with_awards(nothing), awards=())

    with pytest.raises(Refuted):
        hold_against(empty, challenge(e1=1))


@pytest.mark.parametrize(
    "file",
    [
        b"no JSON",
        b"[]",
        b'{"awards":[{"offer":"a"}]}',
        b'{"awards":[{"offer":"a","quantity_kg":-1}]}',
        b'{"awards":[{"offer":"a","quantity_kg":1},{"offer":"a","quantity_kg":1}]}',
    ],
)
def test_what_is_no_challenge_is_refused(file):
    with pytest.raises(Malformed):
        Challenge.read(file)


def test_the_answer_of_the_clear_door_can_be_held_against_a_record():
    awards = {"awards": plain(PLAIN.awards)}

    assert "buys 10000 kg" in answer(PLAIN, Challenge.read(json.dumps(awards).encode()))


def test_optimal_solves_again_and_compares_everything():
    assert [f.words for f in verify(MINIMUM, optimal=True) if f.subject == "best"] == [
        "solved again: kilograms, cost, ties, limits and shares are the same"
    ]
    assert [
        f.words for f in verify(public_record(MINIMUM), optimal=True) if f.subject == "best"
    ] == ["solved again at the chosen limit: kilograms, cost and ties are the same"]


def test_optimal_refutes_what_no_simpler_check_can():
    """Dearer than what could be bought, which the merit order does not see."""
    assert {award.offer for award in MINIMUM.awards} == {"envelope 1", "envelope 2"}
    forged = with_awards(MINIMUM, ("envelope 1", 6_000), ("envelope 3", 4_000))

    assert isinstance(forged.cleared, Cleared)
    for record in (forged, public_record(forged)):
        with pytest.raises(Refuted) as refuted:
            list(check_optimal(record))
        assert refuted.value.what == "solved_otherwise"
