"""What a stranger may send: refused with a code, a sentence and the place, or answered rightly."""

import json
from io import BytesIO

import pytest

from auctions.doors import answer
from tests.auctions.books import SEED

OFFER = {"supplier": "s", "project": "p", "price_per_t": 400, "sequence": 1}
FIRST = OFFER | {"id": "x", "quantity_kg": 3000, "lot": "l"}
SECOND = OFFER | {"id": "y", "quantity_kg": 3000, "minimum_kg": 500, "lot": "l"}
PLEDGE = {"id": "a", "quantity_kg": 4000}
ROUND = {
    "demand": [PLEDGE],
    "lots": [{"id": "l", "quantity_kg": 4000}],
    "offers": [FIRST, SECOND],
    "ceiling_per_t": 1000,
    "pricing": "pay_as_offered",
    "seed": SEED.hex(),
}
RULE = {"name": "r", "where": {"kind": "removal"}, "hard": True, "order": 1}
OTHER = RULE | {"name": "q", "order": 2}
EACH = {"name": "e", "where": {"each": "supplier"}, "hard": True, "order": 1}
HEAVY = {"quantity_kg": 10**18}


def told(door, data):
    line, status = answer([door], BytesIO(data))
    return json.loads(line), status


def refused(door, data):
    said, status = told(door, data)
    assert (list(said), status) == (["error"], 2)
    assert said["error"].keys() == {"code", "message", "where"}
    assert said["error"]["message"].endswith(".")
    return said["error"]["code"], said["error"]["where"]


def asked(change):
    return json.dumps(ROUND | change).encode()


def first(**change):
    return {"offers": [FIRST | change, SECOND]}


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        # Rules that contradict themselves or each other.
        (
            {"rules": [RULE | {"min_share": "2/3", "max_share": "1/3"}]},
            "minimum_above_maximum",
            "r",
        ),
        (
            {"rules": [RULE | {"min_share": "2/3"}, OTHER | {"max_share": "1/3"}]},
            "minimums_above_maximum",
            "r",
        ),
        (
            {
                "rules": [
                    RULE | {"min_share": "2/3"},
                    OTHER | {"where": {"kind": "avoidance"}, "min_share": "2/5"},
                ]
            },
            "minimums_above_maximum",
            "q",
        ),
        ({"rules": [RULE | {"max_share": "1/2"}] * 2}, "duplicate_rule", "r"),
        ({"rules": [RULE]}, "no_bound", "r"),
        ({"rules": [RULE | {"where": {}, "max_share": "1/2"}]}, "empty_set", "r"),
        ({"rules": [RULE | {"where": {"kind": []}, "max_share": "1/2"}]}, "empty_set", "r"),
        ({"rules": [EACH | {"max_share": "0/1"}]}, "cap_of_nothing", "e"),
        # Shares over 1, below 0, and in no whole numbers.
        ({"rules": [RULE | {"max_share": "3/2"}]}, "share_out_of_range", "r"),
        ({"rules": [EACH | {"max_share": "5/4"}]}, "share_out_of_range", "e"),
        ({"rules": [RULE | {"max_share": "-1/2"}]}, "not_a_ratio", "rules[0].max_share"),
        ({"rules": [RULE | {"max_share": 0.5}]}, "not_a_ratio", "rules[0].max_share"),
        ({"rules": [RULE | {"max_share": "1/0"}]}, "not_a_ratio", "rules[0].max_share"),
        # The same id twice.
        ({"offers": [FIRST, FIRST]}, "duplicate_id", "offers[1].id"),
        ({"demand": [PLEDGE, PLEDGE]}, "duplicate_id", "demand[1].id"),
        ({"lots": ROUND["lots"] * 2}, "duplicate_id", "lots[1].id"),
        # Numbers below zero, with a point, and beyond any market.
        (first(quantity_kg=-1), "out_of_range", "offers[0].quantity_kg"),
        (first(quantity_kg=0), "out_of_range", "offers[0].quantity_kg"),
        (first(price_per_t=-1), "out_of_range", "offers[0].price_per_t"),
        (first(minimum_kg=-1), "out_of_range", "offers[0].minimum_kg"),
        (first(minimum_kg=3001), "out_of_range", "offers[0].minimum_kg"),
        (first(quantity_kg=3000.0), "not_whole", "offers[0].quantity_kg"),
        (first(price_per_t=4e2), "not_whole", "offers[0].price_per_t"),
        (first(quantity_kg=True), "not_whole", "offers[0].quantity_kg"),
        (first(quantity_kg="3000"), "not_whole", "offers[0].quantity_kg"),
        (first(**HEAVY), "out_of_range", "offers[0].quantity_kg"),
        ({"demand": [PLEDGE | HEAVY]}, "out_of_range", "demand[0].quantity_kg"),
        ({"demand": HEAVY}, "out_of_range", "demand.quantity_kg"),
        ({"lots": [ROUND["lots"][0] | HEAVY]}, "out_of_range", "lots[0].quantity_kg"),
        ({"demand": [PLEDGE | {"limit_per_t": -1}]}, "out_of_range", "demand[0].limit_per_t"),
        ({"wanted_kg": -1}, "out_of_range", "wanted_kg"),
        (first(coefficient="0/1"), "out_of_range", "offers[0].coefficient"),
        (first(coefficient=1.2), "not_a_ratio", "offers[0].coefficient"),
        # Lots and offers that are not what they say.
        (first(supplier="t"), "lot_of_another_supplier", "offers[1].lot"),
        (first(supplier="t") | {"lots": None}, "lot_of_another_supplier", "offers[1].lot"),
        (first(lot="m"), "unknown_lot", "offers[0].lot"),
        (first(attributes={"supplier": "t"}), "contradiction", "offers[0].attributes.supplier"),
        (first(attributes={"kind": {"a": 1}}), "not_a_value", "offers[0].attributes.kind"),
        (first(attributes={"kind": 0.5}), "not_a_value", "offers[0].attributes.kind"),
        (first(fixed=3001), "out_of_range", "offers[0].fixed"),
        ({"demand": {"quantity_kg": 1}} | first(fixed=True), "fixed_not_possible", "offers"),
        (first(id=""), "not_text", "offers[0].id"),
        (first(id="\ud800"), "not_text", "offers[0].id"),
        ({"ofers": []}, "unknown_key", "ofers"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused_where_it_makes_none(change, code, where):
    assert refused("clear", asked(change)) == (code, where)


def test_rules_that_contradict_each_other_are_named():
    rules = [RULE | {"min_share": "2/3"}, OTHER | {"where": {"kind": "x"}, "min_share": "2/3"}]

    error = told("clear", asked({"rules": rules}))[0]["error"]

    assert error["message"] == (
        "The minimums of q, r come to 4/3, where 1 is the most there can be."
    )


@pytest.mark.parametrize("door", ["clear", "share", "matrix"])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"\0", "not_json"),
        (asked({}) + b"\0", "not_json"),
        (asked({}) * 2, "not_json"),
        (asked({}).replace(b"400", b"NaN"), "not_json"),
        (asked({}).replace(b"400", b"-Infinity"), "not_json"),
        (asked({}).replace(b'"x"', b'"x\0"'), "not_json"),
        (b"[" * 10**6, "not_json"),
        (b'{"a":' * 10**6, "not_json"),
        (b"[" * 10**5 + b"]" * 10**5, "not_json"),
        (asked({}).decode().encode("utf-16"), "not_utf8"),
        (b'{"seed":"0","seed":"0"}', "duplicate_key"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
    ],
)
def test_what_is_no_question_at_all_is_refused_at_every_door(door, data, code):
    assert refused(door, data)[0] == code


