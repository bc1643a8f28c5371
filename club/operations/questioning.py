"""Whether what a round bought stands, and what stands of it, clearing by clearing."""

from __future__ import annotations

from auctions.sealing import draw_seed
from club.domain.offers import LotAwards
from club.domain.tranches import Tranche, tranches
from club.store import books, clearings, falling, flags, rounds
from club.store.database import Connection


def is_in_question(tx: Connection, round_id: str) -> bool:
    """Whether a low price waits to be explained or accepted, or an award fell away and what is
    bought instead is not settled. Meanwhile no money is asked and nothing new is delivered."""
    return flags.is_any_open(tx, round_id) or falling.is_any_falling(tx, round_id)


def waits_for(tx: Connection, bought: LotAwards) -> str | None:
    """Why what was bought of a lot is not to be delivered now, as the code of a refusal; None
    where nothing stands in the way.

    What has fallen away is not delivered, nor anything that is not in the books: they wait while
    an award of the round is in question.
    """
    fallen = falling.falls_of_round(tx, bought.round_id)
    if any(fall.lot_id == bought.lot_id for fall in fallen):
        return "award_falling"
    if books.supplied_kg(tx, bought.round_id, bought.lot_id) < bought.quantity_kg:
        return "awards_in_question"
    return None


def standing_tranches(tx: Connection, round_id: str) -> list[Tranche]:
    """What stands of a cleared round, with what everybody owes for it."""
    return tranches(
        clearings.awards_of_round(tx, round_id),
        clearings.allocations_of_round(tx, round_id),
        round_seed(tx, round_id),
    )


def round_seed(tx: Connection, round_id: str) -> bytes:
    """The seed of a cleared round's draws, from what its clearing published."""
    key, hashes = rounds.key(tx, round_id), clearings.hashes(tx, round_id)
    if key is None or key.revealed_secret is None or hashes is None:
        raise LookupError(f"round {round_id} is not cleared")
    return draw_seed(bytes.fromhex(key.revealed_secret), bytes.fromhex(hashes[0]))
