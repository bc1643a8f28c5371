"""Portfolio rules in JSON: written plainly, read strictly."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from auctions.offers import MOST_KG
from auctions.reading import Fields, Malformed, fields, ratio, text
from auctions.rules import CountRule, EachRule, Rule, ShareRule, Value, where

MOST_ORDER = 10**9
COMMON = ("name", "hard", "order")


def rule_facts(rule: Rule) -> dict[str, Any]:
    """Write a rule as `read_rule` reads it: shares as "n/d", accepted values as lists."""
    common: dict[str, Any] = {"name": rule.name, "hard": rule.hard, "order": rule.order}
    if isinstance(rule, ShareRule):
        accepted = {attribute: list(values) for attribute, values in rule.where}
        return common | {
            "where": accepted,
            "min_share": _written(rule.min_share),
            "max_share": _written(rule.max_share),
        }
    if isinstance(rule, EachRule):
        return common | {"where": {"each": rule.each}, "max_share": _written(rule.max_share)}
    return common | {
        "min_suppliers": rule.min_suppliers,
        "minimum_award_kg": rule.minimum_award_kg,
    }


def read_rules(rows: object, place: str) -> tuple[Rule, ...]:
    """Read a list of rules; raises Malformed where one cannot be meant."""
    if not isinstance(rows, list):
        raise Malformed("not_a_list", "This must be a list.", place)
    return tuple(read_rule(row, f"{place}[{number}]") for number, row in enumerate(rows))


def read_rule(value: object, place: str) -> Rule:
    """Read one rule, whose kind its keys tell: a number of suppliers, each one's cap, or a set.

    Keys of the other kinds may be there and null.
    """
    found = fields(value, place, COMMON, ("where", *BOUNDS, *COUNTS))
    said = found.cells
    if "min_suppliers" in found:
        return _count(fields(said, place, (*COMMON, "min_suppliers"), ("minimum_award_kg",)))
    accepted = fields(said, place, (*COMMON, "where"), BOUNDS).cells["where"]
    if isinstance(accepted, dict) and "each" in accepted:
        return _each(fields(said, place, (*COMMON, "where", "max_share")), accepted["each"])
    return ShareRule(
        where=where(_accepted(accepted, found.at("where"))),
        min_share=_share(found, "min_share"),
        max_share=_share(found, "max_share"),
        **_common(found),
    )


BOUNDS = ("min_share", "max_share")
COUNTS = ("min_suppliers", "minimum_award_kg")


def _count(found: Fields) -> CountRule:
    least = (
        found.whole("minimum_award_kg", least=1, most=MOST_KG) if "minimum_award_kg" in found else 1
    )
    return CountRule(
        min_suppliers=found.whole("min_suppliers", least=1, most=MOST_ORDER),
        minimum_award_kg=least,
        **_common(found),
    )


def _each(found: Fields, each: object) -> EachRule:
    place = found.at("where")
    if len(fields(found.cells["where"], place, ("each",)).cells) > 1 or each not in EACH:
        raise Malformed("unknown_value", "Say supplier or project.", f"{place}.each")
    return EachRule(
        each="supplier" if each == "supplier" else "project",
        max_share=ratio(found.cells["max_share"], found.at("max_share")),
        **_common(found),
    )


EACH = ("supplier", "project")


def _common(found: Fields) -> dict[str, Any]:
    return {
        "name": found.text("name"),
        "hard": found.flag("hard"),
        "order": found.whole("order", most=MOST_ORDER),
    }


def _share(found: Fields, key: str) -> Fraction | None:
    return ratio(found.cells[key], found.at(key)) if key in found else None


def _written(share: Fraction | None) -> str | None:
    return None if share is None else f"{share.numerator}/{share.denominator}"


def _accepted(value: object, place: str) -> dict[str, list[Value]]:
    """Read the accepted values by attribute; one value may stand without its list."""
    if not isinstance(value, dict):
        raise Malformed("not_an_object", "This must be an object.", place)
    return {
        text(attribute, place): [_value(cell, f"{place}.{attribute}") for cell in _listed(cells)]
        for attribute, cells in value.items()
    }


def _listed(cells: object) -> Sequence[object]:
    return cells if isinstance(cells, list) else [cells]


def _value(cell: object, place: str) -> Value:
    if isinstance(cell, str):
        return text(cell, place)
    if isinstance(cell, bool | int):
        return cell
    raise Malformed("not_a_value", "An attribute is a text, a whole number, true or false.", place)
