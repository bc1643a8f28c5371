"""Prices so low that the supplier has to explain them."""

from collections.abc import Sequence
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
    which is the cheapest of those that are not cheaper. Without other suppliers no flag.
    """
    by_id = {offer.id: offer for offer in offers}
    initial: dict[str, Fraction] = {}
    effective: dict[str, Fraction] = {}
    for offer in offers:
        _lower(initial, offer.supplier, Fraction(_initial(offer)))
        _lower(effective, offer.supplier, effective_price(offer))
    flags = []
    for award in awards:
        reasons = _reasons(by_id[award.offer], initial, effective)
        if reasons:
            flags.append(Flag(award.offer, reasons))
    return tuple(flags)


def effective_price(offer: Offer) -> Fraction:
    """Return the price by which an offer is compared, exactly."""
    ratio = offer.coefficient
    return Fraction(offer.price_per_t * ratio.denominator, ratio.numerator)


def _initial(offer: Offer) -> int:
    return offer.price_per_t if offer.initial_price_per_t is None else offer.initial_price_per_t


def _lower(prices: dict[str, Fraction], supplier: str, price: Fraction) -> None:
    prices[supplier] = min(price, prices.get(supplier, price))


def _reasons(
    offer: Offer, initial: dict[str, Fraction], effective: dict[str, Fraction]
) -> tuple[str, ...]:
    others = [price for supplier, price in initial.items() if supplier != offer.supplier]
    if not others:
        return ()
    own = effective_price(offer)
    asked = [price for supplier, price in effective.items() if supplier != offer.supplier]
    following = [price for price in asked if price >= own]
    reasons = []
    if offer.price_per_t * len(others) <= BELOW_MEAN * sum(others):
        reasons.append("far_below_mean")
    if following and own <= BELOW_NEXT * min(following):
        reasons.append("far_below_next")
    return tuple(reasons)
