"""Exact search over which minimums to meet: integers only, cheapest possibility first."""

from heapq import heappop, heappush

from auctions.merit import (
    Book,
    Choice,
    Score,
    Vector,
    by_rank,
    fill,
    lot_short_of_minimum,
    offer_short_of_minimum,
    score,
)

Node = tuple[Score, int, Choice, Vector]


class Open:
    """Possibilities still to look at, best bound first, then oldest."""

    def __init__(self, book: Book, demand_kg: int) -> None:
        self._book = book
        self._demand_kg = demand_kg
        self._heap: list[Node] = []
        self.seen = 0

    def add(self, choice: Choice) -> None:
        bought = fill(self._book, self._demand_kg, choice)
        self.seen += 1
        if bought is not None:
            heappush(self._heap, (score(self._book, bought), self.seen, choice, bought))

    def best(self) -> tuple[Score, Choice, Vector] | None:
        if not self._heap:
            return None
        bound, _, choice, bought = heappop(self._heap)
        return bound, choice, bought


def search(book: Book, demand_kg: int, most_seen: int) -> Vector | None:
    """Find the best purchase that meets every minimum it uses.

    Each possibility is bounded by its merit order, which is unique; all equally
    good ones are looked at, and the largest in order of acknowledgement wins.
    None after looking at `most_seen` possibilities without an answer.
    """
    open_ = Open(book, demand_kg)
    open_.add(book.fixed)
    found: list[Vector] = []
    while (node := open_.best()) is not None:
        bound, choice, bought = node
        if found and bound > score(book, found[0]):
            break
        if open_.seen > most_seen:
            return None
        branches = _branches(book, choice, bought)
        if not branches:
            found.append(bought)
        for branch in branches:
            open_.add(branch)
    return max(found, key=lambda bought: by_rank(book, bought))


def _branches(book: Book, choice: Choice, bought: Vector) -> tuple[Choice, ...]:
    """Split on the first minimum that is used but not met; nothing to split is an answer."""
    if (i := offer_short_of_minimum(book, bought)) is not None:
        return (
            Choice(
                choice.offers_in | {i},
                choice.offers_out,
                choice.lots_in | {book.lot_of[i]},
                choice.lots_out,
            ),
            Choice(choice.offers_in, choice.offers_out | {i}, choice.lots_in, choice.lots_out),
        )
    if (lot := lot_short_of_minimum(book, bought)) is not None:
        return (
            Choice(choice.offers_in, choice.offers_out, choice.lots_in | {lot}, choice.lots_out),
            Choice(choice.offers_in, choice.offers_out, choice.lots_in, choice.lots_out | {lot}),
        )
    return ()
