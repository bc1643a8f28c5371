"""Prices so low that the supplier has to explain them."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auctions.offers import Offer
from auctions.results import Award, Flag

BELOW_MEAN = Fraction(60, 100)
"""At most so much of the mean of the other suppliers' lowest initial prices."""
BELOW_NEXT = Fraction(70, 100)
"""At most so much of the next other supplier's lowest effective price."""


def low_prices(awards: Sequence[Award], offers: Sequence[Offer]) -> tuple[Flag, ...]:
    """Flag the awards whose own price lies far below what other suppliers asked for.

    `far_below_mean`: at least 40 % below the mean of the other suppliers' lowest initial
    prices. `far_below_next`: effectively at least 30 % below the next other supplier,
    which is the cheapest of those that are not cheaper. Without other suppliers no flag,
    nor where they ask for nothing.
    """
    asked = Asked.of(offers)
    by_id = {offer.id: offer for offer in offers}
    told = [(award.offer, asked.reasons(by_id[award.offer])) for award in awards]
    return tuple(Flag(offer, reasons) for offer, reasons in told if reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A price beside what other suppliers asked for, per tonne, and which it lies too far below."""

    price_per_t: int
    effective_per_t: Fraction
    mean_per_t: Fraction
    """The mean of the other suppliers' lowest initial prices."""
    next_per_t: Fraction | None
    """The lowest effective price of another supplier that is not below the own one."""
    reasons: tuple[str, ...]


def compared(ids: Iterable[str], offers: Sequence[Offer]) -> dict[str, Compared]:
    """Compare some of the offers with the other suppliers'; without others there is nothing."""
    wanted = frozenset(ids)
    asked = Asked.of(offers)
    found = {}
    for offer in offers:
        mean = asked.mean_of_others(offer.supplier)
        if offer.id in wanted and mean is not None:
            own = effective_price(offer)
            found[offer.id] = Compared(
                price_per_t=offer.price_per_t,
                effective_per_t=own,
                mean_per_t=mean,
                next_per_t=asked.next_other(offer.supplier, own),
                reasons=asked.reasons(offer),
            )
    return found


def effective_price(offer: Offer) -> Fraction:
    """Return the price by which an offer is compared, exactly."""
    ratio = offer.coefficient
    return Fraction(offer.price_per_t * ratio.denominator, ratio.numerator)


@dataclass(frozen=True, slots=True)
class Asked:
    """Each supplier's lowest prices: the first bid, and the effective ones in ascending order."""

    initial: Mapping[str, int]
    initial_sum: int
    effective: Sequence[tuple[Fraction, str]]

    @classmethod
    def of(cls, offers: Sequence[Offer]) -> "Asked":
        initial: dict[str, int] = {}
        effective: dict[str, Fraction] = {}
        for offer in offers:
            first = offer.initial_price_per_t
            first = offer.price_per_t if first is None else first
            initial[offer.supplier] = min(first, initial.get(offer.supplier, first))
            price = effective_price(offer)
            effective[offer.supplier] = min(price, effective.get(offer.supplier, price))
        ascending = sorted((price, supplier) for supplier, price in effective.items())
        return cls(initial, sum(initial.values()), ascending)

    def mean_of_others(self, supplier: str) -> Fraction | None:
        """Return the mean of the other suppliers' lowest initial prices, if there are others."""
        others = len(self.initial) - 1
        return Fraction(self.initial_sum - self.initial[supplier], others) if others else None

    def next_other(self, supplier: str, price: Fraction) -> Fraction | None:
        """Return the lowest effective price of another supplier that is not below a price."""
        start = bisect_left(self.effective, (price, ""))
        following = (row for row in self.effective[start : start + 2] if row[1] != supplier)
        return next((price for price, _ in following), None)

    def reasons(self, offer: Offer) -> tuple[str, ...]:
        """Tell why an offer's price has to be explained, if it has to."""
        mean = self.mean_of_others(offer.supplier)
        own = effective_price(offer)
        following = self.next_other(offer.supplier, own)
        reasons = []
        if mean and offer.price_per_t <= BELOW_MEAN * mean:
            reasons.append("far_below_mean")
        if following and own <= BELOW_NEXT * following:
            reasons.append("far_below_next")
        return tuple(reasons)
