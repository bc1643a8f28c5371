"""The engine for scripts: one JSON question in, one JSON answer out, the same bytes each time."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from fractions import Fraction
from operator import itemgetter
from types import MappingProxyType
from typing import Any, BinaryIO

import numpy as np

from auctions.clear_door import clear
from auctions.leaving import Minimums, staying
from auctions.offers import MOST_KG, BadBook
from auctions.rationing import RULES
from auctions.reading import Fields, Malformed, fields, parse
from auctions.refuted import Refuted
from auctions.remainders import total_of, wholes
from auctions.results import Unproved
from auctions.sharing import matrix, shared_among

Answer = dict[str, Any]

ANSWERED, REFUSED = 0, 2
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "total_above_claims": "There is more to share ({total_kg} kg) than claims ({asked_kg} kg).",
        "rule_not_with_pricing": "Prices by {pricing!r} know no such rule.",
        "quality_not_with_pricing": "Prices by {pricing!r} know no coefficient but 1.",
        "coefficients_too_fine": "The coefficients have no common measure of sensible length.",
        "fixed_not_possible": "What is fixed cannot be bought within demand, limits and rules.",
        "duplicate_rule": "Another rule has the same name.",
        "duplicate_order": "Another soft rule has the same place in the order.",
        "too_many_rules": "There may be {most} rules at most.",
        "empty_set": "The rule picks nothing: say an attribute and its values.",
        "no_bound": "The rule bounds nothing: say a least or a largest share.",
        "share_out_of_range": "A share must lie from 0 to 1.",
        "minimum_above_maximum": "The least share is above the largest.",
        "minimums_above_maximum": (
            "The minimums of {minimums} come to {minimum}, "
            "where {maximum} is the most there can be."
        ),
        "cap_of_nothing": "A largest share of nothing lets nothing be bought.",
        "too_many_cells": "The matrix may have {most} cells at most.",
        "margins_differ": "The rows add up to {rows}, the columns to {columns}.",
    }
)


def answer(arguments: list[str], question: BinaryIO) -> tuple[bytes, int]:
    """Answer a question at the door that is named; return the bytes and the exit status."""
    try:
        door = _door(arguments)
        return _written(door(parse(question.read()))), ANSWERED
    except Malformed as refusal:
        told = (refusal.code, refusal.message, refusal.where)
    except BadBook as refusal:
        sentence = SENTENCES.get(refusal.code, "This contradicts the rest of the input.")
        told = (refusal.code, sentence.format(**_listed(refusal.facts)), refusal.where)
    except Unproved as doubt:
        told = ("unproved", f"Nothing was proved to be the best purchase: {doubt}.", "offers")
    except Refuted as fault:
        told = ("refuted", f"What was found fails its own check ({fault.what}).", fault.where)
    return _written({"error": dict(zip(("code", "message", "where"), told, strict=True))}), REFUSED


def _listed(facts: Mapping[str, object]) -> dict[str, object]:
    return {
        name: ", ".join(map(str, fact)) if isinstance(fact, tuple) else fact
        for name, fact in facts.items()
    }


def _door(arguments: list[str]) -> Callable[[object], Answer]:
    if len(arguments) != 1 or arguments[0] not in DOORS:
        raise Malformed("unknown_command", f"Say one of: {', '.join(DOORS)}, verify.", "command")
    return DOORS[arguments[0]]


def share(question: object) -> Answer:
    """Share a total by a rule; who is due less than the own minimum leaves, and gets nothing."""
    asked = fields(question, "", ("total_kg", "claims", "rule", "seed"), ("exact",))
    total_kg = asked.whole("total_kg", most=MOST_KG)
    rows = asked.rows("claims", ("id", "quantity_kg"), ("minimum_kg",))
    claims = sorted(map(_claim, rows), key=itemgetter(0))
    rule = asked.text("rule")
    if rule not in RULES:
        raise Malformed("unknown_rule", f"Say one of: {', '.join(RULES)}.", "rule")
    seed, exact = asked.seed(), asked.flag("exact")
    ids = [id for id, _, _ in claims]
    quantities = wholes([quantity_kg for _, quantity_kg, _ in claims])
    minimums = wholes([minimum_kg for _, _, minimum_kg in claims])
    stay = staying(Minimums(total_kg, quantities, minimums, rule), ids, seed)
    total_kg = min(total_kg, total_of(quantities[stay]))
    told = shared_among([ids[i] for i in stay], quantities[stay], total_kg, rule, seed=seed)
    shares = np.zeros_like(quantities)
    shares[stay] = told.shares
    answer: Answer = {"shares": dict(zip(ids, shares.tolist(), strict=True))}
    return answer | {"quotas": dict.fromkeys(ids, Fraction(0)) | told.quotas()} if exact else answer


def _claim(row: Fields) -> tuple[str, int, int]:
    quantity_kg = row.whole("quantity_kg", most=MOST_KG)
    minimum_kg = row.whole("minimum_kg", most=quantity_kg) if "minimum_kg" in row else 0
    return row.text("id"), quantity_kg, minimum_kg


def mix(question: object) -> Answer:
    """Give every row the same mix of columns, as nearly as whole units allow."""
    asked = fields(question, "", ("rows", "columns", "seed"))
    rows, columns = (asked.margin(key, most=MOST_KG) for key in ("rows", "columns"))
    return {"cells": matrix(rows, columns, asked.seed())}


DOORS: Mapping[str, Callable[[object], Answer]] = MappingProxyType(
    {"share": share, "matrix": mix, "clear": clear}
)


def _written(value: Answer) -> bytes:
    """Write JSON on one line, keys in order; half a character of the input stays an escape."""
    line = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return line.encode("utf-8", "backslashreplace") + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields_of(value)}
    raise TypeError(type(value))
