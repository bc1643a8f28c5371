"""Pooled demand and supply at each price."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from auctions.offers import Claim, Lot, Offer


def limit_of(claim: Claim, ceiling_per_t: int) -> int:
    """Return a claim's limit; without one, or above the ceiling, it is the ceiling."""
    if claim.limit_per_t is None:
        return ceiling_per_t
    return min(claim.limit_per_t, ceiling_per_t)


def demand_curve(claims: Iterable[Claim], ceiling_per_t: int) -> dict[int, int]:
    """Map each limit, highest first, to the kilograms wanted at that price or above it."""
    at_limit: dict[int, int] = {}
    for claim in claims:
        limit = limit_of(claim, ceiling_per_t)
        at_limit[limit] = at_limit.get(limit, 0) + claim.quantity_kg
    demand_kg = 0
    curve = {}
    for limit in sorted(at_limit, reverse=True):
        demand_kg += at_limit[limit]
        curve[limit] = demand_kg
    return curve


def supply_curve(
    lots: Sequence[Lot], offers: Iterable[Offer], *, ceiling_per_t: int | None = None
) -> dict[int, int]:
    """Map each price, lowest first, to the kilograms offered at it or below, lots respected."""
    left_kg = {lot.id: lot.quantity_kg for lot in lots}
    supply_kg = 0
    curve = {}
    for offer in sorted(offers, key=lambda offer: (offer.price_per_t, offer.id)):
        if ceiling_per_t is not None and offer.price_per_t > ceiling_per_t:
            break
        taken_kg = min(left_kg[offer.lot], offer.quantity_kg)
        left_kg[offer.lot] -= taken_kg
        supply_kg += taken_kg
        curve[offer.price_per_t] = supply_kg
    return curve


def supply_at(curve: Mapping[int, int], price_per_t: int) -> int:
    """Read a supply curve at a price."""
    prices = list(curve)
    admitted = bisect_right(prices, price_per_t)
    return curve[prices[admitted - 1]] if admitted else 0


def demand_at(curve: Mapping[int, int], price_per_t: int) -> int:
    """Read a demand curve at a price: what all whose limit covers it want together."""
    return max((kg for limit, kg in curve.items() if limit >= price_per_t), default=0)
