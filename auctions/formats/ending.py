"""What a live auction hands to the clearing: frozen with the round, read again by the engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from auctions.formats import clock, descending
from auctions.formats.clock import Clock
from auctions.formats.history import Line, State, committed
from auctions.offers import Lot, Offer
from auctions.record import document_hash, plain
from auctions.reviving import revive


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveBook:
    """The final offers of a live auction; a sealed round has none of them."""

    lots: tuple[Lot, ...] = ()
    offers: tuple[Offer, ...] = ()
    suspended: tuple[str, ...] = ()
    """Ids of offers that do not count because their supplier was no approved organisation."""


def final_offers(state: State) -> tuple[Offer, ...]:
    """List what stands at the end of an auction, whoever made it, before any rationing."""
    return clock.confirmed_offers(state) if isinstance(state, Clock) else descending.offers(state)


def outcome(state: State, lines: Iterable[Line], suspended: Iterable[str]) -> dict[str, Any]:
    """Write what a clearing depends on once the auction has ended, in JSON's own kinds.

    Offers whose ids are suspended do not count. The hash is over all lines, so that what is
    cleared cannot be parted from them.
    """
    final, out = final_offers(state), set(suspended)
    standing = [offer for offer in final if offer.id not in out]
    return {
        "record_hash": document_hash(committed(state.terms.id, lines)),
        "offers": [plain(offer) for offer in standing],
        "suspended": [offer.id for offer in final if offer.id in out],
        **_trade(state, sum(offer.quantity_kg for offer in standing)),
    }


def _trade(state: State, supply_kg: int) -> dict[str, Any]:
    """Tell at which price a clock trades how much; nothing for a descending auction."""
    if not isinstance(state, Clock):
        return {}
    found = clock.trade(state)
    return {"price_per_t": found.price_per_t, "traded_kg": min(supply_kg, found.demand_kg)}


def read(inputs: Mapping[str, Any], seed: bytes) -> LiveBook:
    """Read the final offers from frozen inputs; a clock's long supply is rationed by draw."""
    auction = inputs.get("auction")
    if auction is None:
        return LiveBook()
    offers = tuple(revive(Offer, row, "auction") for row in auction["offers"])
    if "traded_kg" in auction:
        offers = clock.rationed(offers, auction["traded_kg"], seed)
    return LiveBook(
        lots=tuple(Lot(id=offer.lot, quantity_kg=offer.quantity_kg) for offer in offers),
        offers=offers,
        suspended=tuple(auction["suspended"]),
    )
