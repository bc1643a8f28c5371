"""Placing, approving and withdrawing a pledge."""

from __future__ import annotations

from dataclasses import dataclass

from club.domain import pledges as rules
from club.domain.errors import NotFound, StandingRefused, TermsRefused
from club.domain.notices import NoticeKind
from club.domain.organisations import Actor, Kind, Organisation, Role, are_affiliated
from club.domain.pledges import Pledge, PledgeState
from club.domain.rounds import require_opened
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.qualifying import require_qualified
from club.store import people, pledges, rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeTerms:
    """What the member types."""

    quantity_kg: int
    limit_per_t: int | None
    minimum_kg: int


def place_pledge(
    context: Context, actor: Actor, *, request_id: str, round_id: str, terms: PledgeTerms
) -> Pledge:
    """Take down the organisation's pledge, or change the one it has.

    It counts at once, or, where the organisation says so, once a second person has approved it.
    The same request twice is the same pledge. Raises what the round's terms, the pool's cap or
    the gate refuse.
    """
    with begin(context, actor, Role.BUYER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return pledges.get(deed.tx, deed.outcome_id)
        round_ = require_opened(rounds.lock(deed.tx, round_id))
        organisation = _buyer(deed)
        require_qualified(context, deed.tx, organisation, round_, at=deed.at)
        require_no_seller(deed, organisation, round_id)
        pledge = rules.place(
            round_,
            pledges.of_round(deed.tx, round_id),
            Pledge(
                id=context.new_id(),
                round_id=round_id,
                organisation_id=organisation.id,
                quantity_kg=terms.quantity_kg,
                limit_per_t=terms.limit_per_t,
                minimum_kg=terms.minimum_kg,
                state=PledgeState.PLACED,
                placed_at=deed.at,
                placed_by=deed.by,
            ),
            needs_approval=organisation.needs_approval,
        )
        _keep(deed, pledge, f"pledge.{pledge.state}")
        _tell(deed, pledge)
        return pledge


def approve_pledge(
    context: Context, actor: Actor, *, request_id: str, round_id: str, version: int | None = None
) -> Pledge:
    """Let a colleague's proposed pledge count; one's own cannot be approved.

    With `version`, only what was seen is approved: a pledge changed meanwhile is refused.
    """
    with begin(context, actor, Role.APPROVER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return pledges.get(deed.tx, deed.outcome_id)
        round_ = rounds.lock(deed.tx, round_id)
        organisation = _buyer(deed)
        proposed = _own(deed, round_id)
        require_qualified(context, deed.tx, organisation, round_, at=deed.at)
        require_no_seller(deed, organisation, round_id)
        if version not in {None, proposed.version}:
            raise TermsRefused("changed_meanwhile")
        pledge = rules.approve(
            round_, pledges.of_round(deed.tx, round_id), proposed, at=deed.at, by=deed.by
        )
        _keep(deed, pledge, "pledge.approved")
        return pledge


def withdraw_pledge(context: Context, actor: Actor, *, request_id: str, round_id: str) -> Pledge:
    """Take the organisation's pledge back; it can be placed again until pledging closes."""
    with begin(context, actor, Role.BUYER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return pledges.get(deed.tx, deed.outcome_id)
        round_ = rounds.lock(deed.tx, round_id)
        pledge = rules.withdraw(round_, _own(deed, round_id), at=deed.at, by=deed.by)
        _keep(deed, pledge, "pledge.withdrawn")
        return pledge


def _own(deed: Deed, round_id: str) -> Pledge:
    assert deed.actor is not None  # noqa: S101 - `begin` lets nobody else in
    pledge = pledges.of_organisation(deed.tx, round_id, deed.actor.organisation_id)
    if pledge is None:
        raise NotFound
    return pledge


def _buyer(deed: Deed) -> Organisation:
    """The organisation the actor belongs to now."""
    assert deed.actor is not None  # noqa: S101 - `begin` lets nobody else in
    return people.organisation(deed.tx, deed.actor.organisation_id)


def require_no_seller(deed: Deed, buyer: Organisation, round_id: str) -> None:
    """Who is affiliated with a supplier invited to the round cannot buy in it."""
    invited = set(rounds.invited(deed.tx, round_id))
    sellers = [s for s in people.all_organisations(deed.tx, Kind.SUPPLIER) if s.id in invited]
    if any(are_affiliated(buyer, seller) for seller in sellers):
        raise StandingRefused("buyer_and_seller")


def _keep(deed: Deed, pledge: Pledge, kind: str) -> None:
    pledges.save(deed.tx, pledge)
    facts: dict[str, object] = {
        "organisation": pledge.organisation_id,
        "quantity_kg": pledge.quantity_kg,
        "limit_per_t": pledge.limit_per_t,
        "minimum_kg": pledge.minimum_kg,
        "version": pledge.version,
    }
    deed.done(kind, pledge.id, chain=pledge.round_id, facts=facts)


def _tell(deed: Deed, pledge: Pledge) -> None:
    """Who placed it gets a receipt; where a second person must approve, those who may are told."""
    colleagues = people.people_of(deed.tx, pledge.organisation_id)
    proposed = pledge.state is PledgeState.PROPOSED
    kind = NoticeKind.PLEDGE_PROPOSED if proposed else NoticeKind.PLEDGE_PLACED
    for person in colleagues:
        concerned = (
            Role.APPROVER in person.roles and person.id != deed.by
            if proposed
            else person.id == deed.by
        )
        if concerned and person.is_active:
            deed.tell(person, kind, round_id=pledge.round_id, quantity_kg=pledge.quantity_kg)
