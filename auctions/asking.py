"""A book and its rules as OR-Tools' CP-SAT takes them, in whole numbers only."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from auctions.merit import Book
from auctions.offers import Offer
from auctions.portfolio import Bound, Portfolio


class Model:
    """A book and its rules as CP-SAT takes them: whole kilograms, whole weights."""

    def __init__(self, market: Book, rules: Portfolio) -> None:
        self._market = market
        self._rules = rules

    def reach(self) -> int:
        """Bound the largest sum in the model."""
        unit = max((_unit(bound) for bound in self._rules.shares), default=1)
        rows = zip(self._market.offers, self._market.cost, strict=True)
        return sum(offer.quantity_kg * max(unit, cost) for offer, cost in rows)

    def ask(self, total_kg: tuple[int, int], most_cost: int | None, longest_s: int) -> bool | None:
        """Tell whether a total between two bounds can be bought at no more than a cost.

        None where no answer came in time.
        """
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
            return False
        return True if status in {cp_model.OPTIMAL, cp_model.FEASIBLE} else None

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
