"""What people may see of the pool (in tenths of the goal), and what-if from one's own pledge."""

from __future__ import annotations

from dataclasses import dataclass

FEWEST_TO_COUNT = 5
"""Below this many companies not even their number is shown (competition law)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPool:
    """The pool as members and suppliers see it."""

    tenths: int
    """Tenths of the goal reached, rounded down."""
    goal_kg: int
    companies: int | None
    """How many have pledged, from five on; None below."""

    @property
    def percent(self) -> int:
        return self.tenths * 10

    @property
    def shown_kg(self) -> int:
        return self.goal_kg * self.tenths // 10


def shown_pool(pool_kg: int, companies: int, goal_kg: int) -> ShownPool:
    """The pool in steps of a tenth of the goal, and how many companies, from five on."""
    return ShownPool(
        tenths=pool_kg * 10 // goal_kg,
        goal_kg=goal_kg,
        companies=companies if companies >= FEWEST_TO_COUNT else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    quantity_kg: int
    total_jpy: int
    is_above_limit: bool = False
    is_below_minimum: bool = False


def what_if(
    *,
    own_kg: int,
    own_limit_per_t: int | None,
    shown_kg: int,
    price_per_t: int,
    supply_kg: int,
    own_minimum_kg: int = 0,
) -> WhatIf:
    """What I would get and pay at a price and a supply, ignoring others' limits; reveals nothing.

    The pool is the shown one, but never less than my own pledge. Above my limit I get nothing,
    and nothing where my part would fall short of my minimum.
    """
    if own_limit_per_t is not None and price_per_t > own_limit_per_t:
        return WhatIf(quantity_kg=0, total_jpy=0, is_above_limit=True)
    pool = max(shown_kg, own_kg, 1)
    supplied_kg = min(supply_kg, pool)
    if own_kg * supplied_kg < own_minimum_kg * pool:
        return WhatIf(quantity_kg=0, total_jpy=0, is_below_minimum=True)
    quantity_kg = own_kg * supplied_kg // pool
    return WhatIf(quantity_kg=quantity_kg, total_jpy=quantity_kg * price_per_t // 1_000)
