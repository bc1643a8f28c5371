"""The passes of a clearing, followed again: each limit, its bound, and who had to leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from auctions.curves import demand_curve, limit_of, supply_at, supply_curve
from auctions.leaving import leaver
from auctions.offers import Claim, Lot, Offer
from auctions.refuted import require
from auctions.results import Clearing, Pass, Tried
from auctions.rules import Rule


@dataclass(frozen=True, slots=True)
class _Round:
    """What every pass is checked against."""

    supply: Mapping[int, int]
    least_per_t: int
    ceiling_per_t: int
    pricing: str
    sharing: str
    rules: Sequence[Rule]
    seed: bytes

    def members_at(self, claims: Sequence[Claim], limit_per_t: int) -> list[Claim]:
        return members_at(claims, limit_per_t, self.ceiling_per_t)

    def supply_kg(self, limit_per_t: int) -> int:
        """What is fixed cannot be bought below its price."""
        return supply_at(self.supply, limit_per_t) if limit_per_t >= self.least_per_t else 0


def check_passes(
    clearing: Clearing,
    claims: Sequence[Claim],
    lots: Sequence[Lot],
    offers: Sequence[Offer],
    *,
    ceiling_per_t: int,
    seed: bytes,
    rules: Sequence[Rule] = (),
) -> list[Claim]:
    """Follow the passes; return the claims that still stand in the last."""
    require(bool(clearing.passes), "passes", "passes")
    standing = sorted(claims, key=lambda claim: claim.id)
    known = _Round(
        supply=supply_curve(lots, _as_fixed(offers), ceiling_per_t=ceiling_per_t),
        least_per_t=max((o.price_per_t for o in offers if o.fixed_kg is not None), default=0),
        ceiling_per_t=ceiling_per_t,
        pricing=clearing.pricing,
        sharing=clearing.sharing,
        rules=rules,
        seed=seed,
    )
    for number, run in enumerate(clearing.passes):
        where = f"pass {number + 1}"
        _check_tried(run, standing, known, where)
        _check_yields(run, known, where)
        left = _check_leaver(run, standing, known, where)
        require((left is None) == (run is clearing.passes[-1]), "passes", where)
        standing = [claim for claim in standing if claim is not left]
    last = clearing.passes[-1]
    require(
        (last.limit_per_t, last.bought_kg, last.effective_cost)
        == (clearing.limit_per_t, clearing.bought_kg, clearing.effective_cost),
        "last_pass",
        "passes",
    )
    return standing


def _as_fixed(offers: Sequence[Offer]) -> list[Offer]:
    """What is fixed supplies just that."""
    return [o if o.fixed_kg is None else replace(o, quantity_kg=o.fixed_kg) for o in offers]


def _check_yields(run: Pass, known: _Round, where: str) -> None:
    """Only soft rules give way, in their order, by something."""
    soft = sorted((rule for rule in known.rules if not rule.hard), key=lambda rule: rule.order)
    names = [each.rule for each in run.yielded]
    order = [rule.name for rule in soft if rule.name in set(names)]
    require(names == order and all(each.by > 0 for each in run.yielded), "yielded", where)


def _check_leaver(run: Pass, standing: Sequence[Claim], known: _Round, where: str) -> Claim | None:
    """Name the claim that had to leave after a pass, and refuse a pass that says otherwise."""
    told = (run.left, run.left_minimum_kg, run.left_quota)
    found = None
    if run.limit_per_t is not None:
        members = known.members_at(standing, run.limit_per_t)
        require(run.bought_kg <= sum(c.quantity_kg for c in members), "leaver", where)
        found = leaver(members, run.bought_kg, known.seed, known.sharing)
    if found is None:
        require(told == (None, None, None), "leaver", where)
        return None
    left, quota = found
    require(told == (left.id, left.minimum_kg, quota), "leaver", where)
    return left


def _check_tried(run: Pass, standing: Sequence[Claim], known: _Round, where: str) -> None:
    """Every limit is listed with its bound, and none listed beats the one chosen."""
    demand = demand_curve(standing, known.ceiling_per_t)
    require([row.limit_per_t for row in run.tried] == list(demand), "limits", where)
    for row in run.tried:
        limit = row.limit_per_t
        bounds = (demand[limit], known.supply_kg(limit))
        told = (row.demand_kg, row.supply_kg, row.bound_kg)
        require(told == (*bounds, min(bounds)), "bound", where)
        if row.bought_kg:
            count = len(known.members_at(standing, limit))
            require(row.bought_kg <= row.bound_kg and row.members == count, "tried", where)
    chosen = next((row for row in run.tried if row.limit_per_t == run.limit_per_t), None)
    if chosen is not None:
        told_best = (chosen.bought_kg, chosen.effective_cost, chosen.too_dear)
        require(told_best == (run.bought_kg, run.effective_cost, False), "chosen_limit", where)
    require((chosen is None) == (run.bought_kg == 0), "chosen_limit", where)
    for row in run.tried:
        require(_not_better(row, chosen, known), "better_limit", where)


def _not_better(row: Tried, chosen: Tried | None, known: _Round) -> bool:
    best_kg = (chosen.bought_kg if chosen else None) or 0
    if row.covered_by is not None:
        return (
            known.pricing != "vickrey"
            and known.least_per_t <= row.covered_by < row.limit_per_t
            and not any(row.covered_by < price <= row.limit_per_t for price in known.supply)
        )
    if row.too_dear:
        price = row.member_price_per_t
        return known.pricing == "vickrey" and price is not None and price > row.limit_per_t
    if row.bought_kg is None:
        bound_kg = row.bound_kg if row.rules_kg is None else min(row.bound_kg, row.rules_kg)
        return bound_kg < max(best_kg, 1)
    return row.bought_kg == 0 or (chosen is not None and _order(row) >= _order(chosen))


def _order(row: Tried) -> tuple[int, Fraction, Fraction, int]:
    """Most kilograms, least cost, lower member price, more members."""
    price = row.member_price_per_t or Fraction(0)
    return -(row.bought_kg or 0), row.effective_cost or Fraction(0), price, -(row.members or 0)


def members_at(claims: Sequence[Claim], limit_per_t: int, ceiling_per_t: int) -> list[Claim]:
    """List the claims whose limit covers a price."""
    return [claim for claim in claims if limit_of(claim, ceiling_per_t) >= limit_per_t]
