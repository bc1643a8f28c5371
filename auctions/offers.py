"""What goes into a clearing: pledges as claims, lots, and the offers made on them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

MOST_KG = 10**15
MOST_PER_T = 10**12
MOST_TERM = 10**12
"""The largest numerator and denominator of a quality coefficient."""


class BadBook(ValueError):
    """The input contradicts itself: a code, the id where it does, and the facts."""

    def __init__(self, code: str, where: str, **facts: object) -> None:
        super().__init__(code, where, facts)
        self.code = code
        self.where = where
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Claim:
    """A pledge: up to a quantity, at least a minimum or nothing, at no more than a limit."""

    id: str
    quantity_kg: int
    minimum_kg: int = 0
    limit_per_t: int | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """Credits of one project and vintage: what all offers on it may sell together."""

    id: str
    quantity_kg: int
    minimum_kg: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A supplier's terms for a lot; a price step is one offer of several on the lot.

    Offers are compared by price / coefficient, and paid by price. `fixed_kg` is what
    was awarded before and stays as it is when others fall away.
    """

    id: str
    supplier: str
    project: str
    lot: str
    quantity_kg: int
    minimum_kg: int = 0
    price_per_t: int
    initial_price_per_t: int | None = None
    """The price first bid, where it was lowered since."""
    coefficient: Fraction = Fraction(1)
    attributes: Mapping[str, str | int | bool] = field(default_factory=dict, hash=False)
    """What portfolio rules pick by."""
    sequence: int
    fixed_kg: int | None = None


def by_sequence(offers: Iterable[Offer]) -> list[Offer]:
    """Order offers as they were acknowledged, then by id."""
    return sorted(offers, key=lambda offer: (offer.sequence, offer.id))


def check_book(claims: Sequence[Claim], lots: Sequence[Lot], offers: Sequence[Offer]) -> None:
    """Refuse with BadBook what no clearing could mean."""
    for kind in (claims, lots, offers):
        _check_ids(kind)
        for row in kind:
            _check_quantities(row)
    for claim in claims:
        if claim.limit_per_t is not None:
            check_price(claim.id, claim.limit_per_t)
    known = {lot.id for lot in lots}
    holders: dict[str, str] = {}
    for offer in offers:
        _check_offer(offer)
        if offer.lot not in known:
            raise BadBook("unknown_lot", offer.id, lot=offer.lot)
        if holders.setdefault(offer.lot, offer.supplier) != offer.supplier:
            raise BadBook("lot_of_another_supplier", offer.id, lot=offer.lot)


def _check_offer(offer: Offer) -> None:
    check_price(offer.id, offer.price_per_t)
    if offer.initial_price_per_t is not None:
        check_price(offer.id, offer.initial_price_per_t)
    ratio = offer.coefficient
    if not (0 < ratio.numerator <= MOST_TERM and ratio.denominator <= MOST_TERM):
        raise BadBook("coefficient_out_of_range", offer.id, coefficient=ratio)
    fixed_kg = offer.fixed_kg
    if fixed_kg is not None and not max(1, offer.minimum_kg) <= fixed_kg <= offer.quantity_kg:
        raise BadBook("fixed_out_of_range", offer.id, fixed_kg=fixed_kg)


def _check_ids(rows: Iterable[Claim | Lot | Offer]) -> None:
    for id, times in sorted(Counter(row.id for row in rows).items()):
        if times > 1:
            raise BadBook("duplicate_id", id, times=times)


def _check_quantities(row: Claim | Lot | Offer) -> None:
    if not 0 < row.quantity_kg <= MOST_KG:
        raise BadBook("quantity_out_of_range", row.id, quantity_kg=row.quantity_kg)
    if not 0 <= row.minimum_kg <= row.quantity_kg:
        raise BadBook(
            "minimum_out_of_range",
            row.id,
            minimum_kg=row.minimum_kg,
            quantity_kg=row.quantity_kg,
        )


def check_price(id: str, price_per_t: int) -> None:
    """Refuse with BadBook a price below zero or beyond any market."""
    if not 0 <= price_per_t <= MOST_PER_T:
        raise BadBook("price_out_of_range", id, price_per_t=price_per_t)
