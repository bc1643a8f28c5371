"""The merit order: the cheapest way to fill demand while some offers are forced in or out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import lcm

from auctions.offers import BadBook, Lot, Offer, by_sequence

Vector = list[int]
MOST_SCALE = 10**60
Score = tuple[int, int, int]
"""Objectives 1 to 3: kilograms (negative), cost, sum of rank times kilograms. Least is best."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Offers and lots, by position, that must (at their minimum or more) or must not be used."""

    offers_in: frozenset[int] = frozenset()
    offers_out: frozenset[int] = frozenset()
    lots_in: frozenset[int] = frozenset()
    lots_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """Offers in merit order with their lots by position; all lists run in parallel.

    `cost` is the effective price per tonne, `scale` times. What is fixed stands as an
    offer of just that, and must be used.
    """

    offers: tuple[Offer, ...]
    lots: tuple[Lot, ...]
    lot_of: tuple[int, ...]
    cost: tuple[int, ...]
    scale: int
    rank: tuple[int, ...]
    steps: tuple[tuple[int, ...], ...] = field(repr=False)
    fixed: Choice = field(repr=False)

    def within(self, limit_per_t: int) -> "Book":
        """Keep the offers whose price is no higher than a limit; ranks stay."""
        return self.only([i for i, o in enumerate(self.offers) if o.price_per_t <= limit_per_t])

    def only(self, keep: Sequence[int]) -> "Book":
        """Keep the offers at some positions; ranks and costs stay."""
        return _book(
            [self.offers[i] for i in keep],
            self.lots,
            [self.rank[i] for i in keep],
            [self.cost[i] for i in keep],
            scale=self.scale,
        )


def book(lots: Sequence[Lot], offers: Sequence[Offer]) -> Book:
    """Put offers into merit order: effective price, order of acknowledgement, then id.

    Raises BadBook where coefficients have no common measure of a sensible length.
    """
    scale = lcm(*{offer.coefficient.numerator for offer in offers})
    if scale > MOST_SCALE:
        raise BadBook("coefficients_too_fine", "offers")
    rank = {offer.id: place for place, offer in enumerate(by_sequence(offers), start=1)}
    cost = {offer.id: _cost(offer, scale) for offer in offers}
    merit = sorted(offers, key=lambda offer: (cost[offer.id], rank[offer.id]))
    used = sorted(lots, key=lambda lot: lot.id)
    ranks, costs = [rank[offer.id] for offer in merit], [cost[offer.id] for offer in merit]
    return _book([_as_fixed(offer) for offer in merit], used, ranks, costs, scale=scale)


def _cost(offer: Offer, scale: int) -> int:
    ratio = offer.coefficient
    return offer.price_per_t * ratio.denominator * (scale // ratio.numerator)


def _as_fixed(offer: Offer) -> Offer:
    kg = offer.fixed_kg
    return offer if kg is None else replace(offer, quantity_kg=kg, minimum_kg=kg)


def _book(
    merit: Sequence[Offer],
    lots: Sequence[Lot],
    ranks: Sequence[int],
    costs: Sequence[int],
    *,
    scale: int,
) -> Book:
    place = {lot.id: i for i, lot in enumerate(lots)}
    lot_of = tuple(place[offer.lot] for offer in merit)
    steps: list[list[int]] = [[] for _ in lots]
    for i, lot in enumerate(lot_of):
        steps[lot].append(i)
    fixed = frozenset(i for i, offer in enumerate(merit) if offer.fixed_kg is not None)
    return Book(
        offers=tuple(merit),
        lots=tuple(lots),
        lot_of=lot_of,
        cost=tuple(costs),
        scale=scale,
        rank=tuple(ranks),
        steps=tuple(tuple(row) for row in steps),
        fixed=Choice(offers_in=fixed, lots_in=frozenset(lot_of[i] for i in fixed)),
    )


def fill(book: Book, demand_kg: int, choice: Choice | None = None) -> Vector | None:
    """Buy as much as possible up to demand, then cheapest, then by rank.

    Minimums bind only on what the choice forces in, so without a choice this is a
    bound on every purchase; the answer is unique. None where the choice, or what is
    fixed, cannot be met.
    """
    choice = choice or book.fixed
    bought = [0] * len(book.offers)
    room = [0 if i in choice.lots_out else lot.quantity_kg for i, lot in enumerate(book.lots)]
    for i in choice.offers_in:
        bought[i] = book.offers[i].minimum_kg
        room[book.lot_of[i]] -= bought[i]
    if min(room, default=0) < 0:
        return None
    for lot in choice.lots_in:
        short_kg = book.lots[lot].minimum_kg - sum(bought[i] for i in book.steps[lot])
        if short_kg > 0 and _take(
            book, book.steps[lot], short_kg, choice=choice, bought=bought, room=room
        ):
            return None
    left_kg = demand_kg - sum(bought)
    if left_kg < 0:
        return None
    _take(book, range(len(bought)), left_kg, choice=choice, bought=bought, room=room)
    return bought


def _take(
    book: Book,
    order: Sequence[int],
    wanted_kg: int,
    *,
    choice: Choice,
    bought: Vector,
    room: Vector,
) -> int:
    """Add up to the wanted kilograms along an order; return what could not be had."""
    for i in order:
        if wanted_kg == 0:
            break
        if i in choice.offers_out:
            continue
        lot = book.lot_of[i]
        taken = min(book.offers[i].quantity_kg - bought[i], room[lot], wanted_kg)
        bought[i] += taken
        room[lot] -= taken
        wanted_kg -= taken
    return wanted_kg


def score(book: Book, bought: Vector) -> Score:
    """Value a purchase by objectives 1 to 3."""
    used = [i for i, kg in enumerate(bought) if kg]
    return (
        -sum(bought),
        sum(book.cost[i] * bought[i] for i in used),
        sum(book.rank[i] * bought[i] for i in used),
    )


def by_rank(book: Book, bought: Vector) -> Vector:
    """List a purchase in the order of acknowledgement; among equals the largest list wins."""
    return [kg for _, kg in sorted(zip(book.rank, bought, strict=True))]


def offer_short_of_minimum(book: Book, bought: Vector) -> int | None:
    """Find the first offer that is used below its minimum."""
    for i, kg in enumerate(bought):
        if 0 < kg < book.offers[i].minimum_kg:
            return i
    return None


def lot_short_of_minimum(book: Book, bought: Vector) -> int | None:
    """Find the first lot that is used below its minimum."""
    for place, lot in enumerate(book.lots):
        if 0 < sum(bought[i] for i in book.steps[place]) < lot.minimum_kg:
            return place
    return None
