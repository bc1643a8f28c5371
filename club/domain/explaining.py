"""What of the explanation of an offer its supplier may see: nobody's limit.

Every opened offer, its price and the awards are in the public record, the losing suppliers by
pseudonym; so a price that follows from them tells nothing new. Members' limits are told only where
five companies or more stand behind them. Where the price that would have won is just a member's
limit, the next lower one is told instead that follows from what is public.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from auctions.curves import limit_of
from auctions.inputs import Inputs
from auctions.offers import Claim, Offer
from auctions.reasons import Reason
from auctions.recording.values import demand_steps
from auctions.results import Clearing, Unproved
from auctions.scoring import price_to_tie
from auctions.winning_price import Certainty, WinningPrice
from club.domain.disclosure import shown_demand

MOST_TRIED = 5
"""So many public prices are tried in place of one that may not be told."""
NOT_PRICED = frozenset({"lot_sold_out", "nobody_pledged"})


@dataclass(frozen=True, slots=True)
class ShownPrice:
    """The price that would have won, as its supplier may see it.

    `withheld`: some price would have won, and only what a member's limit says tells which.
    """

    per_t: int | None
    certainty: Certainty | Literal["withheld"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What came of one offer and why: for the club, and as its supplier may see it."""

    offer: str
    reason: Reason
    shown_reason: Reason
    effective_per_t: Fraction
    """The price that the offer counted as: its own, divided by its quality coefficient."""
    price: WinningPrice | None = None
    """None where it won, or was not looked for."""
    shown_price: ShownPrice | None = None
    is_final: bool = False
    """Whether it was looked at as far as it can be."""

    @property
    def is_open(self) -> bool:
        """Whether something is left to be worked out."""
        if self.is_final:
            return False
        if self.reason.because == "not_looked_into":
            return True
        return is_priced(self.reason) and (self.price is None or self.price.certainty == "at_least")


def is_priced(reason: Reason) -> bool:
    """Whether a price that would have won is looked for: not for what won, nor where no price
    of the offer would have changed anything, or only against cheaper steps of its own lot."""
    return reason.outcome == "lost" and reason.because not in NOT_PRICED


def told_limits(inputs: Inputs, clearing: Clearing) -> frozenset[int]:
    """The limits that the public record tells."""
    steps = tuple(demand_steps(_standing(inputs, clearing), inputs.ceiling_per_t))
    return frozenset(step.limit_per_t for step in shown_demand(steps, clearing.limit_per_t))


def shown_reason(reason: Reason, told: AbstractSet[int]) -> Reason:
    """The reason without a limit that is not told, and without what single members wanted."""
    limit_per_t = reason.limit_per_t if reason.limit_per_t in told else None
    return replace(reason, limit_per_t=limit_per_t, wanted_kg=None)


def shown_price(
    inputs: Inputs, offer: Offer, price: WinningPrice, told: AbstractSet[int]
) -> ShownPrice:
    """The price itself, unless it is a limit that is not told."""
    public = {*told, inputs.ceiling_per_t, *_ties(inputs, offer)}
    limits = {limit_of(claim, inputs.ceiling_per_t) for claim in inputs.claims}
    if price.per_t is None or price.per_t in public or price.per_t not in limits:
        return ShownPrice(price.per_t, price.certainty)
    below = sorted((each for each in public if 0 < each < price.per_t), reverse=True)
    for per_t in below[:MOST_TRIED]:
        try:
            wins = offer.id in inputs.at_price(offer.id, per_t).bought().by_offer
        except Unproved:
            break
        if wins:
            return ShownPrice(per_t, "at_least")
    return ShownPrice(None, "withheld")


def _standing(inputs: Inputs, clearing: Clearing) -> Sequence[Claim]:
    left = set(clearing.left)
    return [claim for claim in inputs.claims if claim.id not in left]


def _ties(inputs: Inputs, offer: Offer) -> Iterator[int]:
    """The prices that tie another offer, or come just below it."""
    for other in inputs.offers:
        if other.id != offer.id:
            tie = price_to_tie(offer.coefficient, other.price_per_t, other.coefficient)
            yield from (tie, tie - 1)
