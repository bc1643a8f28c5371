"""The passes of a clearing, followed again: each limit, its bound, and who had to leave."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from auctions.curves import demand_curve, limit_of, supply_at, supply_curve
from auctions.leaving import leaver, quota_of
from auctions.offers import Claim, Lot, Offer
from auctions.refuted import require
from auctions.results import Clearing, Pass, Tried


def check_passes(
    clearing: Clearing,
    claims: Sequence[Claim],
    lots: Sequence[Lot],
    offers: Sequence[Offer],
    *,
    ceiling_per_t: int,
    seed: bytes,
) -> list[Claim]:
    """Follow the passes; return the claims that still stand in the last."""
    require(bool(clearing.passes), "passes", "passes")
    standing = sorted(claims, key=lambda claim: claim.id)
    supply = supply_curve(lots, offers, ceiling_per_t=ceiling_per_t)
    for number, run in enumerate(clearing.passes):
        where = f"pass {number + 1}"
        _check_tried(run, standing, supply, ceiling_per_t=ceiling_per_t, where=where)
        left = _check_leaver(run, standing, ceiling_per_t=ceiling_per_t, seed=seed, where=where)
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


def _check_leaver(
    run: Pass, standing: Sequence[Claim], *, ceiling_per_t: int, seed: bytes, where: str
) -> Claim | None:
    """Name the claim that had to leave after a pass, and refuse a pass that says otherwise."""
    if run.limit_per_t is None:
        require(run.left is None, "leaver", where)
        return None
    members = members_at(standing, run.limit_per_t, ceiling_per_t)
    demand_kg = sum(claim.quantity_kg for claim in members)
    left = leaver(members, run.bought_kg, demand_kg, seed)
    told = (run.left, run.left_minimum_kg, run.left_quota)
    if left is None:
        require(told == (None, None, None), "leaver", where)
        return None
    quota = quota_of(left, run.bought_kg, demand_kg)
    require(told == (left.id, left.minimum_kg, quota), "leaver", where)
    return left


def _check_tried(
    run: Pass,
    standing: Sequence[Claim],
    supply: Mapping[int, int],
    *,
    ceiling_per_t: int,
    where: str,
) -> None:
    """Every limit is listed with its bound, and none listed beats the one chosen."""
    demand = demand_curve(standing, ceiling_per_t)
    require([row.limit_per_t for row in run.tried] == list(demand), "limits", where)
    for row in run.tried:
        limit = row.limit_per_t
        bounds = (demand[limit], supply_at(supply, limit))
        told = (row.demand_kg, row.supply_kg, row.bound_kg)
        require(told == (*bounds, min(bounds)), "bound", where)
        if row.bought_kg is not None:
            count = len(members_at(standing, limit, ceiling_per_t))
            require(row.bought_kg <= row.bound_kg and row.members == count, "tried", where)
    chosen = next((row for row in run.tried if row.limit_per_t == run.limit_per_t), None)
    if chosen is not None:
        told_best = (chosen.bought_kg, chosen.effective_cost)
        require(told_best == (run.bought_kg, run.effective_cost), "chosen_limit", where)
    require((chosen is None) == (run.bought_kg == 0), "chosen_limit", where)
    for row in run.tried:
        require(_not_better(row, chosen, supply), "better_limit", where)


def _not_better(row: Tried, chosen: Tried | None, supply: Mapping[int, int]) -> bool:
    best_kg = (chosen.bought_kg if chosen else None) or 0
    if row.covered_by is not None:
        return row.covered_by < row.limit_per_t and not any(
            row.covered_by < price <= row.limit_per_t for price in supply
        )
    if row.bought_kg is None:
        return row.bound_kg < max(best_kg, 1)
    return row.bought_kg == best_kg == 0 or (chosen is not None and _order(row) >= _order(chosen))


def _order(row: Tried) -> tuple[int, Fraction, int]:
    """Most kilograms, least cost, more members; with prices alone the blend follows the cost."""
    return -(row.bought_kg or 0), row.effective_cost or Fraction(0), -(row.members or 0)


def members_at(claims: Sequence[Claim], limit_per_t: int, ceiling_per_t: int) -> list[Claim]:
    """List the claims whose limit covers a price."""
    return [claim for claim in claims if limit_of(claim, ceiling_per_t) >= limit_per_t]
