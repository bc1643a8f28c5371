"""What a live auction hands to the clearing: frozen with the round, read again by the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auctions.formats import clock, descending
from auctions.formats.clock import Clock
from auctions.offers import Lot, Offer
from auctions.record import document_hash, plain
from auctions.reviving import revive
from club.domain.live import LiveEvent, State
from club.domain.live_events import committed


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveBook:
    """The final offers of a live auction; a sealed round has none of them."""

    lots: tuple[Lot, ...] = ()
    offers: tuple[Offer, ...] = ()
    suspended: tuple[str, ...] = ()
    """Ids of offers that do not count because their supplier was no approved organisation."""


def outcome(state: State, record: Sequence[LiveEvent], approved: frozenset[str]) -> dict[str, Any]:
    """What a clearing depends on once the auction has ended, in JSON's own kinds.

    The hash is over the whole record, so that what is cleared cannot be parted from it.
    """
    final = clock.confirmed_offers(state) if isinstance(state, Clock) else descending.offers(state)
    standing = [offer for offer in final if offer.supplier in approved]
    return {
        "record_hash": document_hash(committed(record)),
        "offers": [plain(offer) for offer in standing],
        "suspended": [offer.id for offer in final if offer.supplier not in approved],
        **_trade(state, sum(offer.quantity_kg for offer in standing)),
    }


def _trade(state: State, supply_kg: int) -> dict[str, Any]:
    """At which price a clock trades how much; nothing for a descending auction."""
    if not isinstance(state, Clock):
        return {}
    found = clock.trade(state)
    return {"price_per_t": found.price_per_t, "traded_kg": min(supply_kg, found.demand_kg)}


def read(inputs: Mapping[str, Any], seed: bytes) -> LiveBook:
    """The final offers from a round's frozen inputs; a clock's long supply is rationed by draw."""
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
