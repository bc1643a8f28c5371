"""An award that falls away before delivery; the clock then looks for the next best."""

from __future__ import annotations

from dataclasses import replace

from club.domain.errors import InputRefused
from club.domain.falling import BY_HAND, LONGEST_REASON, Cause, Fall, require_fallable
from club.domain.flags import FlagState
from club.domain.notices import NoticeKind
from club.domain.organisations import Actor, Role
from club.domain.rounds import Round
from club.domain.units import read_text
from club.operations import telling
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.delivering import settling_round
from club.store import clearings, falling, flags, holdings, journal


def record_fall(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    award_id: str,
    cause: Cause,
    reason: str,
) -> Fall:
    """Take down that a supplier withdrew or fails to deliver: all awards of the lot fall away.

    Refused once what was awarded is delivered and accepted. Nothing is bought or undone yet: the
    clock looks for the next best, and asks the members first.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return falling.fall(deed.tx, deed.outcome_id)
        if cause not in BY_HAND:
            raise InputRefused("unknown_choice", field="cause")
        words = read_text(reason, field="reason", longest=LONGEST_REASON)
        award = clearings.award(deed.tx, award_id)
        round_ = settling_round(deed, award.round_id)
        for flag in flags.of_round(deed.tx, round_.id):
            if flag.lot_id == award.lot_id and flag.is_open:
                closed = replace(flag, state=FlagState.FELL, decided_at=deed.at, decided_by=deed.by)
                flags.change(deed.tx, closed)
        fall = _fall(deed, round_, award.lot_id, cause=cause, reason=words)
        deed.done("award.fell", fall.id, chain=round_.id, facts=_facts(fall))
        return fall


def let_fall(deed: Deed, round_: Round, lot_id: str, *, cause: Cause, reason: str | None) -> Fall:
    """The awards of a lot are to fall away as part of another deed; the caller holds the round."""
    fall = _fall(deed, round_, lot_id, cause=cause, reason=reason)
    facts = {"id": fall.id} | _facts(fall)
    journal.record(deed.tx, round_.id, "award.fell", facts, at=deed.at, by=deed.by)
    return fall


def _fall(deed: Deed, round_: Round, lot_id: str, *, cause: Cause, reason: str | None) -> Fall:
    won = [a for a in clearings.awards_of_round(deed.tx, round_.id) if a.lot_id == lot_id]
    delivery = holdings.delivery_of(deed.tx, round_.id, lot_id)
    fallen = falling.falls_of_round(deed.tx, round_.id)
    require_fallable(
        is_delivered=delivery is not None and delivery.accepted_at is not None,
        is_falling=not won or any(fall.lot_id == lot_id for fall in fallen),
    )
    fall = Fall(
        id=deed.context.new_id(),
        round_id=round_.id,
        lot_id=lot_id,
        supplier_id=won[0].supplier_id,
        quantity_kg=sum(award.quantity_kg for award in won),
        cause=cause,
        reason=reason,
        recorded_at=deed.at,
        recorded_by=deed.by,
    )
    falling.add_fall(deed.tx, fall)
    telling.tell_sellers(
        deed,
        round_,
        [fall.supplier_id],
        NoticeKind.AWARD_FELL,
        quantity_kg=fall.quantity_kg,
        outcome=cause.value,
        said=reason or "",
    )
    return fall


def _facts(fall: Fall) -> dict[str, object]:
    return {
        "lot": fall.lot_id,
        "supplier": fall.supplier_id,
        "quantity_kg": fall.quantity_kg,
        "cause": fall.cause.value,
        "reason": fall.reason,
    }
