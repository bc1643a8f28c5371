"""The floors of automatic bids, sealed to the round's key.

The server must open a floor at every bid, to answer for its owner; so it is the round's key, which
the server has in its keyring, and not one of the openers' alone. Whoever has the database, or a
copy of it, reads no floor.
"""

from __future__ import annotations

import json

from auctions import sealing
from club.domain.live import LiveEvent
from club.operations.context import Context
from club.operations.deed import Deed
from club.operations.sealing import kept_secret, round_key_name
from club.store import rounds

DIGITS = 12
"""Room for any price there may be."""


def seal_floor(deed: Deed, round_id: str, lot_id: str, floor_per_t: int) -> bytes:
    """The floor as it is stored, filled up so that its length tells nothing."""
    key = rounds.key(deed.tx, round_id)
    if key is None:
        raise LookupError(f"round {round_id} has no key to seal to")
    facts = {
        "round": round_id,
        "lot": lot_id,
        "floor_per_t": floor_per_t,
        "filling": "0" * (DIGITS - len(str(floor_per_t))),
    }
    chance = deed.context.random_bytes(sealing.KEY_BYTES)
    return sealing.seal(key.public_key, sealing.canonical(facts), chance)


def floor_inside(context: Context, event: LiveEvent) -> int:
    """The floor in an event; LookupError where this host has not the round's key."""
    pair = sealing.round_keys(kept_secret(context, round_key_name(event.round_id)))
    plaintext = sealing.unseal(pair.private, event.sealed_floor or b"")
    facts = json.loads(plaintext)
    if (facts["round"], facts["lot"]) != (event.round_id, event.lot_id):
        raise ValueError(f"the floor in {event.id} is made out to another lot or round")
    return int(facts["floor_per_t"])
