"""Rounds that have been cleared: awards and shares put into the store, posted and invoiced."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from auctions import sharing
from club.domain.lots import Lot
from club.domain.offers import Allocation, Award, EnvelopeState
from club.domain.organisations import Actor, Kind, Role
from club.domain.retirements import Batch, Certificate, Delivery, units_due
from club.domain.rounds import Phase, Round
from club.operations import delivering, posting, retiring
from club.operations.context import Context
from club.operations.deed import begin_system
from club.operations.retiring import RetirementTerms
from club.store.tables import allocations, awards, envelopes, offers
from tests.builders import NOON, a_lot, join, open_round

SEED = b"a fixed seed for all who test it"


@dataclass(kw_only=True)
class Bought:
    """A round in settling, and who takes part."""

    context: Context
    facilitator: Actor
    treasurer: Actor
    members: list[Actor]
    sellers: list[Actor]
    round_: Round
    lots: list[Lot] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    amounts_jpy: dict[str, int] = field(default_factory=dict)
    prefix: str = ""
    """What its deliveries' serials begin with."""


def a_bought_round(
    context: Context,
    *,
    awarded: tuple[tuple[int, int], ...] = ((117_000, 4_000), (115_900, 5_000)),
    pledged_kg: tuple[int, ...] = (100_000, 82_900, 50_000),
    by: Actor | None = None,
    post: bool = True,
    **given: Any,
) -> Bought:
    """Awards of (kilograms, price) of a supplier each, shared among members by their pledges."""
    facilitator = by or join(context, Kind.OPERATOR)
    bought = Bought(
        context=context,
        facilitator=facilitator,
        treasurer=facilitator,
        members=[join(context, Kind.MEMBER, Role.BUYER) for _ in pledged_kg],
        sellers=[join(context, Kind.SUPPLIER) for _ in awarded],
        round_=open_round(context, facilitator, phase=Phase.SETTLING, **given),
    )
    for number, (seller, (quantity_kg, price_per_t)) in enumerate(
        zip(bought.sellers, awarded, strict=True)
    ):
        lot = a_lot(context, seller)
        bought.lots.append(lot)
        bought.awards.append(_award(bought, number, lot, quantity_kg, price_per_t))
    _share(bought, pledged_kg)
    _store(bought)
    if post:
        post_awards(bought)
    return bought


def post_awards(bought: Bought) -> None:
    with begin_system(bought.context) as deed:
        posting.post_awards(
            deed, bought.round_, bought.awards, bought.allocations, bought.amounts_jpy
        )


def _award(bought: Bought, number: int, lot: Lot, quantity_kg: int, price_per_t: int) -> Award:
    id = f"{bought.round_.id}-{number}"
    return Award(
        id=f"award-{id}",
        round_id=bought.round_.id,
        offer_id=f"offer-{id}",
        lot_id=lot.id,
        supplier_id=lot.supplier_id,
        quantity_kg=quantity_kg,
        price_per_t=price_per_t,
        value_jpy=quantity_kg * price_per_t // 1_000,
    )


def _share(bought: Bought, pledged_kg: tuple[int, ...]) -> None:
    pledges = dict(
        zip((member.organisation_id for member in bought.members), pledged_kg, strict=True)
    )
    total_kg = sum(award.quantity_kg for award in bought.awards)
    totals_kg = sharing.share(total_kg, pledges, SEED)
    columns = {award.id: award.quantity_kg for award in bought.awards}
    for member_id, cells in sharing.matrix(totals_kg, columns, SEED).items():
        bought.allocations += [
            Allocation(
                round_id=bought.round_.id,
                organisation_id=member_id,
                award_id=award_id,
                quantity_kg=quantity_kg,
            )
            for award_id, quantity_kg in cells.items()
            if quantity_kg
        ]
    value_jpy = sum(award.value_jpy for award in bought.awards)
    bought.amounts_jpy = sharing.amounts(value_jpy, totals_kg, SEED)


def _store(bought: Bought) -> None:
    with bought.context.database.write() as tx:
        for sequence, (award, seller) in enumerate(
            zip(bought.awards, bought.sellers, strict=True), start=1
        ):
            common = {
                "id": award.offer_id,
                "round_id": award.round_id,
                "lot_id": award.lot_id,
                "supplier_id": award.supplier_id,
                "sequence": sequence,
            }
            envelope = {
                "quantity_bound_kg": award.quantity_kg,
                "commitment": "0" * 64,
                "ciphertext": b"",
                "state": EnvelopeState.OPENED,
                "received_at": NOON,
                "received_by": seller.person_id,
            }
            terms = {
                "quantity_kg": award.quantity_kg,
                "price_per_t": award.price_per_t,
                "minimum_kg": 0,
            }
            tx.execute(envelopes.insert().values(common | envelope))
            tx.execute(offers.insert().values(common | terms))
            tx.execute(awards.insert().values(_cells(award)))
        tx.execute(allocations.insert(), [_cells(each) for each in bought.allocations])


def _cells(value: Award | Allocation) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def deliver_all(bought: Bought) -> list[Delivery]:
    """Every award delivered and accepted, by serials L1-0001 and so on."""
    deliveries = []
    for number, (award, seller) in enumerate(
        zip(bought.awards, bought.sellers, strict=True), start=1
    ):
        units = units_due(award.quantity_kg, 1_000)
        prefix = f"{bought.prefix}L{number}-"
        recorded = delivering.record_delivery(
            bought.context,
            seller,
            request_id=f"deliver {award.id}",
            award_id=award.id,
            serials=f"{prefix}0001 to {prefix}{units:04d}",
        )
        accepted = delivering.accept_delivery(
            bought.context,
            bought.facilitator,
            request_id=f"accept {award.id}",
            delivery_id=recorded.id,
        )
        deliveries.append(accepted)
    return deliveries


def retire_all(bought: Bought, deliveries: list[Delivery]) -> list[Batch]:
    """Each delivery retired whole, in one batch."""
    return [
        retiring.record_retirement(
            bought.context,
            bought.facilitator,
            request_id=f"retire {delivery.id}",
            delivery_id=delivery.id,
            terms=RetirementTerms(
                serials=f"{delivery.serials.first_text} to {delivery.serials.last_text}",
                retired_on=NOON.date(),
                registry_reference=f"JCR-{number}",
                beneficiary="クラブ参加企業",
                purpose_ja="出張に伴う排出のオフセット",
                purpose_en="Offsetting business travel",
            ),
        )
        for number, delivery in enumerate(deliveries, start=1)
    ]


def certify(bought: Bought, _batches: list[Batch] | None = None) -> list[Certificate]:
    return retiring.issue_certificates(
        bought.context,
        bought.facilitator,
        request_id=f"certify {bought.round_.id}",
        round_id=bought.round_.id,
    )
