"""Practice rounds: a pledge in an invented market. Nothing here touches a round of the club."""

from __future__ import annotations

from dataclasses import replace

from club.domain.errors import NotFound
from club.domain.organisations import Actor, Role
from club.domain.practice import pledge_of
from club.domain.practice_market import VERSION
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.pledging import PledgeTerms
from club.store import journal, practising
from club.store.practising import PracticeRow

SEED_BYTES = 32


def start_practice(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    terms: PledgeTerms,
    again: str | None = None,
) -> PracticeRow:
    """Keep a pledge and the market it is made in: a new one, or that of an earlier practice round.

    Refuses what the terms of the practice round refuse, as in a real one; NotFound where the
    earlier practice round is another's or of an older market.
    """
    with begin(context, actor, Role.LEARNER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return practising.practice(deed.tx, deed.outcome_id)
        pledge_of(terms)
        row = PracticeRow(
            id=context.new_id(),
            person_id=deed.by,
            market_version=VERSION,
            seed=_seed(deed, again),
            quantity_kg=terms.quantity_kg,
            limit_per_t=terms.limit_per_t,
            minimum_kg=terms.minimum_kg,
            started_at=deed.at,
        )
        practising.add(deed.tx, row)
        _remember(deed, "practice_round.started", row)
        return row


def finish_practice(
    context: Context, actor: Actor, *, request_id: str, practice_id: str
) -> PracticeRow:
    """Note that the person has seen the bidding to its end; a second time changes nothing.

    Raises NotFound for another's practice round and for one of an older market.
    """
    with begin(context, actor, Role.LEARNER, request_id=request_id) as deed:
        row = own(practising.practice(deed.tx, practice_id, lock=True), deed.by)
        if row.finished_at is None:
            row = replace(row, finished_at=deed.at)
            practising.change(deed.tx, row)
            _remember(deed, "practice_round.finished", row)
        return row


def own(row: PracticeRow, person_id: str) -> PracticeRow:
    """Let only its person see a practice round, while its market can still be made."""
    if row.person_id != person_id or row.market_version != VERSION:
        raise NotFound
    return row


def _seed(deed: Deed, again: str | None) -> str:
    if again is None:
        return deed.context.random_bytes(SEED_BYTES).hex()
    return own(practising.practice(deed.tx, again), deed.by).seed


def _remember(deed: Deed, kind: str, row: PracticeRow) -> None:
    """One deed a request; practice leaves no link in the audit chain."""
    assert deed.request_id is not None  # noqa: S101 - both deeds ask for one
    journal.keep_outcome(
        deed.tx, deed.by, deed.request_id, deed=kind, outcome_id=row.id, at=deed.at
    )
