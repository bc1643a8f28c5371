"""The merit order: the cheapest way to fill demand while some offers are forced in or out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from auctions.offers import Lot, Offer, by_sequence

Vector = list[int]
Score = tuple[int, int, int]
"""Objectives 1 to 3: kilograms (negative), cost, sum of rank times kilograms. Least is best."""


@dataclass(frozen=True, slots=True)
class Book:
    """Offers in merit order with their lots by position; all lists run in parallel."""

    offers: tuple[Offer, ...]
    lots: tuple[Lot, ...]
    lot_of: tuple[int, ...]
    cost: tuple[int, ...]
    rank: tuple[int, ...]
    steps: tuple[tuple[int, ...], ...] = field(repr=False)

    def within(self, limit_per_t: int) -> "Book":
        """Keep the offers that cost no more than a limit; ranks stay."""
        keep = [i for i, offer in enumerate(self.offers) if offer.price_per_t <= limit_per_t]
        return _book([self.offers[i] for i in keep], self.lots, [self.rank[i] for i in keep])


@dataclass(frozen=True, slots=True)
class Choice:
    """Offers and lots, by position, that must (at their minimum or more) or must not be used."""

    offers_in: frozenset[int] = frozenset()
    offers_out: frozenset[int] = frozenset()
    lots_in: frozenset[int] = frozenset()
    lots_out: frozenset[int] = frozenset()


FREE = Choice()


def book(lots: Sequence[Lot], offers: Sequence[Offer]) -> Book:
    """Put offers into merit order: price, then the order of acknowledgement, then id."""
    rank = {offer.id: place for place, offer in enumerate(by_sequence(offers), start=1)}
    merit = sorted(offers, key=lambda offer: (offer.price_per_t, rank[offer.id]))
    used = sorted(lots, key=lambda lot: lot.id)
    return _book(merit, used, [rank[offer.id] for offer in merit])


def _book(merit: Sequence[Offer], lots: Sequence[Lot], ranks: Sequence[int]) -> Book:
    place = {lot.id: i for i, lot in enumerate(lots)}
    lot_of = tuple(place[offer.lot] for offer in merit)
    steps: list[list[int]] = [[] for _ in lots]
    for i, lot in enumerate(lot_of):
        steps[lot].append(i)
    return Book(
        offers=tuple(merit),
        lots=tuple(lots),
        lot_of=lot_of,
        cost=tuple(offer.price_per_t for offer in merit),
        rank=tuple(ranks),
        steps=tuple(tuple(row) for row in steps),
    )


def fill(book: Book, demand_kg: int, choice: Choice = FREE) -> Vector | None:
    """Buy as much as possible up to demand, then cheapest, then by rank.

    Minimums bind only on what the choice forces in, so without a choice this is a
    bound on every purchase; the answer is unique. None where the choice cannot be met.
    """
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
