"""What an offer would have won had a rule or a minimum not been there."""

from dataclasses import dataclass
from itertools import chain
from typing import Literal

from auctions.inputs import Inputs
from auctions.offers import Lot, Offer
from auctions.results import Unproved

Hindrance = Literal[
    "own_minimum",
    "lot_minimum",
    "rule",
    "rules_together",
    "minimums",
    "minimums_and_rules",
    "not_looked_into",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing left out: what it is a hindrance by, and which rule, offer or lot it is of."""

    by: Hindrance
    of: str = ""


RULES = Change("rules_together")
MINIMUMS = Change("minimums")
BOTH = Change("minimums_and_rules")


class Supposing:
    """Clears a round again with something left out, only so many times, never the same twice.

    What is told of all offers at once is looked at first, so that the times left go to the
    minimums of single offers. Without a number of times, as often as it takes.
    """

    def __init__(self, inputs: Inputs, most_clears: int | None = None) -> None:
        self._inputs = inputs
        self._left = most_clears
        self._won: dict[Change, dict[str, int] | None] = {}
        self._lots = {lot.id: lot for lot in inputs.lots}
        self._rules = [Change("rule", name) for name in sorted(rule.name for rule in inputs.rules)]
        has_minimums = any(_is_bound(offer) for offer in inputs.offers) or any(
            _is_bound(lot) for lot in inputs.lots
        )
        self._minimums = [MINIMUMS] if has_minimums else []
        self._together = [RULES] if len(self._rules) > 1 else []
        self._both = [BOTH] if self._rules and has_minimums else []

    def hindrance(self, offer: Offer, won_kg: int) -> tuple[Hindrance, tuple[str, ...]] | None:
        """Find what alone keeps an offer from winning more, or all that does so together.

        Its own minimum is named before its lot's, that before rules, each rule that does it
        alone, and several together only where no single one does. None where the offer
        would win no more whatever were left out: its price keeps it out.
        """
        for change in chain(self._rules, self._together, self._minimums, self._both):
            self._look_at(change)
        alone = self._own(offer, won_kg) + self._rules
        lets_in = {change: self._lets_in(change, offer, won_kg) for change in alone}
        for change in alone:
            if lets_in[change]:
                rules = tuple(each.of for each in self._rules if lets_in[each])
                return change.by, rules if change.by == "rule" else ()
        together = [
            self._lets_in(change, offer, won_kg)
            for change in chain(self._together, self._minimums, self._both)
        ]
        if None in lets_in.values() or None in together:
            return "not_looked_into", ()
        for change in chain(self._together, self._minimums, self._both):
            if self._lets_in(change, offer, won_kg):
                return change.by, ()
        return None

    def _own(self, offer: Offer, won_kg: int) -> list[Change]:
        """What binds this offer alone; what it has won meets its minimums."""
        if won_kg:
            return []
        own = [Change("own_minimum", offer.id)] if _is_bound(offer) else []
        of_lot = [Change("lot_minimum", offer.lot)] if _is_bound(self._lots[offer.lot]) else []
        return own + of_lot

    def _lets_in(self, change: Change, offer: Offer, won_kg: int) -> bool | None:
        won = self._look_at(change)
        return None if won is None else won.get(offer.id, 0) > won_kg

    def _look_at(self, change: Change) -> dict[str, int] | None:
        """Clear without it; None where it may not be, or where no proof was found."""
        if change in self._won:
            return self._won[change]
        if self._left == 0:
            return None
        if self._left is not None:
            self._left -= 1
        try:
            won = dict(self._without(change).bought().by_offer)
        except Unproved:
            won = None
        self._won[change] = won
        return won

    def _without(self, change: Change) -> Inputs:
        inputs, all_rules = self._inputs, [rule.of for rule in self._rules]
        if change.by == "own_minimum":
            return inputs.without_minimums(frozenset({change.of}), frozenset())
        if change.by == "lot_minimum":
            return inputs.without_minimums(frozenset(), frozenset({change.of}))
        if change.by == "rule":
            return inputs.without_rules(change.of)
        if change == MINIMUMS:
            return inputs.without_minimums()
        without = inputs.without_rules(*all_rules)
        return without if change == RULES else without.without_minimums()


def _is_bound(row: Offer | Lot) -> bool:
    """Whether a minimum says more than that something is bought."""
    return row.minimum_kg > 1
