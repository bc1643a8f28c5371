"""Why each offer of a cleared round won or lost: one reason each, found again, not guessed."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from auctions.curves import limit_of
from auctions.flags import effective_price
from auctions.inputs import Inputs
from auctions.offers import Offer, by_sequence
from auctions.purchased import Purchased, purchased
from auctions.results import Clearing
from auctions.supposing import Hindrance, Supposing

Outcome = Literal["won_whole", "won_in_part", "lost"]
Because = (
    Hindrance
    | Literal[
        "above_ceiling",
        "nobody_pledged",
        "members_left",
        "above_limit",
        "payments_above_limit",
        "awarded_before",
        "dearer",
        "same_price_later",
        "dearer_anyway",
        "lot_sold_out",
        "demand_filled",
        "limit",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What came of one offer, and why.

    Won in part: its lot was sold out (`lot_sold_out`); one more kilogram would break the
    `rules`, or without any one of them it would have won more (`rule`); the demand was filled
    (`demand_filled`), though members of lower limits would have paid its price (`limit`).
    Lost: dearer by effective price than all that filled the demand (`dearer`), as dear as the
    last of it and acknowledged later (`same_price_later`), out of the merit order even if
    there were no rules and no minimums (`dearer_anyway`); above the limit at which was bought
    (`above_limit`); kept out by a minimum or a rule without which it would have won.
    """

    offer: str
    outcome: Outcome
    won_kg: int = 0
    because: Because | None = None
    """None for what won whole."""
    rules: tuple[str, ...] = ()
    limit_per_t: int | None = None
    """The limit at which was bought, or the highest there was; for `above_limit` and `limit`."""
    wanted_kg: int | None = None
    """What members whose limit covers the offer's price wanted; for `above_limit`."""
    dearest_per_t: Fraction | None = None
    """The highest effective price bought; for `dearer` and `same_price_later`."""


def reasons(
    inputs: Inputs,
    clearing: Clearing,
    *,
    most_clears: int | None = None,
    only: Collection[str] | None = None,
) -> tuple[Reason, ...]:
    """Say of every offer, in the order of acknowledgement, what came of it and why.

    What the merit order does not show is found by clearing again with rules and minimums
    left out; where that would take more than `most_clears` times, the reason is
    `not_looked_into`. `only` picks offers by id.
    """
    picked = [offer for offer in inputs.offers if only is None or offer.id in only]
    found = _Reasons(inputs, clearing, Supposing(inputs, most_clears))
    return tuple(found.of(offer) for offer in by_sequence(picked))


class _Reasons:
    def __init__(self, inputs: Inputs, clearing: Clearing, supposing: Supposing) -> None:
        self._inputs = inputs
        self._clearing = clearing
        self._supposing = supposing
        self._won = {award.offer: award.quantity_kg for award in clearing.awards}
        self._purchased = purchased(inputs, clearing)
        self._last = self._purchased.last() if self._purchased else None
        left = set(clearing.left)
        self._wanted: Counter[int] = Counter()
        """Kilograms by limit, of those who have not left."""
        for claim in inputs.claims:
            if claim.id not in left:
                self._wanted[limit_of(claim, inputs.ceiling_per_t)] += claim.quantity_kg

    def of(self, offer: Offer) -> Reason:
        won_kg = self._won.get(offer.id, 0)
        if won_kg == offer.quantity_kg:
            return Reason(offer=offer.id, outcome="won_whole", won_kg=won_kg)
        if won_kg:
            assert self._purchased is not None
            return self._in_part(self._purchased, offer, won_kg)
        above = self._above(offer)
        if above is not None:
            return above
        if self._purchased is None:
            return self._nothing_bought(offer)
        return self._dearer(self._purchased, offer)

    def _in_part(self, purchased: Purchased, offer: Offer, won_kg: int) -> Reason:
        """Its lot, then what one more kilogram would break, then what keeps others before it."""
        i, limit_per_t = purchased.place[offer.id], purchased.limit_per_t
        partly = Reason(offer=offer.id, outcome="won_in_part", won_kg=won_kg)
        if offer.fixed_kg is not None:
            return replace(partly, because="awarded_before")
        if purchased.is_sold_out(i):
            return replace(partly, because="lot_sold_out")
        if not purchased.is_filled and (rules := purchased.broken_by_more(i)):
            return replace(partly, because="rule", rules=rules)
        if not purchased.is_by_merit and (found := self._supposing.hindrance(offer, won_kg)):
            return replace(partly, because=found[0], rules=found[1])
        if any(offer.price_per_t <= limit < limit_per_t for limit in self._wanted):
            return replace(partly, because="limit", limit_per_t=limit_per_t)
        return replace(partly, because="demand_filled")

    def _above(self, offer: Offer) -> Reason | None:
        """What no purchase could take: dearer than the ceiling, or than the members would pay."""
        lost = Reason(offer=offer.id, outcome="lost")
        if offer.price_per_t > self._inputs.ceiling_per_t:
            return replace(lost, because="above_ceiling")
        if not self._inputs.claims:
            return replace(lost, because="nobody_pledged")
        if not self._wanted:
            return replace(lost, because="members_left")
        limit_per_t = self._clearing.limit_per_t
        if limit_per_t is None:
            limit_per_t = max(self._wanted)
        if offer.price_per_t <= limit_per_t:
            return None
        wanted_kg = sum(kg for limit, kg in self._wanted.items() if limit >= offer.price_per_t)
        return replace(lost, because="above_limit", limit_per_t=limit_per_t, wanted_kg=wanted_kg)

    def _nothing_bought(self, offer: Offer) -> Reason:
        """Something was affordable: minimums or rules forbade it, or Vickrey's payments did."""
        lost = Reason(offer=offer.id, outcome="lost")
        found = self._supposing.hindrance(offer, 0)
        if found is not None:
            return replace(lost, because=found[0], rules=found[1])
        too_dear = any(row.too_dear for row in self._clearing.passes[-1].tried)
        return replace(lost, because="payments_above_limit" if too_dear else "dearer_anyway")

    def _dearer(self, purchased: Purchased, offer: Offer) -> Reason:
        i = purchased.place[offer.id]
        lost = Reason(offer=offer.id, outcome="lost")
        if purchased.is_sold_out(i):
            return replace(lost, because="lot_sold_out")
        last = self._last
        is_cheaper = last is not None and i < last
        if (is_cheaper or not purchased.is_by_merit) and (
            found := self._supposing.hindrance(offer, 0)
        ):
            return replace(lost, because=found[0], rules=found[1])
        if is_cheaper or not purchased.is_filled:
            return replace(lost, because="dearer_anyway")
        if last is None:
            return replace(lost, because="awarded_before")
        dearest = effective_price(purchased.book.offers[last])
        is_tie = dearest == effective_price(offer)
        because: Because = "same_price_later" if is_tie else "dearer"
        return replace(lost, because=because, dearest_per_t=dearest)
