"""Taking delivery of awards in whole registry units, and accepting it."""

from __future__ import annotations

from dataclasses import replace

from club.domain import ledger, settlement
from club.domain import retirements as rules
from club.domain.errors import NotFound, PhaseRefused, TermsRefused
from club.domain.ledger import EntryCode
from club.domain.lots import Lot
from club.domain.notices import NoticeKind
from club.domain.offers import LotAwards, by_lot
from club.domain.organisations import Actor, Kind, Role
from club.domain.retirements import Delivery
from club.domain.rounds import Phase, Round
from club.domain.serials import Serials, read_serials, require_apart
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.questioning import waits_for
from club.operations.settling import local_day, made
from club.operations.telling import round_facts
from club.store import books, catalogue, clearings, holdings, people, rounds
from club.store.database import Connection


def record_delivery(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    award_id: str,
    serials: str,
    accepts_late: bool = False,
) -> Delivery:
    """Take down the serials by which what a lot won is delivered, or correct them.

    All awards of the lot are delivered together: any of them names the delivery. The range has
    as many units as are due and overlaps no other delivery. After the lot's last day only a
    facilitator may, who says that late is accepted. Once accepted, the facilitator must reverse
    the acceptance first.
    """
    with begin(context, actor, Role.SELLER, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return holdings.delivery(deed.tx, deed.outcome_id)
        settling_round(deed, clearings.award(deed.tx, award_id).round_id)
        bought = _bought(deed, award_id)
        _require_settled(deed, bought)
        holdings.hold_serials(deed.tx)
        lot = catalogue.lot(deed.tx, bought.lot_id)
        _require_in_time(deed, lot, accepts_late=accepts_late)
        delivery = rules.deliver(
            bought,
            lot.unit_kg,
            read_serials(serials),
            id=context.new_id(),
            at=deed.at,
            by=deed.by,
        )
        earlier = holdings.delivery_of(deed.tx, bought.round_id, bought.lot_id)
        others = holdings.ranges_like(deed.tx, delivery.serials, but=earlier)
        require_apart(delivery.serials, others)
        return _keep(deed, delivery, earlier)


def accept_delivery(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    delivery_id: str,
    serials: Serials | None = None,
) -> Delivery:
    """Confirm that the units have arrived: from now on members hold their kilograms.

    With `serials`, only what was seen is accepted: a delivery corrected meanwhile is refused.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return holdings.delivery(deed.tx, deed.outcome_id)
        round_, delivery = held_delivery(deed, delivery_id)
        if delivery.accepted_at is not None:
            raise TermsRefused("already_done")
        _require_settled(deed, _of_lot(deed.tx, round_.id, delivery.lot_id))
        if serials not in {None, delivery.serials}:
            raise TermsRefused("changed_meanwhile")
        accepted = replace(delivery, accepted_at=deed.at, accepted_by=deed.by)
        holdings.change_delivery(deed.tx, accepted)
        shares_kg = shares_of(deed.tx, delivery)
        entry = settlement.acceptance(
            made(deed),
            accepted,
            _of_lot(deed.tx, delivery.round_id, delivery.lot_id),
            shares_kg,
            operator_id=people.operator(deed.tx).id,
            tax_percent=round_.tax_percent,
        )
        books.add_entry(deed.tx, entry)
        _tell_members(deed, round_, accepted, shares_kg)
        _done(deed, "delivery.accepted", accepted)
        return accepted


def reverse_acceptance(
    context: Context, actor: Actor, *, request_id: str, delivery_id: str
) -> Delivery:
    """Undo an acceptance: a reversing entry, and the delivery can be corrected again.

    Refused once units of it have been retired: that cannot be undone.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return holdings.delivery(deed.tx, deed.outcome_id)
        _, delivery = held_delivery(deed, delivery_id)
        entry = ledger.standing(books.entries_about(deed.tx, delivery.id), EntryCode.DELIVERY)
        if delivery.accepted_at is None or entry is None:
            raise TermsRefused("already_done")
        if holdings.batches_of_delivery(deed.tx, delivery.id):
            raise TermsRefused("already_retired")
        open_again = replace(delivery, accepted_at=None, accepted_by=None)
        holdings.change_delivery(deed.tx, open_again)
        books.add_entry(deed.tx, ledger.reverse(made(deed), entry))
        _done(deed, "delivery.acceptance_reversed", open_again)
        return open_again


def settling_round(deed: Deed, round_id: str) -> Round:
    """The round, held; deliveries and retirements belong to its settling."""
    round_ = rounds.lock(deed.tx, round_id)
    if round_.phase is not Phase.SETTLING:
        raise PhaseRefused("wrong_phase", phase=round_.phase)
    return round_


def held_delivery(deed: Deed, delivery_id: str) -> tuple[Round, Delivery]:
    """A delivery and its round, both held, in the order in which every deed takes them."""
    round_ = settling_round(deed, holdings.delivery(deed.tx, delivery_id).round_id)
    return round_, holdings.delivery(deed.tx, delivery_id, lock=True)


def shares_of(tx: Connection, delivery: Delivery) -> dict[str, int]:
    """Members' kilograms of what was delivered of a lot, by member."""
    return clearings.shares_by_lot(tx, delivery.round_id).get(delivery.lot_id, {})


def _require_settled(deed: Deed, bought: LotAwards) -> None:
    code = waits_for(deed.tx, bought)
    if code is not None:
        raise TermsRefused(code)


def _bought(deed: Deed, award_id: str) -> LotAwards:
    """What the award's lot won in its round; another supplier's is not there."""
    assert deed.actor is not None  # noqa: S101 - `begin` lets nobody else in
    award = clearings.award(deed.tx, award_id)
    is_own = award.supplier_id == deed.actor.organisation_id
    if deed.actor.kind is not Kind.OPERATOR and not is_own:
        raise NotFound
    return _of_lot(deed.tx, award.round_id, award.lot_id)


def _of_lot(tx: Connection, round_id: str, lot_id: str) -> LotAwards:
    won = clearings.awards_of_round(tx, round_id)
    bought = by_lot(award for award in won if award.lot_id == lot_id)
    if not bought:
        raise TermsRefused("award_falling")
    return bought[0]


def _require_in_time(deed: Deed, lot: Lot, *, accepts_late: bool) -> None:
    assert deed.actor is not None  # noqa: S101 - `begin` lets nobody else in
    may_accept_late = accepts_late and deed.actor.kind is Kind.OPERATOR
    if lot.deliver_by_on is None or may_accept_late:
        return
    if local_day(deed.context, deed.at) > lot.deliver_by_on:
        raise TermsRefused("delivery_late", due_on=lot.deliver_by_on)


def _keep(deed: Deed, delivery: Delivery, earlier: Delivery | None) -> Delivery:
    if earlier is None:
        holdings.add_delivery(deed.tx, delivery)
        _done(deed, "delivery.recorded", delivery)
        return delivery
    if earlier.accepted_at is not None:
        raise TermsRefused("already_done")
    corrected = replace(delivery, id=earlier.id)
    holdings.change_delivery(deed.tx, corrected)
    _done(deed, "delivery.corrected", corrected)
    return corrected


def _done(deed: Deed, kind: str, delivery: Delivery) -> None:
    facts: dict[str, object] = {
        "lot": delivery.lot_id,
        "units": delivery.units,
        "unit_kg": delivery.unit_kg,
        "first": delivery.serials.first_text,
        "last": delivery.serials.last_text,
        "custody_kg": delivery.custody_kg,
        "custody_jpy": delivery.custody_jpy,
    }
    deed.done(kind, delivery.id, chain=delivery.round_id, facts=facts)


def _tell_members(deed: Deed, round_: Round, delivery: Delivery, shares_kg: dict[str, int]) -> None:
    lot = catalogue.lot(deed.tx, delivery.lot_id)
    project = catalogue.project(deed.tx, lot.project_id)
    for member_id, quantity_kg in sorted(shares_kg.items()):
        for person in people.people_of(deed.tx, member_id):
            if person.is_active and Role.BUYER in person.roles:
                deed.tell(
                    person,
                    NoticeKind.DELIVERED,
                    **round_facts(round_),
                    project_ja=project.name_ja,
                    project_en=project.name_en,
                    quantity_kg=quantity_kg,
                )
