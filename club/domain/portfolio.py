"""What a round bought, held against its portfolio rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auctions.rules import CountRule, EachRule, Rule, ShareRule, Value, picks


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Kilograms bought of one lot, with what rules look at."""

    quantity_kg: int
    supplier_id: str
    project_id: str
    attributes: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One rule and how what was bought stands to it."""

    rule: Rule
    share: Fraction | None
    """Of a set, or of the largest supplier or project; None for a number of suppliers."""
    suppliers: int | None
    """How many were awarded enough to count; None for shares."""
    yielded_by: Fraction
    """By how much the rule gave way: a share, or a number of suppliers; 0 where it held."""


def standings(
    rules: Sequence[Rule], held: Sequence[Held], yielded: Mapping[str, Fraction]
) -> tuple[Standing, ...]:
    """Each rule in its order; `yielded` is by rule name. What was bought is above nothing."""
    return tuple(
        Standing(
            rule=rule,
            share=None if isinstance(rule, CountRule) else _share(rule, held),
            suppliers=_suppliers(rule, held) if isinstance(rule, CountRule) else None,
            yielded_by=yielded.get(rule.name, Fraction(0)),
        )
        for rule in rules
    )


def _share(rule: ShareRule | EachRule, held: Sequence[Held]) -> Fraction:
    total_kg = sum(each.quantity_kg for each in held)
    if isinstance(rule, EachRule):
        return Fraction(max(_by(held, f"{rule.each}_id").values()), total_kg)
    picked = picks(rule, [each.attributes for each in held])
    picked_kg = sum(each.quantity_kg for each, is_in in zip(held, picked, strict=True) if is_in)
    return Fraction(picked_kg, total_kg)


def _suppliers(rule: CountRule, held: Sequence[Held]) -> int:
    return sum(kg >= rule.minimum_award_kg for kg in _by(held, "supplier_id").values())


def _by(held: Sequence[Held], name: str) -> Counter[str]:
    totals: Counter[str] = Counter()
    for each in held:
        totals[getattr(each, name)] += each.quantity_kg
    return totals
