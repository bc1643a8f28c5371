import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.doors import answer
from auctions.rationing import RULES, quotas
from auctions.refuted import Refuted
from auctions.sharing import matrix
from auctions.sharing import share as share_kg
from tests.auctions.books import SEED

PAGE = Path("docs/auctions.md").read_text("utf-8")
ASKED = {
    "total_kg": 10,
    "claims": [{"id": "青", "quantity_kg": 30}, {"id": "b", "quantity_kg": 30, "minimum_kg": 1}],
    "rule": "pro_rata",
    "seed": SEED.hex(),
}


def told(door, question):
    line, status = answer([door], BytesIO(json.dumps(question).encode()))
    assert line.endswith(b"\n")
    return json.loads(line), status


def refused(door, question):
    told_, status = told(door, question)
    assert (list(told_), status) == (["error"], 2)
    assert sorted(told_["error"]) == ["code", "message", "where"]
    return told_["error"]["code"], told_["error"]["where"]


@pytest.mark.parametrize("door", ["share", "matrix", "clear"])
def test_the_examples_of_the_page_hold_to_the_byte(door):
    block = "```json\n(.*?)```"
    asked, shown = re.search(f"<!-- {door} -->\n{block}.*?{block}", PAGE, re.DOTALL).groups()

    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "auctions", door],
        check=False,
        input=asked.encode(),
        capture_output=True,
    )

    assert (run.stdout.decode(), run.stderr, run.returncode) == (shown, b"", 0)


def test_the_refusal_of_the_page_is_the_one_given():
    claims = [{"id": "a", "quantity_kg": 1}, {"id": "b", "quantity_kg": 10**18}]

    line, status = answer(["share"], BytesIO(json.dumps(ASKED | {"claims": claims}).encode()))

    assert status == 2
    assert line.decode() in PAGE


CHATTY = """
import os
from auctions import __main__ as program
program.answer = lambda arguments, question: (os.write(1, b"solving") and b"{}", 0)
program.main()
"""


def test_what_a_solver_prints_is_no_part_of_the_answer():
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", CHATTY], check=True, capture_output=True
    )

    assert (run.stdout, run.stderr) == (b"{}", b"solving")


@pytest.mark.parametrize("arguments", [[], ["guess"], ["share", "FILE"]])
def test_an_unknown_door_is_refused_before_anything_is_read(arguments):
    line, status = answer(arguments, None)

    assert (json.loads(line)["error"]["code"], status) == ("unknown_command", 2)


def test_ids_are_written_as_they_were_read():
    line, _ = answer(["share"], BytesIO(json.dumps(ASKED).encode()))

    assert line == '{"shares":{"b":5,"青":5}}\n'.encode()


def test_a_refusal_tells_even_a_place_that_cannot_be_written():
    assert refused("share", ASKED | {"\ud800": 1}) == ("unknown_key", "\ud800")


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"total_kg": 61}, "total_above_claims", "total_kg"),
        ({"total_kg": 1.5}, "not_whole", "total_kg"),
        ({"total_kg": -1}, "out_of_range", "total_kg"),
        ({"rule": "by mood"}, "unknown_rule", "rule"),
        ({"seed": "00"}, "not_a_seed", "seed"),
        ({"seeds": "00"}, "unknown_key", "seeds"),
        ({"claims": None}, "missing_key", "claims"),
        ({"claims": [{"id": "a", "quantity_kg": -1}]}, "out_of_range", "claims[0].quantity_kg"),
        (
            {"claims": [{"id": "a", "quantity_kg": 9, "minimum_kg": 10}]},
            "out_of_range",
            "claims[0].minimum_kg",
        ),
        ({"claims": ASKED["claims"][:1] * 2}, "duplicate_id", "claims[1].id"),
    ],
)
def test_what_cannot_be_shared_is_refused_with_its_place(change, code, where):
    assert refused("share", ASKED | change) == (code, where)


def test_an_answer_that_fails_its_own_check_is_not_told(monkeypatch):
    def fail(*_, **__):
        raise Refuted("better_limit", "pass 1")

    monkeypatch.setattr("auctions.clear_door.check", fail)
    offer = {"id": "o", "supplier": "s", "project": "p", "quantity_kg": 1, "price_per_t": 1}
    book = {"demand": {"quantity_kg": 1}, "offers": [offer | {"sequence": 1}]}
    terms = {"ceiling_per_t": 1, "pricing": "uniform", "seed": SEED.hex()}

    assert refused("clear", book | terms) == ("refuted", "pass 1")


def test_a_total_above_the_claims_tells_both():
    error = told("share", ASKED | {"total_kg": 61})[0]["error"]

    assert error["message"] == "There is more to share (61 kg) than claims (60 kg)."


def test_who_is_due_less_than_the_minimum_leaves_with_nothing():
    claims = [{"id": "a", "quantity_kg": 10, "minimum_kg": 8}, {"id": "b", "quantity_kg": 10}]

    assert told("share", ASKED | {"claims": claims, "exact": True}) == (
        {"shares": {"a": 0, "b": 10}, "quotas": {"a": "0/1", "b": "10/1"}},
        0,
    )


@given(
    st.dictionaries(st.text("abc青", min_size=1, max_size=3), st.integers(0, 50), max_size=6),
    st.sampled_from(sorted(RULES)),
    st.data(),
)
@settings(deadline=None, max_examples=50)
def test_the_door_shares_as_the_engine_does_in_whatever_order_claims_come(claims, rule, data):
    total_kg = data.draw(st.integers(0, sum(claims.values())))
    rows = [{"id": id, "quantity_kg": kg} for id, kg in claims.items()]
    asked = {"total_kg": total_kg, "rule": rule, "seed": SEED.hex(), "exact": True}

    said, status = told("share", asked | {"claims": data.draw(st.permutations(rows))})

    due = quotas(total_kg, claims, rule)
    assert status == 0
    assert said["shares"] == share_kg(total_kg, claims, SEED, rule)
    assert said["quotas"] == {id: f"{q.numerator}/{q.denominator}" for id, q in due.items()}


def test_the_door_mixes_as_the_engine_does():
    rows, columns = {"a": 5, "b": 3, "c": 2}, {"x": 4, "y": 6}

    said = told("matrix", {"rows": rows, "columns": columns, "seed": SEED.hex()})

    assert said == ({"cells": matrix(rows, columns, SEED)}, 0)


@pytest.mark.parametrize(
    ("rows", "columns", "code", "where"),
    [
        ({"a": 5}, {"x": 4}, "margins_differ", "matrix"),
        ({"a": -5}, {"x": -5}, "out_of_range", "rows.a"),
        ({"a": 5}, {"x": 5.0}, "not_whole", "columns.x"),
        ({"a": 5}, {"": 5}, "not_text", "columns"),
        ([5], {"x": 5}, "not_an_object", "rows"),
    ],
)
def test_what_cannot_be_mixed_is_refused_with_its_place(rows, columns, code, where):
    asked = {"rows": rows, "columns": columns, "seed": SEED.hex()}

    assert refused("matrix", asked) == (code, where)


def test_nothing_to_share_or_mix_is_no_error():
    assert told("share", ASKED | {"total_kg": 0, "claims": []}) == ({"shares": {}}, 0)
    assert told("matrix", {"rows": {}, "columns": {}, "seed": SEED.hex()}) == ({"cells": {}}, 0)
