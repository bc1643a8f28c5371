"""What portfolio rules may pick lots by, and what each lot says of itself under those names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from auctions.rules import Rule, ShareRule, Value
from club.domain.lots import Basis, Category, Label, Lot, Mechanism, Project


class Attribute(StrEnum):
    """An attribute as people choose it; `named` gives what a rule holds of it."""

    MECHANISM = "mechanism"
    BASIS = "basis"
    CATEGORY = "category"
    PROGRAMME = "programme"
    COUNTRY = "country"
    PREFECTURE = "prefecture"
    VINTAGE = "vintage"
    RATING = "rating"
    LABEL = "label"
    DELIVERED_BY = "delivered_by"


WORDS: dict[Attribute, type[StrEnum]] = {
    Attribute.MECHANISM: Mechanism,
    Attribute.BASIS: Basis,
    Attribute.CATEGORY: Category,
}
"""Attributes whose values are words of an enumeration."""
YES_OR_NO = frozenset({Attribute.LABEL, Attribute.DELIVERED_BY})
"""A lot may bear several labels, and is delivered by one day and every later one: so each label
and each day is an attribute of its own, `label:ccp` or `delivered_by:2027-03-31`."""


def named(attribute: Attribute, value: str) -> str:
    """What a rule calls a label, or a day: an attribute that is true or not."""
    return f"{attribute}:{value}"


def parted(name: str) -> tuple[Attribute, str]:
    """The attribute behind a name in a rule, and its label or day; ValueError for no such name."""
    head, _, value = name.partition(":")
    attribute = Attribute(head)
    known = ""
    if attribute is Attribute.LABEL:
        known = Label(value).value
    elif attribute is Attribute.DELIVERED_BY:
        known = date.fromisoformat(value).isoformat()
    if name != (named(attribute, known) if known else attribute.value):
        raise ValueError(name)
    return attribute, value


def is_meant(rule: ShareRule) -> bool:
    """Whether every attribute and value of the rule is one that a lot of the club may have."""
    try:
        return all(_may_be(*parted(name), values) for name, values in rule.where)
    except ValueError:
        return False


def _may_be(attribute: Attribute, _of: str, values: tuple[Value, ...]) -> bool:
    if attribute in YES_OR_NO:
        return all(isinstance(value, bool) for value in values)
    if attribute is Attribute.VINTAGE:
        return all(type(value) is int for value in values)
    known = {word.value for word in WORDS[attribute]} if attribute in WORDS else None
    return all(isinstance(value, str) and (not known or value in known) for value in values)


def attributes(project: Project, lot: Lot, rules: Iterable[Rule]) -> dict[str, Value]:
    """What the lot says of itself under every name that a rule may use.

    What its source does not state is left out, so that no rule's set holds it. Delivery is
    told for the days that the rules ask about.
    """
    told: dict[str, Value | None] = {
        Attribute.MECHANISM.value: project.mechanism.value,
        Attribute.BASIS.value: project.basis.value,
        Attribute.CATEGORY.value: project.category.value,
        Attribute.PROGRAMME.value: project.programme,
        Attribute.COUNTRY.value: project.country,
        Attribute.PREFECTURE.value: project.prefecture,
        Attribute.RATING.value: project.rating,
        Attribute.VINTAGE.value: lot.vintage,
    }
    told |= {named(Attribute.LABEL, label): label in lot.labels for label in Label}
    told |= {
        named(Attribute.DELIVERED_BY, day): lot.deliver_by_on is not None
        and lot.deliver_by_on <= date.fromisoformat(day)
        for day in _days(rules)
    }
    return {name: value for name, value in told.items() if value is not None}


def _days(rules: Iterable[Rule]) -> list[str]:
    parts = [
        parted(name) for rule in rules if isinstance(rule, ShareRule) for name, _ in rule.where
    ]
    return sorted({value for attribute, value in parts if attribute is Attribute.DELIVERED_BY})
