"""Fair shares, exactly: what each claim is due of a total that cannot serve them all."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from auctions.offers import BadBook

Quotas = dict[str, Fraction]
Rule = Callable[[int, Mapping[str, int]], Quotas]


def quotas(total_kg: int, claims: Mapping[str, int], rule: str) -> Quotas:
    """Divide a total among claims by a rule, to the exact fraction, listed by id.

    Quotas add up to the total and none is above its claim; equal claims are due the same.
    Raises BadBook for an unknown rule, a claim below zero and a total above the claims.
    """
    if rule not in RULES:
        raise BadBook("unknown_rule", rule)
    if any(kg < 0 for kg in claims.values()):
        raise BadBook("quantity_out_of_range", min((kg, id) for id, kg in claims.items())[1])
    asked_kg = sum(claims.values())
    if not 0 <= total_kg <= asked_kg:
        raise BadBook("total_above_claims", "share", total_kg=total_kg, asked_kg=asked_kg)
    return RULES[rule](total_kg, {id: claims[id] for id in sorted(claims)})


def _pro_rata(total_kg: int, claims: Mapping[str, int]) -> Quotas:
    """Each the same part of its claim."""
    asked_kg = sum(claims.values()) or 1
    return {id: Fraction(total_kg * kg, asked_kg) for id, kg in claims.items()}


def _equal_awards(total_kg: int, claims: Mapping[str, int]) -> Quotas:
    """Each the same kilograms, but none more than its claim."""
    level = _level(total_kg, claims)
    return {id: min(Fraction(kg), level) for id, kg in claims.items()}


def _equal_losses(total_kg: int, claims: Mapping[str, int]) -> Quotas:
    """Each the same kilograms short of its claim, but none below zero."""
    level = _level(sum(claims.values()) - total_kg, claims)
    return {id: kg - min(Fraction(kg), level) for id, kg in claims.items()}


def _talmud(total_kg: int, claims: Mapping[str, int]) -> Quotas:
    """Up to half of all claims, equal awards of the half claims; beyond, equal losses of them.

    Reckoned with whole claims and twice the kilograms, and halved at the end.
    """
    lost_kg = sum(claims.values()) - total_kg
    if total_kg <= lost_kg:
        awards = _equal_awards(2 * total_kg, claims)
        return {id: award * Fraction(1, 2) for id, award in awards.items()}
    losses = _equal_awards(2 * lost_kg, claims)
    return {id: kg - losses[id] * Fraction(1, 2) for id, kg in claims.items()}


def _small_first(total_kg: int, claims: Mapping[str, int]) -> Quotas:
    """Ascending claims served whole; the equal claims that no longer fit share what is left."""
    equals: dict[int, int] = {}
    for kg in claims.values():
        equals[kg] = equals.get(kg, 0) + 1
    due: dict[int, Fraction] = {}
    left_kg = total_kg
    for kg in sorted(equals):
        served_kg = min(left_kg, kg * equals[kg])
        due[kg] = Fraction(served_kg, equals[kg])
        left_kg -= served_kg
    return {id: due[kg] for id, kg in claims.items()}


def _level(total_kg: int, claims: Mapping[str, int]) -> Fraction:
    """Find the height at which all claims, cut off there, add up to the total."""
    left_kg = total_kg
    higher = len(claims)
    for kg in sorted(claims.values()):
        if kg * higher > left_kg:
            return Fraction(left_kg, higher)
        left_kg -= kg
        higher -= 1
    return Fraction(max(claims.values(), default=0))


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "pro_rata": _pro_rata,
        "equal_awards": _equal_awards,
        "equal_losses": _equal_losses,
        "talmud": _talmud,
        "small_first": _small_first,
    }
)
