"""What the closing clock does each second: end pledging, clear what is due."""

from __future__ import annotations

import traceback
from dataclasses import replace
from datetime import datetime, timedelta

from club.domain import rounds as rules
from club.domain.errors import StandingRefused, TermsRefused
from club.domain.notices import NoticeKind
from club.domain.openers import has_openers
from club.domain.organisations import Role
from club.domain.pledges import Pledge, PledgeState, pool_kg, require_terms
from club.domain.rounds import Phase, Round
from club.logs import log
from club.operations import naming, telling
from club.operations.announcing import announce_failure
from club.operations.awaiting import fail_unopened, wait_for_passphrases
from club.operations.clearing import clear_round
from club.operations.computing import Engine, Stopped, compute
from club.operations.context import Context
from club.operations.deed import Deed, begin_system
from club.operations.justifying import let_unexplained_fall
from club.operations.pledging import require_no_seller
from club.operations.qualifying import reasons_against
from club.operations.recording import begin_auction
from club.operations.replacing import is_waiting, replace_fallen
from club.operations.sealing import deal_key
from club.operations.stopping import tell_stopped
from club.store import falling, flags, openers, people, pledges, rounds
from club.store.database import Connection

NOT_APPROVED = "needs_another_person"
BELOW_MINIMUM = "below_minimum"


FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)


class Waits:
    """Which rounds this host failed to close, and until when it leaves each alone: longer each
    time. Another host, or this one started anew, tries at once."""

    def __init__(self) -> None:
        self._failed: dict[str, tuple[int, datetime]] = {}

    def is_over(self, round_id: str, at: datetime) -> bool:
        return round_id not in self._failed or self._failed[round_id][1] <= at

    def lengthen(self, round_id: str, at: datetime) -> None:
        times = self._failed[round_id][0] if round_id in self._failed else 0
        wait = min(FIRST_WAIT * (1 << min(times, 16)), LONGEST_WAIT)
        self._failed[round_id] = (times + 1, at + wait)

    def forget(self, round_id: str) -> None:
        self._failed.pop(round_id, None)


def close_due(context: Context, engine: Engine = compute, waits: Waits | None = None) -> list[str]:
    """Do what is due in every round, one at a time; the ids of the rounds whose pledging was
    closed, and of those that were cleared or have failed.

    What goes wrong in one round is logged and does not stop the others; it is tried again at
    the next call, or once its wait is over. Several hosts at once do each thing once.
    """
    waits = waits or Waits()
    with context.database.read() as tx:
        at = context.clock(tx)
        found = [*rounds.due(tx, at), *_with_awards_in_question(tx, at)]
        due = [round_ for round_ in found if waits.is_over(round_.id, at)]
    return [round_.id for round_ in due if _close(context, round_, engine, waits)]


def _with_awards_in_question(tx: Connection, at: datetime) -> list[Round]:
    """Rounds with a low price left unexplained, or with a step to take towards the next best."""
    late = {flag.round_id for flag in flags.unexplained(tx, at)}
    falls = {id for id in falling.rounds_falling(tx) if is_waiting(tx, id, at)}
    return [rounds.get(tx, round_id) for round_id in sorted(late | falls)]


def _close(context: Context, round_: Round, engine: Engine, waits: Waits) -> bool:
    try:
        has_moved = _do(context, round_, engine)
    except Stopped as stopped:
        log(__name__).error("clearing_stopped", round_id=round_.id, why=stopped.why.value)
        tell_stopped(context, round_.id, stopped.why)
        waits.lengthen(round_.id, context.now())
        return False
    except Exception as error:  # noqa: BLE001 - one round's trouble must not stop the others
        # Frames only: their variables may be keys or sealed prices.
        log(__name__).error(
            "round_not_closed",
            round_id=round_.id,
            phase=round_.phase.value,
            error=type(error).__name__,
            frames="".join(traceback.format_tb(error.__traceback__)),
        )
        waits.lengthen(round_.id, context.now())
        return False
    waits.forget(round_.id)
    return has_moved


def _do(context: Context, round_: Round, engine: Engine) -> bool:
    if round_.phase is Phase.PLEDGING:
        return close_pledging(context, round_.id)
    if round_.phase is Phase.SETTLING:
        let_unexplained_fall(context, round_.id)
        return replace_fallen(context, round_.id, engine)
    if clear_round(context, round_.id, engine):
        return True
    return has_openers(round_) and fail_unopened(context, round_.id)


