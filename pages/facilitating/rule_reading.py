"""From what was typed of a portfolio rule to the rule, and the order in which rules stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from auctions.rules import CountRule, EachRule, Rule, ShareRule, Value, where
from club.domain.attributes import YES_OR_NO, Attribute, named
from club.domain.errors import InputRefused
from club.domain.units import read_kg, read_share, read_text

LONGEST_NAME = 60
KINDS = ("share", "each", "count")


def read(typed: dict[str, Any], rules: Sequence[Rule]) -> Rule:
    """The rule as typed, to stand after the others; a soft one takes the last place.

    One without a name is called R1, R2, … Raises InputRefused with the first field that cannot
    be read.
    """
    name = read_text(typed["name"], field="rule_name", longest=LONGEST_NAME, optional=True)
    common: dict[str, Any] = {
        "name": name or _free_name(rules),
        "hard": typed["hard"],
        "order": 0 if typed["hard"] else 1 + max((rule.order for rule in rules), default=0),
    }
    if typed["kind"] == "count":
        least = read_kg(typed["minimum_award_kg"], field="minimum_award_kg", optional=True) or 1
        return CountRule(min_suppliers=typed["min_suppliers"], minimum_award_kg=least, **common)
    if typed["kind"] == "each":
        most = read_share(typed["max_share"], field="max_share")
        return EachRule(each=typed["each"], max_share=most, **common)
    accepted = accepted_values(typed["accepted"])
    if not accepted:
        raise InputRefused("missing", field="accepted")
    return ShareRule(
        where=where(accepted),
        min_share=_bound(typed, "min_share"),
        max_share=_bound(typed, "max_share"),
        **common,
    )


def _bound(typed: dict[str, Any], field: str) -> Fraction | None:
    """A share, or none where nothing was typed."""
    return read_share(typed[field], field=field) if typed[field].strip() else None


def accepted_values(chosen: dict[Attribute, Any]) -> dict[str, list[Value]]:
    """What a rule holds of the values chosen by attribute.

    Of several labels a lot needs all; of other values one. An attribute without any is refused.
    """
    accepted: dict[str, list[Value]] = {}
    for attribute, values in chosen.items():
        if not values:
            raise InputRefused("missing", field=attribute.value)
        if attribute in YES_OR_NO:
            accepted |= {named(attribute, each): [True] for each in _names(values)}
        else:
            accepted[attribute.value] = [_plain(value) for value in values]
    return accepted


def numbered(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Hard rules as they were written, then the soft ones by their places, from 1 on."""
    all_rules = list(rules)
    soft = sorted((rule for rule in all_rules if not rule.hard), key=lambda rule: rule.order)
    hard = [replace(rule, order=0) for rule in all_rules if rule.hard]
    return (*hard, *(replace(rule, order=place) for place, rule in enumerate(soft, start=1)))


def without(rules: Sequence[Rule], name: str) -> tuple[Rule, ...]:
    return numbered(rule for rule in rules if rule.name != name)


def earlier(rules: Sequence[Rule], name: str) -> tuple[Rule, ...]:
    """The soft rule one place further up; the first stays where it is."""
    listed = list(numbered(rules))
    place = next(place for place, rule in enumerate(listed) if rule.name == name)
    if place == 0 or listed[place - 1].hard or listed[place].hard:
        return tuple(listed)
    mine, other = listed[place], listed[place - 1]
    listed[place - 1 : place + 1] = [
        replace(mine, order=other.order),
        replace(other, order=mine.order),
    ]
    return tuple(listed)


def _free_name(rules: Sequence[Rule]) -> str:
    taken = {rule.name for rule in rules}
    return next(f"R{number}" for number in range(1, len(rules) + 2) if f"R{number}" not in taken)


def _names(values: Any) -> list[str]:
    if isinstance(values, date):
        return [values.isoformat()]
    return [str(value) for value in values]


def _plain(value: Any) -> Value:
    """An enumeration's word as the text that it is; a year stays a number."""
    return value if isinstance(value, int) else str(value).strip()
