"""Books of offers under twenty portfolio rules, drawn to look like a real market."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from auctions.offers import Claim, Lot, Offer
from auctions.rules import ShareRule, where

MEDIAN_PER_T = 2_500
MEDIAN_KG = 50_000
REMOVALS = 0.25
DIVISIBLE = 0.3
NOT_WHOLE = 0.9
WANTED = Fraction(35, 100)
"""The part of all that is offered that is wanted."""


@dataclass(frozen=True, slots=True)
class RuledBook:
    """A round's book; a third is divisible, most of the rest has a minimum, a tenth is whole."""

    claims: list[Claim]
    lots: list[Lot]
    offers: list[Offer]
    rules: list[ShareRule]
    ceiling_per_t: int

    @property
    def demand_kg(self) -> int:
        return sum(claim.quantity_kg for claim in self.claims)


def ruled_book(offers: int, number: int, limits: int = 1) -> RuledBook:
    """The book of that number; the same number is the same book."""
    chance = np.random.default_rng(number)
    removal = chance.random(offers) < REMOVALS
    price = chance.lognormal(np.log(MEDIAN_PER_T), 0.6, offers).round().astype(np.int64)
    price = np.where(removal, price * 3, price)
    quantity = (chance.lognormal(np.log(MEDIAN_KG // 100), 1.0, offers).round() + 1) * 100
    kind = chance.random(offers)
    part = np.where(
        kind < DIVISIBLE, 0, np.where(kind < NOT_WHOLE, chance.uniform(0, 0.5, offers), 1)
    )
    supplier = chance.zipf(1.6, offers) % max(12, offers // 20)
    columns = {
        "region": chance.choice(6, offers, p=[0.3, 0.25, 0.15, 0.15, 0.1, 0.05]),
        "rating": chance.integers(1, 8, offers),
        "vintage": chance.integers(2019, 2027, offers),
        "origin": chance.choice(3, offers, p=[0.35, 0.2, 0.45]),
        "mechanism": np.where(removal, 1, 0),
    }
    book = [
        Offer(
            id=f"offer {i:06}",
            supplier=f"supplier {supplier[i]}",
            project=f"project {i}",
            lot=f"lot {i:06}",
            quantity_kg=int(quantity[i]),
            minimum_kg=int(np.ceil(part[i] * quantity[i])),
            price_per_t=int(price[i]),
            attributes={name: int(column[i]) for name, column in columns.items()},
            sequence=i + 1,
        )
        for i in range(offers)
    ]
    largest = np.bincount(supplier, weights=quantity).argsort()[::-1][:9]
    demand_kg = int(quantity.sum()) * WANTED.numerator // WANTED.denominator
    ceiling_per_t = int(price.max()) + 1
    return RuledBook(
        claims=_claims(demand_kg, _limits(price, limits, ceiling_per_t)),
        lots=[Lot(offer.lot, offer.quantity_kg) for offer in book],
        offers=book,
        rules=_rules([f"supplier {each}" for each in largest]),
        ceiling_per_t=ceiling_per_t,
    )


def _limits(price: np.ndarray, limits: int, ceiling_per_t: int) -> list[int]:
    """So many different limits, from a middling price up."""
    if limits == 1:
        return [ceiling_per_t]
    return [int(each) for each in np.quantile(price, np.linspace(0.5, 1, limits))]


def _claims(demand_kg: int, limits: list[int]) -> list[Claim]:
    shares = [divmod(demand_kg, len(limits))[0]] * len(limits)
    shares[0] += demand_kg - sum(shares)
    return [
        Claim(f"member {i:03}", kg, 0, limit)
        for i, (kg, limit) in enumerate(zip(shares, limits, strict=True))
    ]


def _rules(largest: list[str]) -> list[ShareRule]:
    def rule(name: str, accepted: dict[str, list[str | int]], **share: Fraction) -> ShareRule:
        return ShareRule(name=name, where=where(accepted), hard=True, **share)

    of = [rule(name, {"supplier": [name]}, max_share=Fraction(12, 100)) for name in largest]
    of += [
        rule(f"region {each}", {"region": [each]}, max_share=Fraction(33, 100)) for each in range(6)
    ]
    return [
        *of,
        rule("removals", {"mechanism": [1]}, min_share=Fraction(30, 100)),
        rule("overseas", {"origin": [1]}, max_share=Fraction(5, 100)),
        rule("domestic", {"origin": [0]}, min_share=Fraction(40, 100)),
        rule("recent", {"vintage": [2023, 2024, 2025, 2026]}, min_share=Fraction(60, 100)),
        rule("rated", {"rating": [4, 5, 6, 7]}, min_share=Fraction(60, 100)),
    ]
