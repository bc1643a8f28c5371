"""A second opinion on a purchase, by another solver that computes in whole numbers only.

OR-Tools' CP-SAT is asked for a purchase that is better than the one proposed. What it
finds is checked here; that it finds none supports the first solver's proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from ortools.sat.python import cp_model

from auctions.merit import Book, Vector, book, score
from auctions.offers import Lot, Offer
from auctions.portfolio import Bound, Portfolio, portfolio
from auctions.results import Clearing
from auctions.rules import Rule

Opinion = Literal["agrees", "differs", "none"]

LONGEST_S = 30
FARTHEST = 2**60
"""CP-SAT's sums are machine integers; a book that could pass this is not given to it."""


def opinion(
    clearing: Clearing,
    lots: Sequence[Lot],
    offers: Sequence[Offer],
    rules: Sequence[Rule] = (),
    *,
    longest_s: int = LONGEST_S,
) -> Opinion:
    """Ask whether more, or as much for less, could be bought for the same demand and limit.

    `differs` says that a purchase was found that keeps every rule and is better; `none`
    that no answer came in time, or that the question cannot be asked.
    """
    if clearing.limit_per_t is None or clearing.pricing == "vickrey":
        return "none"
    yields: Mapping[str, Fraction] = {each.rule: each.by for each in clearing.yielded}
    market = book(lots, offers)
    limit = clearing.limit_per_t
    keep = [i for i, offer in enumerate(market.offers) if offer.price_per_t <= limit]
    won = {award.offer: award.quantity_kg for award in clearing.awards}
    admitted = market.only(keep)
    return second_opinion(
        admitted,
        portfolio(rules, market.offers, yields).only(keep),
        [won.get(offer.id, 0) for offer in admitted.offers],
        clearing.demand_kg,
        longest_s=longest_s,
    )


def second_opinion(
    market: Book, rules: Portfolio, bought: Vector, demand_kg: int, *, longest_s: int = LONGEST_S
) -> Opinion:
    """Ask for more kilograms first, then for as many at less cost; each may take half the time."""
    model = _Model(market, rules)
    if model.reach() > FARTHEST:
        return "none"
    bought_kg, (_, cost, _) = sum(bought), score(market, bought)
    opinions: list[Opinion] = []
    if bought_kg < demand_kg:
        opinions.append(model.ask((bought_kg + 1, demand_kg), None, longest_s // 2))
    if "differs" not in opinions:
        opinions.append(model.ask((bought_kg, bought_kg), cost - 1, longest_s // 2))
    return next((each for each in ("differs", "none") if each in opinions), "agrees")


class _Model:
    """A book and its rules as CP-SAT takes them: whole kilograms, whole weights."""

    def __init__(self, market: Book, rules: Portfolio) -> None:
        self._market = market
        self._rules = rules

    def reach(self) -> int:
        """Bound the largest sum in the model."""
        unit = max((_unit(bound) for bound in self._rules.shares), default=1)
        rows = zip(self._market.offers, self._market.cost, strict=True)
        return sum(offer.quantity_kg * max(unit, cost) for offer, cost in rows)

    def ask(self, total_kg: tuple[int, int], most_cost: int | None, longest_s: int) -> Opinion:
        """Ask for a purchase of a total between two bounds, at no more than a cost."""
        model = cp_model.CpModel()
        kg = [_kilograms(model, offer) for offer in self._market.offers]
        everything = cp_model.LinearExpr.sum(kg)
        model.add_linear_constraint(everything, *total_kg)
        if most_cost is not None:
            model.add(cp_model.LinearExpr.weighted_sum(kg, list(self._market.cost)) <= most_cost)
        self._add_lots(model, kg)
        self._add_rules(model, kg, everything)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = longest_s
        solver.parameters.num_workers = 1
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return "agrees"
        return "differs" if status in {cp_model.OPTIMAL, cp_model.FEASIBLE} else "none"

    def _add_lots(self, model: cp_model.CpModel, kg: Sequence[cp_model.IntVar]) -> None:
        for lot, steps in zip(self._market.lots, self._market.steps, strict=True):
            sold = cp_model.LinearExpr.sum([kg[i] for i in steps])
            used = model.new_bool_var("")
            model.add(sold <= lot.quantity_kg * used)
            model.add(sold >= lot.minimum_kg * used)

    def _add_rules(
        self,
        model: cp_model.CpModel,
        kg: Sequence[cp_model.IntVar],
        everything: cp_model.LinearExprT,
    ) -> None:
        for bound in self._rules.shares:
            picked = cp_model.LinearExpr.sum([kg[i] for i in bound.offers])
            if (least := bound.min_share) is not None:
                model.add(least.denominator * picked >= least.numerator * everything)
            if (most := bound.max_share) is not None:
                model.add(most.denominator * picked <= most.numerator * everything)
        for count in self._rules.counts:
            enough = []
            for group in count.groups:
                enough.append(model.new_bool_var(""))
                sold = cp_model.LinearExpr.sum([kg[i] for i in group])
                model.add(sold >= count.minimum_kg * enough[-1])
            model.add(cp_model.LinearExpr.sum(enough) >= count.min_groups)


def _kilograms(model: cp_model.CpModel, offer: Offer) -> cp_model.IntVar:
    """Nothing, or from the minimum to the quantity; what is fixed is just that."""
    most = offer.quantity_kg
    intervals = [[max(1, offer.minimum_kg), most]]
    if offer.fixed_kg is None:
        intervals.insert(0, [0, 0])
    return model.new_int_var_from_domain(cp_model.Domain.from_intervals(intervals), "")


def _unit(bound: Bound) -> int:
    shares = (bound.min_share, bound.max_share)
    return sum(share.denominator + share.numerator for share in shares if share is not None)