def test_a_number_of_ten_million_digits_is_out_of_range():
    data = asked({}).replace(b": 400,", b": %b," % (b"4" * 10**7), 1)

    assert refused("clear", data) == ("out_of_range", "offers[0].price_per_t")


def test_a_million_offers_are_refused_before_they_are_read():
    data = asked({"offers": []}).replace(b'"offers": []', b'"offers": [' + b"0," * 999_999 + b"0]")

    assert refused("clear", data) == ("too_many_rows", "offers")


def test_a_matrix_that_no_memory_holds_is_refused():
    margin = {str(number): 1 for number in range(10_000)}
    asked = {"rows": margin, "columns": margin, "seed": SEED.hex()}

    assert refused("matrix", json.dumps(asked).encode()) == ("too_many_cells", "matrix")


def test_an_escaped_nul_is_a_character_like_any_other():
    said, status = told("clear", asked(first(id="x\0y")))

    assert (said["awards"][0]["offer"], status) == ("x\0y", 0)


@pytest.mark.parametrize("kind", ["clear", "share", "matrix"])
def test_the_largest_quantities_lose_no_kilogram(kind):
    most, seed = 10**15, SEED.hex()
    offers = [
        OFFER | {"id": str(n), "quantity_kg": most - n, "price_per_t": 10**12 - n, "sequence": n}
        for n in range(3)
    ]
    questions = {
        "clear": {
            "demand": [{"id": id, "quantity_kg": most - 7} for id in "ab"],
            "offers": offers,
            "rules": [{"name": "e", "where": {"each": "project"}, "max_share": "1/1"} | HARD],
            "ceiling_per_t": 10**12,
            "pricing": "pay_as_offered",
            "seed": seed,
        },
        "share": {
            "total_kg": most,
            "claims": [{"id": id, "quantity_kg": most - n} for n, id in enumerate("abc")],
            "rule": "pro_rata",
            "seed": seed,
        },
        "matrix": {
            "rows": {"a": most, "b": most - 1},
            "columns": {"x": most - 2, "y": 1, "z": most},
            "seed": seed,
        },
    }

    said, status = told(kind, json.dumps(questions[kind]).encode())

    assert status == 0
    if kind == "clear":
        assert said["bought_kg"] == 2 * (most - 7)
        assert sum(said["amounts"].values()) == sum(each["value"] for each in said["awards"])
    elif kind == "share":
        assert sum(said["shares"].values()) == most
    else:
        assert [sum(row.values()) for row in said["cells"].values()] == [most, most - 1]


HARD = {"hard": True, "order": 1}