def close_pledging(context: Context, round_id: str) -> bool:
    """End a round's pledging when its time is over; whether this call did.

    Each pledge is looked at again, and what no longer holds falls out with its reason. What is
    left decides: bidding, failure, or once some days more, for which proposals wait on. Bidding
    waits while an opener of the round lacks a passphrase.
    """
    with begin_system(context) as deed:
        round_ = rounds.lock(deed.tx, round_id)
        if not rules.is_pledging_over(round_, at=deed.at):
            return False
        standing = _let_fall(deed, round_)
        after = rules.close_pledging(round_, pool_kg(standing), deed.at)
        if after.phase is Phase.BIDDING and (lacking := naming.lacking(deed.tx, round_)):
            return wait_for_passphrases(deed, round_, lacking)
        openers.close(deed.tx, round_id)
        rounds.change(deed.tx, after)
        if after.phase is Phase.BIDDING and after.auction.is_live:
            begin_auction(deed, after, standing)
        if after.phase is not Phase.PLEDGING:
            for pledge in standing:
                if pledge.state is PledgeState.PROPOSED:
                    _fall_out(deed, after, pledge, NOT_APPROVED)
        _tell(deed, after, pool_kg(standing))
        return True


def _let_fall(deed: Deed, round_: Round) -> list[Pledge]:
    """Let fall what no longer holds; what is left."""
    left = []
    for pledge in pledges.of_round(deed.tx, round_.id):
        reason = _reason_against(deed, round_, pledge)
        if reason is None:
            left.append(pledge)
        else:
            _fall_out(deed, round_, pledge, reason)
    return left


def _reason_against(deed: Deed, round_: Round, pledge: Pledge) -> str | None:
    if pledge.state is not PledgeState.PLACED:
        return None
    try:
        require_terms(round_, pledge)
    except TermsRefused as refusal:
        return refusal.code
    organisation = people.organisation(deed.tx, pledge.organisation_id)
    reasons = reasons_against(deed.context, deed.tx, organisation, round_, at=deed.at)
    if reasons:
        return reasons[0].code
    try:
        require_no_seller(deed, organisation, round_.id)
    except StandingRefused as refusal:
        return refusal.code
    return None


def _fall_out(deed: Deed, round_: Round, pledge: Pledge, reason: str) -> None:
    fallen = replace(pledge, state=PledgeState.FELL_OUT, reason=reason)
    pledges.save(deed.tx, fallen)
    facts: dict[str, object] = {
        "organisation": pledge.organisation_id,
        "quantity_kg": pledge.quantity_kg,
        "reason": reason,
    }
    deed.done("pledge.fell_out", pledge.id, chain=round_.id, facts=facts)
    for person in people.people_of(deed.tx, pledge.organisation_id):
        if person.is_active and person.roles & {Role.BUYER, Role.APPROVER}:
            deed.tell(
                person,
                NoticeKind.PLEDGE_FELL_OUT,
                **telling.round_facts(round_),
                quantity_kg=pledge.quantity_kg,
                reason=reason,
            )


def _tell(deed: Deed, round_: Round, left_kg: int) -> None:
    facts: dict[str, object] = {"pool_kg": left_kg, "minimum_kg": round_.minimum_kg}
    if round_.phase is Phase.BIDDING:
        if has_openers(round_):
            deed.done("round.sealed", round_.id, chain=round_.id, facts=deal_key(deed, round_))
        deed.done("bidding.opened", round_.id, chain=round_.id, facts=facts)
        telling.tell_invited(deed, round_, NoticeKind.BIDDING_OPENED)
    elif round_.phase is Phase.FAILED:
        facts["reason"] = BELOW_MINIMUM
        deed.done("round.failed", round_.id, chain=round_.id, facts=facts)
        announce_failure(deed, round_, BELOW_MINIMUM)
    else:
        facts["pledging_closes_at"] = round_.pledging_closes_at.isoformat()
        deed.done("round.prolonged", round_.id, chain=round_.id, facts=facts)
        telling.tell_everybody(deed, round_, NoticeKind.ROUND_PROLONGED)
