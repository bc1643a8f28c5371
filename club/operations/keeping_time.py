"""What the clock does each second for live auctions: a beat of the pulse, and what is due by it."""

from __future__ import annotations

from club.domain.rounds import Phase
from club.logs import log
from club.operations.context import Context
from club.operations.deed import begin_system
from club.operations.recording import bring_up
from club.store import live, rounds


def keep_time(context: Context) -> None:
    """Beat the pulse of every live auction under way.

    What goes wrong in one is logged and does not stop the others; whoever clears a round that
    could not be reached sees by its pulse for how long.
    """
    with context.database.read() as tx:
        running = live.running(tx)
    for round_id in running:
        try:
            beat(context, round_id)
        except Exception as error:  # noqa: BLE001 - one auction's trouble must not stop the others
            log(__name__).error("no_beat", round_id=round_id, error=type(error).__name__)


def beat(context: Context, round_id: str) -> None:
    """Bring one auction up to this instant: re-opened after an outage, its clock a step lower
    where a step is over, and seen."""
    with begin_system(context) as deed:
        round_ = rounds.lock(deed.tx, round_id)
        if round_.phase is Phase.BIDDING:
            bring_up(deed, round_)
