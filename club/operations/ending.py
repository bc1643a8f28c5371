"""Ending a round that comes to nothing."""

from __future__ import annotations

from club.domain.notices import NoticeKind
from club.domain.rounds import Phase, Round, move
from club.operations import telling
from club.operations.announcing import announce_failure
from club.operations.deed import Deed
from club.store import openers, rounds


def fail(deed: Deed, round_: Round, reason: str, **facts: object) -> None:
    """Nothing is bought: everybody is told why, and what is still sealed stays so for good."""
    failed = move(round_, Phase.FAILED)
    rounds.change(deed.tx, failed)
    openers.close(deed.tx, round_.id)
    deed.done("round.failed", round_.id, chain=round_.id, facts=facts | {"reason": reason})
    announce_failure(deed, failed, reason)
    telling.tell_office(deed, failed, NoticeKind.ROUND_FAILED, reason=reason)
