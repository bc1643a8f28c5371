from dataclasses import replace
from fractions import Fraction

import pytest

from auctions.checks import Refuted, check
from auctions.offers import Claim, Lot
from tests.auctions.books import CEILING, SEED, an_offer, cleared

CLAIMS = [
    Claim("a", 60, 10, 900),
    Claim("b", 40, 0, 700),
    Claim("c", 35, 35, 950),
    Claim("d", 20, 0, 100),
]
LOTS = [Lot("lot", 60, 20), Lot("other", 50)]
OFFERS = [
    an_offer("first", 40, 400, 1, minimum_kg=5, lot="lot"),
    an_offer("second", 40, 500, 1, lot="lot"),
    an_offer("other", 50, 600, 2),
    an_offer("dear", 50, 980, 3, lot="other"),
]
BOOK = (CLAIMS, LOTS, OFFERS)


def refuted(clearing, book=BOOK):
    with pytest.raises(Refuted) as refusal:
        check(clearing, *book, ceiling_per_t=CEILING, seed=SEED)
    return refusal.value.what


def with_award(clearing, **changes):
    first, *rest = clearing.awards
    return replace(clearing, awards=(replace(first, **changes), *rest))


def with_pass(clearing, number, **changes):
    passes = list(clearing.passes)
    passes[number] = replace(passes[number], **changes)
    return replace(clearing, passes=tuple(passes))


def with_tried(clearing, number, **changes):
    tried = list(clearing.passes[-1].tried)
    tried[number] = replace(tried[number], **changes)
    return with_pass(clearing, -1, tried=tuple(tried))


def test_an_honest_clearing_is_accepted():
    clearing = cleared(BOOK)

    check(clearing, *BOOK, ceiling_per_t=CEILING, seed=SEED)

    assert clearing.left == ("c",)
    assert clearing.participants == ("a", "b")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"offer": "nowhere"}, "unknown_offer"),
        ({"quantity_kg": 41}, "award_quantity"),
        ({"quantity_kg": 4}, "award_quantity"),
        ({"price_per_t": 401}, "award_price"),
        ({"value": 17}, "award_value"),
        ({"quantity_kg": 39, "value": 15}, "sum"),
    ],
)
def test_an_altered_award_is_refuted(change, what):
    assert refuted(with_award(cleared(BOOK), **change)) == what


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"awards": cleared(BOOK).awards[::-1]}, "award_order"),
        ({"limit_per_t": 450}, "award_above_limit"),
        ({"limit_per_t": 900}, "last_pass"),
        ({"bought_kg": 99}, "last_pass"),
        ({"effective_cost": Fraction(1)}, "last_pass"),
        ({"participants": ("a", "b", "d")}, "participants"),
        ({"demand_kg": 101}, "demand"),
        ({"member_price_per_t": Fraction(499)}, "member_price"),
        ({"member_price_per_t": Fraction(701)}, "price_above_limit"),
        ({"value": 1}, "sum"),
        ({"totals_kg": {"a": 61, "b": 39}}, "totals"),
        ({"amounts": {"a": 0, "b": 49}}, "amounts"),
        ({"shares": {"a": {"first": 60}}}, "shares"),
        ({"passes": ()}, "passes"),
    ],
)
def test_an_altered_result_is_refuted(change, what):
    assert refuted(replace(cleared(BOOK), **change)) == what


def test_an_altered_share_is_refuted():
    clearing = cleared(BOOK)
    rows = {id: dict(row) for id, row in clearing.shares.items()}

    rows["a"]["first"] += 1
    assert refuted(replace(clearing, shares=rows)) == "shares_of_member"
    rows["a"]["second"] -= 1
    assert refuted(replace(clearing, shares=rows)) == "share_not_rounded"
    rows["a"].pop("second")
    assert refuted(replace(clearing, shares=rows)) == "shares"


def test_rows_that_are_right_with_columns_that_are_not_are_refuted():
    book = ([Claim("a", 1), Claim("b", 1)], [Lot("x", 1), Lot("y", 1)], [])
    book = (*book[:2], [an_offer("x", 1, 1, 1), an_offer("y", 1, 1, 2)])
    rows = {"a": {"x": 1, "y": 0}, "b": {"x": 1, "y": 0}}

    assert refuted(replace(cleared(book), shares=rows), book) == "shares_of_award"


def test_a_lot_sold_below_its_minimum_is_refuted():
    lots = [Lot("lot", 60, 61 - 10), LOTS[1]]

    assert refuted(cleared(BOOK), (CLAIMS, [Lot("lot", 59), LOTS[1]], OFFERS)) == "lot_quantity"
    assert refuted(with_award(cleared(BOOK), quantity_kg=5, value=2), (CLAIMS, lots, OFFERS)) == (
        "lot_quantity"
    )


def test_a_claim_that_should_have_left_is_missed():
    clearing = cleared(BOOK)

    assert refuted(replace(clearing, passes=clearing.passes[1:])) == "limits"
    assert refuted(with_pass(clearing, 0, left="b")) == "leaver"
    assert refuted(with_pass(clearing, 0, left_quota=Fraction(1))) == "leaver"
    assert refuted(replace(clearing, passes=clearing.passes[:1])) == "passes"


def test_a_limit_that_was_passed_over_is_refuted():
    clearing = cleared(BOOK)

    assert [row.limit_per_t for row in clearing.passes[-1].tried] == [900, 700, 100]
    assert refuted(with_tried(clearing, 0, bound_kg=0)) == "bound"
    assert refuted(with_tried(clearing, 0, bought_kg=61, members=1)) == "tried"
    assert refuted(with_tried(clearing, 1, bought_kg=99)) == "chosen_limit"
    assert refuted(with_tried(clearing, 1, covered_by=100)) == "better_limit"


def test_a_limit_that_buys_the_same_for_more_members_must_be_chosen():
    claims = [Claim("high", 10, 0, 100), Claim("low", 10, 0, 50)]
    book = (claims, [Lot("x", 10)], [an_offer("x", 10, 40)])
    clearing = cleared(book)
    high, low = clearing.passes[0].tried
    result = {"bought_kg": 10, "effective_cost": low.effective_cost, "members": 1}
    result["member_price_per_t"] = low.member_price_per_t
    high = replace(high, covered_by=None, **result)
    wrong = replace(
        clearing, passes=(replace(clearing.passes[0], tried=(high, low), limit_per_t=100),)
    )

    assert refuted(wrong, book) == "better_limit"


def test_a_round_that_bought_nothing_has_nobody_leaving():
    book = ([Claim("a", 5, 5)], [], [])
    clearing = cleared(book)

    check(clearing, *book, ceiling_per_t=CEILING, seed=SEED)

    assert refuted(with_pass(clearing, 0, left="a"), book) == "leaver"
