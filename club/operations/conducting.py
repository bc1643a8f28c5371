"""A facilitator conducts a live auction: extend, pause with a reason, resume."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from auctions.formats.events import Extended, Paused, Resumed
from auctions.formats.history import Event
from club.domain.errors import TermsRefused
from club.domain.notices import NoticeKind
from club.domain.organisations import Actor, Role
from club.domain.rounds import Round
from club.domain.units import read_text
from club.operations import telling
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.opening import LONGEST_REASON
from club.operations.recording import add, bring_up, chain_facts, ends_at, require_auction, tell_end
from club.store import rounds


def extend_auction(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    until: datetime,
    reason: str,
) -> Round:
    """Move the end of a live auction, or of the clock's step, to a later instant."""
    why = _read(reason)
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return rounds.get(deed.tx, round_id)
        after = _conduct(
            deed,
            round_id,
            "auction.extended",
            lambda at: Extended(at=at, until=until, reason=why),
            reason=why,
        )
        tell_end(deed, after, "auction_extended")
        return after


def pause_auction(
    context: Context, actor: Actor, *, request_id: str, round_id: str, reason: str
) -> Round:
    """Stop a live auction's time; bids are refused until it goes on, and told why."""
    why = _read(reason)
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return rounds.get(deed.tx, round_id)
        after = _conduct(
            deed, round_id, "auction.paused", lambda at: Paused(at=at, reason=why), reason=why
        )
        telling.tell_invited(deed, after, NoticeKind.AUCTION_PAUSED, reason=why)
        return after


def resume_auction(context: Context, actor: Actor, *, request_id: str, round_id: str) -> Round:
    """Let a paused auction go on; the time of the pause is given back."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return rounds.get(deed.tx, round_id)
        after = _conduct(deed, round_id, "auction.resumed", lambda at: Resumed(at=at))
        tell_end(deed, after, "auction_resumed")
        return after


def _conduct(
    deed: Deed, round_id: str, kind: str, event: Callable[[datetime], Event], **facts: object
) -> Round:
    round_ = rounds.lock(deed.tx, round_id)
    if not round_.auction.is_live:
        raise TermsRefused("not_in_this_format", format=round_.auction.format)
    require_auction(deed, round_)
    now, rows = add(deed, bring_up(deed, round_), event(deed.at), by=deed.by)
    told = chain_facts(rows) | {"ends_at": ends_at(now)} | facts
    deed.done(kind, rows[0].id, chain=round_id, facts=told)
    return now.round_


def _read(reason: str) -> str:
    return read_text(reason, field="reason", longest=LONGEST_REASON)
