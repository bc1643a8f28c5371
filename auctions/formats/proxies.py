"""Proxy bids: for whom the system bids, down to a floor that only the owner knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from auctions.formats.entrants import Entrants
from auctions.formats.events import Bid
from auctions.formats.standing import Grid, Standing, find, helping_price, improved, place, put


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """The system bids for a lot, no lower than the floor; the earlier proxy acts first."""

    floor_per_t: int
    sequence: int


def proxy_bids(
    order: Sequence[Standing],
    proxies: Mapping[str, Proxy],
    entrants: Entrants,
    *,
    pool_kg: int,
    grid: Grid,
    sequence: int,
    at: datetime,
) -> tuple[Bid, ...]:
    """What the proxies bid now, in the order of their bids.

    They act in sequence order, one after the other and round again until nothing changes. One whose
    lot is not wholly in bids the highest grid price that brings its whole quantity in, or nothing
    where that lies below its floor. `sequence` is the last number given, `at` the instant of what
    triggered them.
    """
    standing = list(order)
    acting = sorted(proxies, key=lambda lot: proxies[lot].sequence)
    bids: list[Bid] = []
    while True:
        before = len(bids)
        for lot in acting:
            bid = _answer(standing, lot, proxies[lot], entrants, pool_kg=pool_kg, grid=grid, at=at)
            if bid is not None:
                bids.append(bid)
                _stand(standing, bid, entrants, sequence + len(bids))
        if len(bids) == before:
            return tuple(bids)


def _answer(
    standing: Sequence[Standing],
    lot: str,
    proxy: Proxy,
    entrants: Entrants,
    *,
    pool_kg: int,
    grid: Grid,
    at: datetime,
) -> Bid | None:
    own = find(standing, lot)
    where = place(standing, lot, pool_kg)
    if own is None or where is None or where.is_wholly_in:
        return None
    price_per_t = helping_price(
        standing,
        own,
        pool_kg=pool_kg,
        grid=grid,
        coefficient=entrants[lot].coefficient,
        floor_per_t=proxy.floor_per_t,
    )
    if price_per_t is None:
        return None
    return Bid(
        at=at,
        lot=lot,
        quantity_kg=own.quantity_kg,
        minimum_kg=own.minimum_kg,
        price_per_t=price_per_t,
        by_proxy=True,
    )


def _stand(standing: list[Standing], bid: Bid, entrants: Entrants, sequence: int) -> None:
    own = find(standing, bid.lot)
    assert own is not None
    put(standing, improved(own, bid.price_per_t, sequence, entrants[bid.lot].coefficient))
