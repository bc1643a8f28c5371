"""The price at which a losing offer would have won, all others unchanged."""

from bisect import bisect_left
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Literal

from auctions.curves import limit_of
from auctions.inputs import Bought, Inputs
from auctions.merit import book, fill
from auctions.offers import Offer
from auctions.results import Clearing, Unproved

Certainty = Literal["highest", "boundary", "at_least"]
Told = Callable[[int], None]
"""Is told how many times the round has been cleared again."""

MOST_CLEARS = 200


@dataclass(frozen=True, slots=True)
class WinningPrice:
    """A whole price per tonne at which an offer wins something; None where there is none.

    `highest`: it wins at no higher price, which is proved. `boundary`: it does not win at one
    unit more, but a higher price is not ruled out, since lower is not always better there.
    `at_least`: higher prices were not looked at for want of time or of proof.
    """

    per_t: int | None
    certainty: Certainty


def would_have_won_at(
    inputs: Inputs,
    clearing: Clearing,
    offer_id: str,
    *,
    least_per_t: int = 0,
    most_clears: int = MOST_CLEARS,
    told: Told = lambda _: None,
) -> WinningPrice:
    """Find the highest price at which a losing offer would have won something.

    Seen by clearing again: it wins at the price and not at one unit more. Prices below
    `least_per_t` are none. Where members leave, it may be a price above its own: at a lower
    one others stay. Raises ValueError for an offer that won.

    At one limit a lower price of an offer makes nothing cheaper but purchases with it, so what is
    best with it stays better than all without it; and a limit that opens to it anew is
    chosen only where it is bought of there. So each pass has a price from which down the
    offer is bought of, and above the highest of these nothing changes, neither who leaves nor
    what is bought. The yields of soft rules depend on the price only by the limits that it keeps
    within. So what is sought is the highest price, between two limits each, at which the
    offer is bought of in any pass; and if it then wins, it does so at no higher price.
    Vickrey's payments rule limits out as others' prices change, so all this does not hold there.
    """
    if any(award.offer == offer_id for award in clearing.awards):
        raise ValueError(f"offer {offer_id} has won")
    offer = next(each for each in inputs.offers if each.id == offer_id)
    search = _Search(inputs, offer, most_clears, told)
    try:
        return search.highest(least_per_t, _guess(inputs, clearing, offer))
    except (Unproved, _Enough):
        return WinningPrice(search.wins_at, "at_least")


class _Enough(Exception):
    """The round has been cleared again as often as it may be."""


class _Search:
    def __init__(self, inputs: Inputs, offer: Offer, most_clears: int, told: Told) -> None:
        self._inputs = inputs
        self._offer = offer
        self._most_clears = most_clears
        self._told = told
        self._looked: dict[int, Bought] = {}
        self._limits = {limit_of(claim, inputs.ceiling_per_t) for claim in inputs.claims}

    @property
    def wins_at(self) -> int | None:
        """The highest price that was found to win so far."""
        won = [price for price, bought in self._looked.items() if self._is_in(bought.by_offer)]
        return max(won, default=None)

    def highest(self, least_per_t: int, guess_per_t: int) -> WinningPrice:
        proof: Certainty = "boundary" if self._inputs.pricing == "vickrey" else "highest"
        high = max(self._limits, default=0) + 1
        for low in self._seams(least_per_t):
            last = self._last(self._counts, low, high, guess_per_t)
            if last is None:
                high = min(low, high)
            elif self._wins(last):
                return WinningPrice(last, proof)
            else:
                last = self._last(self._wins, least_per_t, last, guess_per_t)
                return WinningPrice(last, "boundary")
        return WinningPrice(None, proof)

    def _seams(self, least_per_t: int) -> list[int]:
        """The lowest price of each range in which the yields are the same, highest range first."""
        soft = self._inputs.wanted_kg and not all(rule.hard for rule in self._inputs.rules)
        above = {limit + 1 for limit in self._limits if soft and limit >= least_per_t}
        return sorted(above | {least_per_t}, reverse=True)

    def _last(
        self, holds: Callable[[int], bool], low: int, high: int, guess_per_t: int
    ) -> int | None:
        """Of prices from `low` on, the last at which something holds that does not at `high`."""
        last = low - 1
        for price_per_t in (guess_per_t, guess_per_t + 1, low):
            if last < price_per_t < high:
                last, high = (price_per_t, high) if holds(price_per_t) else (last, price_per_t)
        if last < low:
            return None
        return last - 1 + bisect_left(range(last, high), True, key=lambda price: not holds(price))

    def _counts(self, price_per_t: int) -> bool:
        return self._is_in(self._at(price_per_t).seen)

    def _wins(self, price_per_t: int) -> bool:
        return self._is_in(self._at(price_per_t).by_offer)

    def _is_in(self, offers: Container[str]) -> bool:
        return self._offer.id in offers

    def _at(self, price_per_t: int) -> Bought:
        if price_per_t not in self._looked:
            if len(self._looked) == self._most_clears:
                raise _Enough
            self._looked[price_per_t] = self._inputs.at_price(self._offer.id, price_per_t).bought()
            self._told(len(self._looked))
        return self._looked[price_per_t]


def _guess(inputs: Inputs, clearing: Clearing, offer: Offer) -> int:
    """The highest price that would come in by the merit order at the limit that was chosen."""
    limit_per_t = clearing.limit_per_t
    if limit_per_t is None:
        limits = [limit_of(claim, inputs.ceiling_per_t) for claim in inputs.claims]
        return max(limits, default=0)

    def is_out(price_per_t: int) -> bool:
        changed = inputs.at_price(offer.id, price_per_t)
        market = book(changed.lots, changed.offers).within(limit_per_t)
        place = next(i for i, each in enumerate(market.offers) if each.id == offer.id)
        bought = fill(market, clearing.demand_kg)
        return bought is None or not bought[place]

    return bisect_left(range(limit_per_t + 1), True, key=is_out) - 1
