"""A low price explained by its supplier, accepted or not by a facilitator, or left unexplained."""

from __future__ import annotations

from datetime import datetime

from club.domain import flags as rules
from club.domain.errors import NotFound
from club.domain.falling import Cause
from club.domain.flags import PriceFlag
from club.domain.notices import NoticeKind
from club.domain.organisations import Actor, Kind, Role
from club.operations import telling
from club.operations.context import Context
from club.operations.deed import Deed, begin, begin_system
from club.operations.delivering import settling_round
from club.operations.falling import let_fall
from club.operations.posting import settle_up
from club.store import flags, people, rounds


def explain_price(
    context: Context, actor: Actor, *, request_id: str, award_id: str, explanation: str
) -> PriceFlag:
    """Explain a low price, or replace the explanation, until the last instant or the decision."""
    with begin(context, actor, Role.SELLER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return flags.get(deed.tx, deed.outcome_id)
        round_ = settling_round(deed, _own(deed, award_id).round_id)
        flag = rules.explain(_own(deed, award_id), explanation, at=deed.at, by=deed.by)
        flags.change(deed.tx, flag)
        facts: dict[str, object] = {"lot": flag.lot_id, "supplier": flag.supplier_id}
        deed.done("price.explained", flag.award_id, chain=round_.id, facts=facts)
        for person in people.active_people(deed.tx, kind=Kind.OPERATOR, role=Role.FACILITATOR):
            deed.tell(
                person,
                NoticeKind.PRICE_EXPLAINED,
                **telling.round_facts(round_),
                link=telling.page_link(deed, "low_prices"),
            )
        return flag


def decide_on_price(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    award_id: str,
    seen_at: datetime | None,
    accepts: bool,
    reason: str = "",
) -> PriceFlag:
    """Accept an explanation as it was read, or not: then the award falls away.

    Once the last open question of a round is accepted, its invoices leave in the same deed.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return flags.get(deed.tx, deed.outcome_id)
        round_ = settling_round(deed, flags.get(deed.tx, award_id).round_id)
        flag = rules.decide(
            flags.get(deed.tx, award_id),
            seen_at=seen_at,
            accepts=accepts,
            reason=reason,
            at=deed.at,
            by=deed.by,
        )
        flags.change(deed.tx, flag)
        facts: dict[str, object] = {
            "lot": flag.lot_id,
            "supplier": flag.supplier_id,
            "reason": flag.decision,
        }
        kind = "price.accepted" if accepts else "price.not_accepted"
        deed.done(kind, flag.award_id, chain=round_.id, facts=facts)
        if accepts:
            telling.tell_sellers(deed, round_, [flag.supplier_id], NoticeKind.PRICE_ACCEPTED)
            settle_up(deed, round_)
        else:
            let_fall(deed, round_, flag.lot_id, cause=Cause.NOT_ACCEPTED, reason=flag.decision)
        return flag


def let_unexplained_fall(context: Context, round_id: str) -> bool:
    """Let the awards fall whose supplier let the last instant go by; whether there were any."""
    with begin_system(context) as deed:
        round_ = rounds.lock(deed.tx, round_id)
        late = [f for f in flags.of_round(deed.tx, round_id) if rules.is_unexplained(f, deed.at)]
        for flag in late:
            flags.change(deed.tx, rules.leave_unexplained(flag, at=deed.at, by=deed.by))
            facts: dict[str, object] = {"lot": flag.lot_id, "supplier": flag.supplier_id}
            deed.done("price.unexplained", flag.award_id, chain=round_id, facts=facts)
            let_fall(deed, round_, flag.lot_id, cause=Cause.UNEXPLAINED, reason=None)
        return bool(late)


def _own(deed: Deed, award_id: str) -> PriceFlag:
    """The flag, if it is the supplier's own; of another's there is nothing to see."""
    assert deed.actor is not None  # noqa: S101 - `begin` lets nobody else in
    flag = flags.get(deed.tx, award_id)
    if flag.supplier_id != deed.actor.organisation_id:
        raise NotFound
    return flag
