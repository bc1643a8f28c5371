"""What suppliers are paid: their own price, one price for all, or what they save the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from auctions.merit import Book, Vector, book
from auctions.offers import BadBook, Lot, Offer
from auctions.portfolio import grouped
from auctions.purchase import purchase
from auctions.rules import CountRule, Rule

PRICING = ("pay_as_offered", "uniform", "vickrey")
OUTSIDE = "outside supply"

Price = int | Fraction


def check_pricing(pricing: str, rules: Sequence[Rule], offers: Sequence[Offer]) -> None:
    """Refuse with BadBook a price rule that has no meaning under these rules or qualities.

    One price for all, and Vickrey's, compare by price alone; the first knows no share
    rules, the second no rules at all.
    """
    if pricing not in PRICING:
        raise BadBook("unknown_pricing", pricing)
    if pricing == "pay_as_offered":
        return
    for rule in sorted(rules, key=lambda rule: rule.name):
        if pricing == "vickrey" or not isinstance(rule, CountRule):
            raise BadBook("rule_not_with_pricing", rule.name, pricing=pricing)
    for offer in sorted(offers, key=lambda offer: offer.id):
        if offer.coefficient != 1:
            raise BadBook("quality_not_with_pricing", offer.id, pricing=pricing)


def prices(
    market: Book, bought: Vector, *, pricing: str, demand_kg: int, ceiling_per_t: int
) -> list[Price]:
    """Return what is paid per tonne of each offer, along the book; zero where none is bought."""
    own: list[Price] = [
        offer.price_per_t if kg else 0 for offer, kg in zip(market.offers, bought, strict=True)
    ]
    if pricing == "uniform":
        highest = max(own, default=0)
        return [highest if kg else 0 for kg in bought]
    if pricing == "vickrey":
        return _payments(with_outside(market, demand_kg, ceiling_per_t), bought, demand_kg)
    return own


def with_outside(market: Book, demand_kg: int, ceiling_per_t: int) -> Book:
    """Add a supply at the ceiling that covers any demand and comes after all offers.

    Its rank is above what all offers together can come to, so that of purchases that cost
    the same the one that needs least of it is taken.
    """
    last = max((offer.sequence for offer in market.offers), default=0) + 1
    outside = Offer(
        id=OUTSIDE,
        supplier=OUTSIDE,
        project=OUTSIDE,
        lot=OUTSIDE,
        quantity_kg=demand_kg,
        price_per_t=ceiling_per_t,
        sequence=last,
    )
    supplied = book([*market.lots, Lot(OUTSIDE, demand_kg)], [*market.offers, outside])
    last_rank = len(supplied.offers) * demand_kg + 1
    rows = zip(supplied.offers, supplied.rank, strict=True)
    return replace(supplied, rank=tuple(last_rank if o is outside else rank for o, rank in rows))


def inside(supplied: Book, bought: Vector, market: Book) -> Vector:
    """Take a purchase back to the book without the outside supply."""
    kg_of = {offer.id: kg for offer, kg in zip(supplied.offers, bought, strict=True)}
    return [kg_of[offer.id] for offer in market.offers]


def _payments(supplied: Book, bought: Vector, demand_kg: int) -> list[Price]:
    """Pay each supplier what the others would cost without it, less what they cost with it.

    Costs are kilograms times price per tonne, and count the outside supply.
    """
    whole, _ = purchase(supplied, demand_kg)
    assert whole is not None
    cost = _cost(supplied, whole)
    paid: list[Price] = [0] * len(bought)
    inner = [i for i, offer in enumerate(supplied.offers) if offer.supplier != OUTSIDE]
    for supplier, places in grouped(supplied.offers[i].supplier for i in inner).items():
        kg = sum(bought[i] for i in places)
        if not kg:
            continue
        others = supplied.only(
            [i for i, offer in enumerate(supplied.offers) if offer.supplier != supplier]
        )
        without, _ = purchase(others, demand_kg)
        assert without is not None
        own = sum(supplied.cost[inner[i]] * bought[i] for i in places)
        price = Fraction(_cost(others, without) - (cost - own), kg)
        for i in places:
            paid[i] = price if bought[i] else 0
    return paid


def _cost(market: Book, bought: Vector) -> int:
    return sum(cost * kg for cost, kg in zip(market.cost, bought, strict=True))
