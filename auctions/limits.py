"""Demand answers price: for each limit among the claims, what its buyers would get."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heapify, heappop, heappush

from auctions.curves import demand_curve, limit_of, supply_at, supply_curve
from auctions.leaving import leaver
from auctions.merit import Book, Vector, fill
from auctions.offers import Claim
from auctions.portfolio import FREELY, Portfolio
from auctions.pricing import Price, inside, prices, with_outside
from auctions.purchase import purchase
from auctions.results import Proof, Tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for every limit: the rules bound to the whole book, prices, shares."""

    ceiling_per_t: int
    rules: Portfolio = FREELY
    pricing: str = "pay_as_offered"
    sharing: str = "pro_rata"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the claims with at least one limit buy together; kilograms run along the book."""

    limit_per_t: int
    demand_kg: int
    members: tuple[Claim, ...]
    book: Book
    bought: Vector
    paid_per_t: list[Price]
    sharing: str

    @property
    def bought_kg(self) -> int:
        return sum(self.bought)

    @property
    def effective_cost(self) -> Fraction:
        """Minor units by effective price, exact."""
        rows = zip(self.book.cost, self.bought, strict=True)
        return Fraction(sum(cost * kg for cost, kg in rows), 1000 * self.book.scale)

    @property
    def member_price_per_t(self) -> Fraction:
        """The blend every member pays, before values are cut to whole minor units."""
        rows = zip(self.paid_per_t, self.bought, strict=True)
        paid = sum((Fraction(price) * kg for price, kg in rows if kg), Fraction(0))
        return paid * Fraction(1, self.bought_kg)

    def leaver(self, seed: bytes) -> tuple[Claim, Fraction] | None:
        """Name the member, if any, that must leave before the others can be served."""
        return leaver(self.members, self.bought_kg, seed, self.sharing)

    def order(self) -> tuple[int, Fraction, Fraction, int]:
        """Most kilograms, least cost, lower member price, more members: the least is best."""
        return (
            -self.bought_kg,
            self.effective_cost,
            self.member_price_per_t,
            -len(self.members),
        )


def best_limit(
    claims: Sequence[Claim], market: Book, terms: Terms, least_kg: int = 0
) -> tuple[Trial | None, tuple[Tried, ...]]:
    """Find the limit that buys most, and list every limit with its result or its bound.

    Limits are looked at from the largest bound down, and not at all where the bound
    is below what was found, or where a lower limit admits the same offers. Where rules
    may bind, a bound is first lowered to what the rules' prices prove.
    None where less than `least_kg` can be bought.
    """
    tried = bounds(claims, market, terms)
    lowest = set(tried) if not terms.rules else _lower(tried, market, terms)
    best: Trial | None = None
    queue = [
        (-_bound(row), limit)
        for limit, row in tried.items()
        if row.covered_by is None and row.bound_kg
    ]
    heapify(queue)
    while queue and -queue[0][0] >= (best.bought_kg if best else max(1, least_kg)):
        _, limit = heappop(queue)
        row = tried[limit]
        if limit not in lowest:
            lowest.add(limit)
            tried[limit] = row = _lowered(row, _rules_kg(market, terms, row))
            heappush(queue, (-_bound(row), limit))
            continue
        best_kg = best.bought_kg if best else least_kg
        trial, tried[limit] = _try(claims, market, terms, row, best_kg=best_kg)
        if trial is not None and (best is None or trial.order() < best.order()):
            best = trial
    return best, tuple(tried[limit] for limit in sorted(tried, reverse=True))


def _lower(tried: dict[int, Tried], market: Book, terms: Terms) -> set[int]:
    """Lower bounds, in place, where rules bind; tell which limits were themselves looked at.

    As limits rise more is offered and less demanded, so rules bind up to some limit and
    demand above it, which is found by halving. What they allow at a limit they allow at
    most at any lower one: a larger purchase and a smaller one blend into one between. What
    they only leave over of a demand, because totals go by steps, is no such bound.
    """
    rows = [row for row in tried.values() if row.covered_by is None and row.bound_kg]
    low, high = 0, len(rows)
    looked_at: set[int] = set()
    while low < high:
        middle = (low + high) // 2
        row = rows[middle]
        kg = _rules_kg(market, terms, row)
        looked_at.add(row.limit_per_t)
        bind = kg < row.bound_kg - row.bound_kg % terms.rules.step_kg
        for each in rows[low : middle + 1] if kg and bind else [row]:
            tried[each.limit_per_t] = _lowered(tried[each.limit_per_t], kg)
        low, high = (middle + 1, high) if bind else (low, middle)
    return looked_at


def _lowered(row: Tried, rules_kg: int) -> Tried:
    return replace(row, rules_kg=min(rules_kg, _bound(row)))


def _bound(row: Tried) -> int:
    return row.bound_kg if row.rules_kg is None else row.rules_kg


def _rules_kg(market: Book, terms: Terms, row: Tried) -> int:
    """Bound what rules let be bought at a limit, minimums aside."""
    admitted, rules = _admitted(market, terms, row)
    bought = fill(admitted, row.demand_kg)
    if bought is None or rules.allows(bought):
        return sum(bought or ())
    from auctions.solver import relaxed_kg  # noqa: PLC0415 - most clearings never load SciPy

    return relaxed_kg(admitted, rules, sum(bought))


def _admitted(market: Book, terms: Terms, row: Tried) -> tuple[Book, Portfolio]:
    keep = [i for i, o in enumerate(market.offers) if o.price_per_t <= row.limit_per_t]
    return market.only(keep), terms.rules.only(keep)


def bounds(claims: Sequence[Claim], market: Book, terms: Terms) -> dict[int, Tried]:
    """Bound each limit by its demand and its supply, lowest limit first.

    What is fixed cannot be bought below its price. Under Vickrey prices a lower limit
    can be too low for what it buys, so none stands for another.
    """
    offers = market.offers
    supply = supply_curve(market.lots, offers, ceiling_per_t=terms.ceiling_per_t)
    demand = demand_curve(claims, terms.ceiling_per_t)
    least = max((o.price_per_t for o in offers if o.fixed_kg is not None), default=0)
    steps = list(supply)
    lowest: dict[int, int] = {}
    tried = {}
    for limit in sorted(demand):
        admitted = bisect_right(steps, limit)
        cover = lowest.setdefault(admitted, limit) if limit >= least else limit
        supply_kg = supply_at(supply, limit) if limit >= least else 0
        covered = cover != limit and terms.pricing != "vickrey"
        tried[limit] = Tried(
            limit_per_t=limit,
            demand_kg=demand[limit],
            supply_kg=supply_kg,
            bound_kg=min(demand[limit], supply_kg),
            covered_by=cover if covered else None,
        )
    return tried


def _try(
    claims: Sequence[Claim], market: Book, terms: Terms, row: Tried, *, best_kg: int
) -> tuple[Trial | None, Tried]:
    """Buy at one limit; where the rules or minimums let less be bought than was found, say so."""
    admitted, rules = _admitted(market, terms, row)
    bought, proof = _buy(admitted, rules, terms, row, least_kg=best_kg)
    if bought is None:
        return None, replace(row, rules_kg=max(0, best_kg - 1), proof=proof)
    if not any(bought):
        return None, replace(row, bought_kg=0, effective_cost=Fraction(0), members=0, proof=proof)
    trial = Trial(
        limit_per_t=row.limit_per_t,
        demand_kg=row.demand_kg,
        members=tuple(c for c in claims if limit_of(c, terms.ceiling_per_t) >= row.limit_per_t),
        book=admitted,
        bought=bought,
        paid_per_t=prices(
            admitted,
            bought,
            pricing=terms.pricing,
            demand_kg=row.demand_kg,
            ceiling_per_t=terms.ceiling_per_t,
        ),
        sharing=terms.sharing,
    )
    too_dear = trial.member_price_per_t > row.limit_per_t
    looked_at = replace(
        row,
        bought_kg=trial.bought_kg,
        effective_cost=trial.effective_cost,
        member_price_per_t=trial.member_price_per_t,
        members=len(trial.members),
        proof=proof,
        too_dear=too_dear,
    )
    return None if too_dear else trial, looked_at


def _buy(
    admitted: Book, rules: Portfolio, terms: Terms, row: Tried, *, least_kg: int
) -> tuple[Vector | None, Proof]:
    if terms.pricing == "vickrey":
        supplied = with_outside(admitted, row.demand_kg, terms.ceiling_per_t)
        bought, proof = purchase(supplied, row.demand_kg)
        return None if bought is None else inside(supplied, bought, admitted), proof
    return purchase(admitted, row.demand_kg, rules, least_kg=least_kg, most_kg=row.rules_kg)


def markets(claims: Sequence[Claim], market: Book, terms: Terms) -> Iterator[tuple[Book, int]]:
    """Give, for each limit at which anything could be bought, its offers and its demand."""
    for row in bounds(claims, market, terms).values():
        if row.covered_by is None and row.bound_kg:
            yield market.within(row.limit_per_t), row.demand_kg
