"""A live auction inside a deed: brought up to the deed's instant, and what the deed adds to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from auctions import sealing
from auctions.curves import demand_curve
from auctions.formats import descending, history
from auctions.formats.clock import Clock
from auctions.formats.events import EventRefused, Reopened, Stepped
from auctions.formats.history import Event, State
from auctions.formats.timing import has_to_reopen, is_over
from club.domain import live as rules
from club.domain.live import EventKind, LiveEvent
from club.domain.live_events import committed, row_of
from club.domain.live_refusals import refusal
from club.domain.notices import NoticeKind
from club.domain.pledges import Pledge, PledgeState, claim_of
from club.domain.rounds import Phase, Round, require_bidding
from club.operations import telling
from club.operations.auctioning import Entering, load
from club.operations.deed import SYSTEM, Deed
from club.store import journal, live, rounds

BEAT = timedelta(seconds=1)
"""The pulse beats so often: by the clock, and by whatever deed comes first."""
LEAST_GRACE = timedelta(seconds=3)
"""On a busy machine a beat may be late by so much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A live auction as a deed sees it, under the round's lock."""

    round_: Round
    state: State


def begin_auction(deed: Deed, round_: Round, pledges: Iterable[Pledge]) -> None:
    """Start a live round's record as its bidding opens, and its pulse.

    The pool and the demand at each price are those of the pledges that count from now on.
    """
    placed = [claim_of(pledge) for pledge in pledges if pledge.state is PledgeState.PLACED]
    facts = rules.start_facts(
        round_,
        pool_kg=sum(claim.quantity_kg for claim in placed),
        demand=demand_curve(placed, round_.ceiling_per_t),
    )
    start = LiveEvent(
        round_id=round_.id,
        sequence=0,
        kind=EventKind.STARTED,
        facts=facts,
        made_at=deed.at,
        made_by=SYSTEM,
    )
    live.add(deed.tx, [start])
    live.beat(deed.tx, round_.id, deed.at)


def bring_up(
    deed: Deed, round_: Round, entering: Entering | None = None, *, afresh: bool = False
) -> Live:
    """The auction as it stands at the deed's instant, under the round's lock.

    An outage in the last minutes, longer than the grace, has re-opened it for as long as it
    was down; a step of the clock whose time is over is over. Whoever looks beats the pulse.
    """
    state = load(deed.context, deed.tx, round_, entering, afresh=afresh)
    now = Live(round_=round_, state=state)
    beat_at = live.last_beat(deed.tx, round_.id)
    grace = max(timedelta(seconds=round_.auction.grace_s), LEAST_GRACE)
    if beat_at is not None and not _has_stopped(now.state):
        outage = Reopened(at=deed.at, down_from=beat_at)
        if has_to_reopen(now.state.timing, outage, grace):
            now = _reopen(deed, now, outage)
    if _has_to_step(now.state, deed.at):
        now, rows = add(deed, now, Stepped(at=deed.at), by=SYSTEM)
        _enter(deed, "clock.stepped", rows, ends_at=ends_at(now))
    if beat_at is None or deed.at - beat_at >= BEAT:
        live.beat(deed.tx, round_.id, deed.at)
    return now


def require_auction(deed: Deed, round_: Round) -> None:
    """Refuse what comes before bidding or after its phase; within it the engine decides."""
    if round_.phase is not Phase.BIDDING:
        require_bidding(round_, deed.at)


def add(
    deed: Deed,
    now: Live,
    event: Event,
    *,
    by: str,
    facts: Mapping[str, Any] | None = None,
    sealed_floor: bytes | None = None,
) -> tuple[Live, list[LiveEvent]]:
    """Apply an event and what proxies answer to it; write all down and move the round's end.

    Raises the refusal that a person is told. The first row carries a commitment to itself, and
    the first answer one to all answers: whoever bid may check the one without the other.
    """
    try:
        state = history.step(now.state, event)
    except EventRefused as error:
        raise refusal(error) from error
    rows = [_row(now, event, state, by=by, facts=facts, sealed_floor=sealed_floor)]
    if not isinstance(state, Clock):
        for answer in descending.answers(state, event.at):
            state = descending.step(state, answer)
            rows.append(_row(now, answer, state, by=SYSTEM))
    rows = [*_bound(deed, rows[:1]), *_bound(deed, rows[1:])]
    live.add(deed.tx, rows)
    return Live(round_=_timed(deed, now.round_, state), state=state), rows


def chain_facts(rows: Sequence[LiveEvent]) -> dict[str, object]:
    """What the audit chain holds of an event and its answers: commitments, and no price."""
    first, answers = rows[0], rows[1:]
    return {
        "sequence": first.sequence,
        "lot": first.lot_id,
        "supplier": first.supplier_id,
        "commitment": first.commitment,
        "answers": len(answers),
        "answers_commitment": answers[0].commitment if answers else None,
    }


def ends_at(now: Live) -> str:
    """The end as it stands, for the audit chain."""
    return now.state.timing.ends_at.isoformat(timespec="microseconds")


def tell_end(deed: Deed, round_: Round, reason: str) -> None:
    """Tell the invited suppliers that the end has moved, and why."""
    telling.tell_invited(deed, round_, NoticeKind.AUCTION_GOES_ON, reason=reason)


def _bound(deed: Deed, rows: list[LiveEvent]) -> list[LiveEvent]:
    """The rows with a commitment to all of them in the first."""
    if not rows:
        return []
    nonce = deed.context.random_bytes(sealing.KEY_BYTES)
    commitment = sealing.commitment(committed(rows), nonce).hex()
    return [replace(rows[0], commitment=commitment, nonce=nonce.hex()), *rows[1:]]


def _enter(deed: Deed, kind: str, rows: Sequence[LiveEvent], **facts: object) -> None:
    """Enter in the audit chain what nobody did but the clock, whoever's deed this is."""
    told = {"id": rows[0].id} | chain_facts(rows) | facts
    journal.record(deed.tx, rows[0].round_id, kind, told, at=deed.at, by=SYSTEM)


def _reopen(deed: Deed, now: Live, event: Reopened) -> Live:
    now, rows = add(deed, now, event, by=SYSTEM)
    down_from = event.down_from.isoformat(timespec="microseconds")
    _enter(deed, "auction.reopened", rows, down_from=down_from, ends_at=ends_at(now))
    tell_end(deed, now.round_, "auction_reopened")
    return now


def _has_to_step(state: State, at: datetime) -> bool:
    return isinstance(state, Clock) and not state.has_stopped and is_over(state.timing, at)


def _has_stopped(state: State) -> bool:
    return isinstance(state, Clock) and state.has_stopped


def _row(
    now: Live,
    event: Event,
    after: State,
    *,
    by: str,
    facts: Mapping[str, Any] | None = None,
    sealed_floor: bytes | None = None,
) -> LiveEvent:
    lot = getattr(event, "lot", None)
    return row_of(
        event,
        round_id=now.round_.id,
        sequence=after.sequence,
        supplier_id=after.terms.entrants[lot].supplier if lot else None,
        by=by,
        facts=facts,
        sealed_floor=sealed_floor,
    )


def _timed(deed: Deed, round_: Round, state: State) -> Round:
    """The round with the end of its auction, written down where it moved."""
    timing = state.timing
    auction = replace(round_.auction, hard_end_at=timing.hard_end_at)
    timed = replace(round_, bidding_closes_at=timing.ends_at, auction=auction)
    if timed != round_:
        rounds.change(deed.tx, timed)
    return timed
