from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.clear_door import clear
from auctions.reading import Malformed
from tests.auctions.books import CEILING, SEED, books, cleared

OFFER_KEYS = (
    "id",
    "supplier",
    "project",
    "lot",
    "quantity_kg",
    "minimum_kg",
    "price_per_t",
    "sequence",
)
OFFER = {"supplier": "s", "project": "p", "sequence": 1}
ASKED = {
    "demand": [{"id": "a", "quantity_kg": 3000}, {"id": "b", "quantity_kg": 1000}],
    "offers": [
        OFFER | {"id": "x", "quantity_kg": 3000, "price_per_t": 400},
        OFFER | {"id": "y", "quantity_kg": 3000, "price_per_t": 501, "minimum_kg": 500},
    ],
    "ceiling_per_t": CEILING,
    "pricing": "pay_as_offered",
    "seed": SEED.hex(),
}


def refused(change):
    with pytest.raises(Malformed) as refusal:
        clear(ASKED | change)
    return refusal.value.code, refusal.value.where


def first_offer(**changes):
    return {"offers": [ASKED["offers"][0] | changes]}


def two_on_a_lot(**listed):
    """Two suppliers who offer the same lot."""
    first, second = (offer | {"lot": "z"} for offer in ASKED["offers"])
    return {"offers": [first, second | {"supplier": "other"}]} | listed


def asked(claims, lots, offers):
    """Write a book of the engine as a question."""
    return ASKED | {
        "demand": [row(c, "id", "quantity_kg", "minimum_kg", "limit_per_t") for c in claims],
        "lots": [row(lot, "id", "quantity_kg", "minimum_kg") for lot in lots],
        "offers": [row(offer, *OFFER_KEYS) for offer in offers],
    }


def row(value, *names):
    return {name: getattr(value, name) for name in names}


def test_a_small_round_is_cleared_and_told():
    said = clear(ASKED)

    del said["passes"]
    assert said == {
        "status": "cleared",
        "bought_kg": 4000,
        "effective_cost": Fraction(1_701_000),
        "member_price": Fraction(1701, 4),
        "awards": [
            {"offer": "x", "quantity_kg": 3000, "price_per_t": 400, "value": 1200},
            {"offer": "y", "quantity_kg": 1000, "price_per_t": 501, "value": 501},
        ],
        "shares": {"a": {"x": 2250, "y": 750}, "b": {"x": 750, "y": 250}},
        "amounts": {"a": 1276, "b": 425},
        "yielded": [],
        "flags": [],
    }


@pytest.mark.parametrize("demand", [{"quantity_kg": 4000}, [{"quantity_kg": 4000}]])
def test_one_demand_without_members_is_bought_for_and_not_shared(demand):
    said = clear(ASKED | {"demand": demand})

    assert (said["bought_kg"], said["awards"]) == (4000, clear(ASKED)["awards"])
    assert (said["shares"], said["amounts"]) == ({}, {})


@pytest.mark.parametrize("change", [{"offers": []}, {"demand": []}, {"ceiling_per_t": 399}])
def test_nothing_bought_is_an_answer(change):
    said = clear(ASKED | change)

    assert (said["status"], said["bought_kg"], said["member_price"]) == ("nothing_bought", 0, None)
    assert (said["awards"], said["shares"], said["amounts"]) == ([], {}, {})
    assert said["effective_cost"] == 0


def test_a_listed_lot_bounds_its_offers_and_others_bound_themselves():
    offers = [
        OFFER | {"id": "x", "quantity_kg": 3000, "price_per_t": 400, "lot": "y"},
        OFFER | {"id": "y", "quantity_kg": 3000, "price_per_t": 501},
    ]
    change = {"offers": offers, "lots": [{"id": "y", "quantity_kg": 1000}]}

    won = [award["quantity_kg"] for award in clear(ASKED | change)["awards"]]

    assert won == [1000, 3000]
    assert clear(ASKED | change | {"lots": None})["awards"][0]["quantity_kg"] == 3000


RULE = {"name": "half", "where": {"kind": "removal"}, "min_share": "1/2", "order": 1}


def test_a_hard_rule_binds_and_a_soft_one_yields():
    removal = {"offers": [{**offer, "attributes": {"kind": kind}} for offer, kind in KINDS]}
    hard, soft = ({"rules": [RULE | {"hard": hard}], "wanted_kg": 4000} for hard in (True, False))

    told = [clear(ASKED | removal | rules) for rules in (hard, soft)]

    assert [said["bought_kg"] for said in told] == [2000, 4000]
    assert [said["yielded"] for said in told] == [
        [],
        [{"rule": "half", "by": Fraction(1, 4)}],
    ]


KINDS = [
    (ASKED["offers"][0], "avoidance"),
    (ASKED["offers"][1] | {"quantity_kg": 1000}, "removal"),
]


def test_quality_decides_who_wins_and_the_price_what_is_paid():
    better = [ASKED["offers"][0], ASKED["offers"][1] | {"coefficient": "4/3"}]

    said = clear(ASKED | {"offers": better})

    assert [(award["offer"], award["quantity_kg"]) for award in said["awards"]] == [
        ("x", 1000),
        ("y", 3000),
    ]
    assert said["effective_cost"] == 1000 * 400 + 3000 * Fraction(501 * 3, 4)
    assert said["member_price"] == Fraction(1000 * 400 + 3000 * 501, 4000)


