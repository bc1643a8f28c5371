"""What of the explanation of an offer its supplier may see: nobody's limit.

Every opened offer, its price and the awards are in the public record, the losing suppliers by
pseudonym, and as much of demand as five companies or more stand behind; so a price that follows
from them tells nothing new. Where the price that would have won depends on a limit or a quantity
that is not told, the next lower one is told instead that follows from what is public.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Public:
    """What the public record tells of a round's demand, and the round as if that were all."""

    limits: frozenset[int]
    inputs: Inputs


def public_side(inputs: Inputs, clearing: Clearing) -> Public:
    """The round with the demand that the public record tells, one claim a step."""
    steps = tuple(demand_steps(_standing(inputs, clearing), inputs.ceiling_per_t))
    shown = tuple(shown_demand(steps, clearing.limit_per_t))
    above = (0, *(step.demand_kg for step in shown))
    claims = tuple(
        Claim(f"step {number}", step.demand_kg - above_kg, limit_per_t=step.limit_per_t)
        for number, (step, above_kg) in enumerate(zip(shown, above, strict=False))
    )
    limits = frozenset(step.limit_per_t for step in shown)
    return Public(limits=limits, inputs=replace(inputs, claims=claims))


def shown_reason(reason: Reason, public: Public) -> Reason:
    """The reason without a limit that is not told, and without what single members wanted."""
    limit_per_t = reason.limit_per_t if reason.limit_per_t in public.limits else None
    return replace(reason, limit_per_t=limit_per_t, wanted_kg=None)


def shown_price(inputs: Inputs, public: Public, offer: Offer, price: WinningPrice) -> ShownPrice:
    """The price itself where it follows from what is public."""
    prices = {*public.limits, inputs.ceiling_per_t, *_ties(inputs, offer)}
    if price.per_t is None or price.per_t in prices or _follows(public, offer, price.per_t):
        return ShownPrice(price.per_t, price.certainty)
    below = sorted((each for each in prices if 0 < each < price.per_t), reverse=True)
    for per_t in below[:MOST_TRIED]:
        if _wins(inputs, offer, per_t):
            return ShownPrice(per_t, "at_least")
    return ShownPrice(None, "withheld")


def _follows(public: Public, offer: Offer, per_t: int) -> bool:
    """Whether it wins at a price and at no unit more, were all demand that which is told."""
    return _wins(public.inputs, offer, per_t) and not _wins(public.inputs, offer, per_t + 1)


def _wins(inputs: Inputs, offer: Offer, per_t: int) -> bool:
    """Whether it wins at a price; what is not proved counts as lost."""
    try:
        return offer.id in inputs.at_price(offer.id, per_t).bought().by_offer
    except Unproved:
        return False


def _standing(inputs: Inputs, clearing: Clearing) -> Sequence[Claim]:
    left = set(clearing.left)
    return [claim for claim in inputs.claims if claim.id not in left]


def _ties(inputs: Inputs, offer: Offer) -> Iterator[int]:
    """The prices that tie another offer, or come just below it."""
    for other in inputs.offers:
        if other.id != offer.id:
            tie = price_to_tie(offer.coefficient, other.price_per_t, other.coefficient)
            yield from (tie, tie - 1)
