"""Portfolio rules: what share of all that is bought may come from where."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from auctions.offers import MOST_KG, BadBook
from auctions.packing import too_heavy

Value = str | int | bool
Where = tuple[tuple[str, tuple[Value, ...]], ...]
"""Accepted values by attribute; both in a stated order, so that equal sets are equal values."""

MOST_RULES = 100
WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRule:
    """Bounds the share of what is bought of the lots whose attributes are all accepted."""

    name: str
    where: Where
    min_share: Fraction | None = None
    max_share: Fraction | None = None
    hard: bool
    order: int = 0
    """Place among the soft rules: the last yields first; nothing for a hard rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EachRule:
    """Bounds the share of what is bought of every single supplier, or project."""

    name: str
    each: Literal["supplier", "project"]
    max_share: Fraction
    hard: bool
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRule:
    """So many suppliers at least are awarded, each so many kilograms or more."""

    name: str
    min_suppliers: int
    minimum_award_kg: int = 1
    hard: bool
    order: int = 0


Rule = ShareRule | EachRule | CountRule


def where(accepted: Mapping[str, Iterable[Value]]) -> Where:
    """Write accepted values by attribute in the one order in which a rule holds them."""
    return tuple(
        (attribute, tuple(_value(key) for key in sorted({_key(value) for value in values})))
        for attribute, values in sorted(accepted.items())
    )


def picks(rule: ShareRule, lots: Iterable[Mapping[str, Value]]) -> list[bool]:
    """Tell of each lot, by its attributes, whether the rule's set holds it.

    True is not 1, and what is not stated is not accepted.
    """
    accepted = [(name, frozenset(values), _keys(values)) for name, values in rule.where]

    def holds(lot: Mapping[str, Value]) -> bool:
        for name, values, keys in accepted:
            value = lot.get(name)
            if value is None or value not in values or _key(value) not in keys:
                return False
        return True

    return [holds(lot) for lot in lots]


def check_rules(rules: Sequence[Rule]) -> None:
    """Refuse with BadBook, at the rule's name, what contradicts itself on its face.

    Names come once, soft rules have a place each, shares lie from 0 to 1, every rule bounds
    something, and the minimums of sets that have nothing in common are no more together than
    the whole, or than the maximum of a set that holds them. Soft rules count as hard ones do:
    a rule that can only ever yield is a mistake of whoever wrote it.
    """
    if len(rules) > MOST_RULES:
        raise BadBook("too_many_rules", rules[MOST_RULES].name, most=MOST_RULES)
    _once("duplicate_rule", [(rule.name, rule.name) for rule in rules])
    _once("duplicate_order", [(rule.order, rule.name) for rule in rules if not rule.hard])
    for rule in rules:
        if isinstance(rule, ShareRule):
            _check_share(rule)
        elif isinstance(rule, EachRule):
            _check_each(rule)
        else:
            _check_count(rule)
    _check_minimums([rule for rule in rules if isinstance(rule, ShareRule)])


def _once(code: str, named: Sequence[tuple[object, str]]) -> None:
    times = Counter(key for key, _ in named)
    for key, name in named:
        if times[key] > 1:
            raise BadBook(code, name, times=times[key])


def _check_share(rule: ShareRule) -> None:
    attributes = [attribute for attribute, _ in rule.where]
    accepts_all = all(values for _, values in rule.where)
    if not attributes or not accepts_all or len(set(attributes)) < len(attributes):
        raise BadBook("empty_set", rule.name)
    least, most = rule.min_share, rule.max_share
    if least is None and most is None:
        raise BadBook("no_bound", rule.name)
    for share in (least, most):
        if share is not None and not 0 <= share <= WHOLE:
            raise BadBook("share_out_of_range", rule.name, share=share)
    if least is not None and most is not None and least > most:
        raise BadBook("minimum_above_maximum", rule.name, minimum=least, maximum=most)


def _check_each(rule: EachRule) -> None:
    if rule.max_share == 0:
        raise BadBook("cap_of_nothing", rule.name)
    if not 0 < rule.max_share <= WHOLE:
        raise BadBook("share_out_of_range", rule.name, share=rule.max_share)


def _check_count(rule: CountRule) -> None:
    if rule.min_suppliers < 1:
        raise BadBook("too_few_suppliers", rule.name, min_suppliers=rule.min_suppliers)
    if not 1 <= rule.minimum_award_kg <= MOST_KG:
        raise BadBook(
            "minimum_award_out_of_range", rule.name, minimum_award_kg=rule.minimum_award_kg
        )


def _check_minimums(rules: Sequence[ShareRule]) -> None:
    floors = sorted((rule for rule in rules if rule.min_share), key=lambda rule: rule.name)
    weights = [rule.min_share or Fraction(0) for rule in floors]
    apart = [
        sum(1 << j for j, other in enumerate(floors) if _disjoint(rule.where, other.where))
        for rule in floors
    ]
    caps = [(rule.name, rule.where, rule.max_share) for rule in rules]
    for name, bounds, most in [("", (), WHOLE), *sorted(caps)]:
        if most is None:
            continue
        inside = [
            weight if _within(rule.where, bounds) else Fraction(0)
            for rule, weight in zip(floors, weights, strict=True)
        ]
        found = too_heavy(inside, apart, most)
        if found is not None:
            first = floors[found[0]].name
            raise BadBook(
                "minimums_above_maximum",
                first,
                minimums=tuple(floors[i].name for i in found),
                minimum=sum((weights[i] for i in found), Fraction(0)),
                of=name,
                maximum=most,
            )


def _disjoint(one: Where, other: Where) -> bool:
    """Whether the two sets accept nothing in common of some attribute that both look at."""
    others = dict(other)
    return any(
        attribute in others and not _keys(values) & _keys(others[attribute])
        for attribute, values in one
    )


def _within(inner: Where, outer: Where) -> bool:
    """Whether all that the inner set accepts is accepted by the outer one."""
    inners = dict(inner)
    return all(
        attribute in inners and _keys(inners[attribute]) <= _keys(values)
        for attribute, values in outer
    )


def _keys(values: Iterable[Value]) -> frozenset[tuple[str, Value]]:
    return frozenset(_key(value) for value in values)


def _key(value: Value) -> tuple[str, Value]:
    """Tell true from 1, which Python holds equal, and put values of all kinds in one order."""
    return type(value).__name__, value


def _value(key: tuple[str, Value]) -> Value:
    return key[1]
