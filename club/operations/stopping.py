"""A clearing that a person has to look at: the office is told, once for each reason."""

from __future__ import annotations

from club.domain.notices import NoticeKind
from club.domain.rounds import Phase, Round
from club.operations import telling
from club.operations.computing import Why
from club.operations.context import Context
from club.operations.deed import begin_system
from club.store import falling, journal, rounds
from club.store.database import Connection

DEED = "clearing.stopped"


def tell_stopped(context: Context, round_id: str, why: Why) -> None:
    """Enter in the round's chain that its clearing has stopped, and tell the office.

    It is tried again all the same; what stops it for the same reason is not told again.
    """
    with begin_system(context) as deed:
        round_ = rounds.lock(deed.tx, round_id)
        number = _number(deed.tx, round_)
        if number is None or stopped_by(deed.tx, round_) is why:
            return
        again: dict[str, object] = {"number": number} if number > 1 else {}
        deed.done(DEED, round_id, chain=round_id, facts={"reason": why.value} | again)
        link = f"{context.settings.base_url}/round_desk?id={round_id}"
        facts: dict[str, object] = {"reason": why.value, "link": link}
        telling.tell_office(deed, round_, NoticeKind.CLEARING_STOPPED, **facts)


def stopped_by(tx: Connection, round_: Round) -> Why | None:
    """What a round that is to be cleared waits for a person for; None where it does not."""
    last = journal.last_of(tx, round_.id, DEED)
    if last is None or last.facts.get("number", 1) != _number(tx, round_):
        return None
    return Why(str(last.facts["reason"]))


def _number(tx: Connection, round_: Round) -> int | None:
    """Which clearing of the round is under way: 1 for its own, more for the next best; None where
    none is."""
    return 1 if round_.phase is Phase.CLEARING else falling.under_way(tx, round_.id)