def test_vickrey_pays_what_a_supplier_saves_the_others():
    offers = [ASKED["offers"][0], ASKED["offers"][1] | {"supplier": "t"}]

    said = clear(ASKED | {"offers": offers, "pricing": "vickrey"})

    without_x = 3000 * 501 + 1000 * CEILING
    assert said["awards"][0]["price_per_t"] == Fraction(without_x - 1000 * 501, 3000)
    assert said["awards"][1]["price_per_t"] == CEILING


def test_a_fixed_award_stays_and_the_next_best_comes_beside_it():
    offers = [ASKED["offers"][0], ASKED["offers"][1] | {"fixed": True}]

    said = clear(ASKED | {"offers": offers})
    of_some = clear(ASKED | {"offers": [offers[0], offers[1] | {"fixed": 600}]})

    assert [award["quantity_kg"] for award in said["awards"]] == [1000, 3000]
    assert [award["quantity_kg"] for award in of_some["awards"]] == [3000, 600]


def test_a_price_far_below_what_others_ask_is_flagged():
    offers = [ASKED["offers"][0], ASKED["offers"][1] | {"supplier": "t", "price_per_t": 667}]

    said = clear(ASKED | {"offers": offers})

    reasons = ["far_below_mean", "far_below_next"]
    assert said["flags"] == [{"offer": "x", "flag": "low_price", "reasons": reasons}]


def test_shares_go_by_the_rule_that_is_named():
    said = clear(ASKED | {"ceiling_per_t": 400, "sharing": "equal_awards"})

    assert said["shares"] == {"a": {"x": 2000}, "b": {"x": 1000}}


def test_what_is_null_is_as_absent():
    nothing = dict.fromkeys(["rules", "lots", "wanted_kg", "sharing"])

    assert clear(ASKED | nothing) == clear(ASKED)


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"demand": 5}, "not_a_list", "demand"),
        ({"demand": {"quantity_kg": 0}}, "out_of_range", "demand.quantity_kg"),
        ({"demand": {"quantity_kg": 1, "id": "a"}}, "unknown_key", "demand.id"),
        ({"demand": [{"quantity_kg": 0}]}, "out_of_range", "demand[0].quantity_kg"),
        ({"demand": [{"quantity_kg": 1}] * 2}, "missing_key", "demand[0].id"),
        ({"demand": [{"quantity_kg": 1, "minimum_kg": 1}]}, "missing_key", "demand[0].id"),
        ({"demand": [5]}, "not_an_object", "demand[0]"),
        ({"demand": ASKED["demand"][:1] * 2}, "duplicate_id", "demand[1].id"),
        ({"pricing": None}, "missing_key", "pricing"),
        ({"pricing": "first_price"}, "unknown_pricing", "pricing"),
        ({"sharing": "by_lot"}, "unknown_sharing", "sharing"),
        ({"rules": [{"name": "x"}]}, "missing_key", "rules[0].hard"),
        ({"coefficient": "1/1"}, "unknown_key", "coefficient"),
        (first_offer(coefficient="0/1"), "out_of_range", "offers[0].coefficient"),
        (first_offer(coefficient=0.9), "not_a_ratio", "offers[0].coefficient"),
        (first_offer(fixed=3001), "out_of_range", "offers[0].fixed"),
        (first_offer(attributes=[]), "not_an_object", "offers[0].attributes"),
        (first_offer(attributes={"a": 1.5}), "not_a_value", "offers[0].attributes.a"),
        ({"ceiling_per_t": 10**18}, "out_of_range", "ceiling_per_t"),
        ({"wanted_kg": 1.0}, "not_whole", "wanted_kg"),
        ({"lots": [], **first_offer(lot="z")}, "unknown_lot", "offers[0].lot"),
        (two_on_a_lot(), "lot_of_another_supplier", "offers[1].lot"),
        (
            two_on_a_lot(lots=[{"id": "z", "quantity_kg": 9}]),
            "lot_of_another_supplier",
            "offers[1].lot",
        ),
        (first_offer(price_per_t=-1), "out_of_range", "offers[0].price_per_t"),
        (first_offer(minimum_kg=3001), "out_of_range", "offers[0].minimum_kg"),
        (first_offer(sequence=True), "not_whole", "offers[0].sequence"),
        (first_offer(colour="green"), "unknown_key", "offers[0].colour"),
    ],
)
def test_what_cannot_be_cleared_is_refused_with_its_place(change, code, where):
    assert refused(change) == (code, where)


@given(books(most_offers=4, most_kg=20), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_door_clears_as_the_engine_does_in_whatever_order_rows_come(book, chance):
    engine = cleared(book)
    question = asked(*book)
    for rows in (question["demand"], question["lots"], question["offers"]):
        chance.shuffle(rows)

    said = clear(question)

    assert said["effective_cost"] == sum(a.quantity_kg * a.price_per_t for a in engine.awards)
    assert [award["offer"] for award in said["awards"]] == [a.offer for a in engine.awards]
    assert (said["shares"], said["amounts"]) == (engine.shares, engine.amounts)
    assert [run.left for run in said["passes"]] == [run.left for run in engine.passes]
    assert said["passes"][-1].effective_cost == said["effective_cost"]
