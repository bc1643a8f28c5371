"""Inviting suppliers to a round."""

from __future__ import annotations

from collections.abc import Collection

from club.domain.errors import InputRefused, PhaseRefused, StandingRefused
from club.domain.notices import NoticeKind
from club.domain.organisations import Actor, Kind, Organisation, Role, Standing, conflicts
from club.domain.rounds import Phase
from club.operations import telling
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.store import people, pledges, rounds

INVITING = frozenset({Phase.DRAFT, Phase.PLEDGING, Phase.BIDDING})
"""Phases in which suppliers may still be invited."""


def invite_suppliers(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    supplier_ids: Collection[str],
) -> list[str]:
    """Invite suppliers to offer in a round; returns the ids of all who are invited now.

    Who is invited already stays so. Suppliers of a draft hear of it when it opens. Raises
    where one is no approved supplier, or belongs to a company that pledges in the round.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return rounds.invited(deed.tx, round_id)
        round_ = rounds.lock(deed.tx, round_id)
        if round_.phase not in INVITING:
            raise PhaseRefused("wrong_phase", phase=round_.phase)
        buyers = buyers_of(deed, round_id)
        new = sorted(set(supplier_ids) - set(rounds.invited(deed.tx, round_id)))
        for supplier_id in new:
            _require_seller(people.organisation(deed.tx, supplier_id), buyers)
            rounds.invite(deed.tx, round_id, supplier_id, at=deed.at, by=deed.by)
        if round_.phase is not Phase.DRAFT:
            telling.tell_sellers(deed, round_, new, NoticeKind.SUPPLIER_INVITED)
        deed.done("suppliers.invited", round_id, chain=round_id, facts={"suppliers": new})
        return rounds.invited(deed.tx, round_id)


def buyers_of(deed: Deed, round_id: str) -> list[Organisation]:
    """The organisations whose pledge counts in the round, or will once it is approved."""
    buying = pledges.buying(deed.tx, round_id)
    return [o for o in people.all_organisations(deed.tx, Kind.MEMBER) if o.id in buying]


def _require_seller(supplier: Organisation, buyers: list[Organisation]) -> None:
    if supplier.kind is not Kind.SUPPLIER:
        raise InputRefused("not_a_supplier", field="suppliers")
    if supplier.standing is not Standing.APPROVED:
        raise StandingRefused("organisation_not_approved")
    if conflicts(supplier, buyers):
        raise StandingRefused("buyer_and_seller")
