"""Demand answers price: for each limit among the claims, what its buyers would get."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from auctions.curves import demand_curve, limit_of, supply_at, supply_curve
from auctions.leaving import leaver
from auctions.merit import Book, Vector
from auctions.offers import Claim
from auctions.purchase import purchase
from auctions.results import Tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the claims with at least one limit buy together; kilograms run along the book."""

    limit_per_t: int
    demand_kg: int
    members: tuple[Claim, ...]
    book: Book
    bought: Vector

    @property
    def bought_kg(self) -> int:
        return sum(self.bought)

    @property
    def effective_cost(self) -> Fraction:
        """Minor units, exact; with quality it will differ from what is paid."""
        rows = zip(self.book.cost, self.bought, strict=True)
        return Fraction(sum(cost * kg for cost, kg in rows), 1000)

    @property
    def member_price_per_t(self) -> Fraction:
        """The blend every member pays, before values are cut to whole minor units."""
        rows = zip(self.book.offers, self.bought, strict=True)
        return Fraction(sum(offer.price_per_t * kg for offer, kg in rows), self.bought_kg)

    def leaver(self, seed: bytes) -> Claim | None:
        """Name the member, if any, that must leave before the others can be served."""
        return leaver(self.members, self.bought_kg, self.demand_kg, seed)

    def order(self) -> tuple[int, Fraction, Fraction, int]:
        """Most kilograms, least cost, lower member price, more members: the least is best."""
        return (
            -self.bought_kg,
            self.effective_cost,
            self.member_price_per_t if self.bought_kg else Fraction(0),
            -len(self.members),
        )


def best_limit(
    claims: Sequence[Claim], book: Book, ceiling_per_t: int
) -> tuple[Trial | None, tuple[Tried, ...]]:
    """Find the limit that buys most, and list every limit with its result or its bound.

    Limits are looked at from the largest bound down, and not at all where the bound
    is below what was found, or where a lower limit admits the same offers.
    None where nothing can be bought.
    """
    tried = _bounds(claims, book, ceiling_per_t)
    best: Trial | None = None
    for row in sorted(tried.values(), key=lambda row: (-row.bound_kg, row.limit_per_t)):
        if row.covered_by is not None or row.bound_kg < (best.bought_kg if best else 1):
            continue
        trial, looked_at = _try(claims, book, ceiling_per_t, row)
        tried[row.limit_per_t] = looked_at
        if trial.bought_kg and (best is None or trial.order() < best.order()):
            best = trial
    return best, tuple(tried[limit] for limit in sorted(tried, reverse=True))


def _bounds(claims: Sequence[Claim], book: Book, ceiling_per_t: int) -> dict[int, Tried]:
    """Bound each limit by its demand and its supply, lowest limit first."""
    supply = supply_curve(book.lots, book.offers, ceiling_per_t=ceiling_per_t)
    demand = demand_curve(claims, ceiling_per_t)
    prices = list(supply)
    lowest: dict[int, int] = {}
    tried = {}
    for limit in sorted(demand):
        admitted = bisect_right(prices, limit)
        cover = lowest.setdefault(admitted, limit)
        supply_kg = supply_at(supply, limit)
        tried[limit] = Tried(
            limit_per_t=limit,
            demand_kg=demand[limit],
            supply_kg=supply_kg,
            bound_kg=min(demand[limit], supply_kg),
            covered_by=None if cover == limit else cover,
        )
    return tried


def _try(
    claims: Sequence[Claim], book: Book, ceiling_per_t: int, row: Tried
) -> tuple[Trial, Tried]:
    admitted = book.within(row.limit_per_t)
    bought, proof = purchase(admitted, row.demand_kg)
    trial = Trial(
        limit_per_t=row.limit_per_t,
        demand_kg=row.demand_kg,
        members=tuple(c for c in claims if limit_of(c, ceiling_per_t) >= row.limit_per_t),
        book=admitted,
        bought=bought,
    )
    looked_at = replace(
        row,
        bought_kg=trial.bought_kg,
        effective_cost=trial.effective_cost,
        members=len(trial.members),
        proof=proof,
    )
    return trial, looked_at
