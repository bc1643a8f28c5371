"""The acts of a round, each by the operation a person would use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from auctions.envelopes import OfferTerms
from club.demo.files import TermsPage
from club.demo.stage import Stage
from club.domain import terms
from club.domain.auction_terms import AuctionTerms
from club.domain.organisations import Kind, Role
from club.domain.pledges import Pledge, PledgeState
from club.domain.retirements import Certificate
from club.domain.rounds import Round, RoundTerms
from club.operations import (
    bidding,
    clearing,
    closing,
    delivering,
    inviting,
    joining,
    justifying,
    offering,
    opening,
    pledging,
    retiring,
    settling,
)
from club.operations.acknowledging import Acknowledgement
from club.operations.bidding import BidTerms
from club.operations.offering import Receipt
from club.operations.pledging import PledgeTerms
from club.operations.retiring import RetirementTerms
from club.operations.viewing.books import all_invoices
from club.operations.viewing.holdings import Consignment, consignments
from club.operations.viewing.low_prices import low_prices


class StoryBroken(RuntimeError):
    """The script expected something else of the club."""


def accept_terms(stage: Stage) -> None:
    """Every company that buys or sells accepts the terms in force on that day."""
    for persons in stage.cast.values():
        speakers = [p for p in persons if p.has(Role.BUYER, Role.SELLER)]
        for actor in speakers[:1]:
            joining.accept_terms(
                stage.context,
                actor,
                request_id=stage.request(),
                version=terms.in_force(stage.clock.at.date()).version,
            )


def round_terms(
    page: TermsPage,
    *,
    opens_at: datetime,
    pledging_closes_at: datetime,
    bidding_closes_at: datetime,
    required_modules: frozenset[str] = frozenset(),
    auction: AuctionTerms | None = None,
) -> RoundTerms:
    """The terms of an invented round."""
    return RoundTerms(
        is_invented=True,
        required_modules=required_modules,
        auction=auction,
        pledging_opens_at=opens_at,
        pledging_closes_at=pledging_closes_at,
        bidding_closes_at=bidding_closes_at,
        **{name: getattr(page, name) for name in TermsPage.model_fields},
    )


def open_round(stage: Stage, round_terms: RoundTerms, suppliers: Collection[str]) -> Round:
    """Draft the round, invite its suppliers, open it for pledges."""
    by = stage.facilitator
    draft = opening.draft_round(stage.context, by, request_id=stage.request(), terms=round_terms)
    inviting.invite_suppliers(
        stage.context,
        by,
        request_id=stage.request(),
        round_id=draft.id,
        supplier_ids=[stage.organisation_id(key) for key in suppliers],
    )
    return opening.open_round(stage.context, by, request_id=stage.request(), round_id=draft.id)


def pledge(
    stage: Stage, key: str, round_id: str, pledge_terms: PledgeTerms, *, is_approved: bool = True
) -> Pledge:
    """A member's pledge, approved by its second person where it needs one."""
    placed = pledging.place_pledge(
        stage.context,
        stage.actor(key, Role.BUYER),
        request_id=stage.request(),
        round_id=round_id,
        terms=pledge_terms,
    )
    if placed.state is PledgeState.PLACED or not is_approved:
        return placed
    return pledging.approve_pledge(
        stage.context,
        stage.actor(key, Role.APPROVER),
        request_id=stage.request(),
        round_id=round_id,
    )


def close_pledging(stage: Stage, round_id: str) -> None:
    if not closing.close_pledging(stage.context, round_id):
        raise StoryBroken("pledging did not close")


def offer(
    stage: Stage, key: str, round_id: str, *, lot_id: str, offer_terms: OfferTerms
) -> Receipt:
    return offering.place_offer(
        stage.context,
        stage.actor(key, Role.SELLER),
        request_id=stage.request(),
        round_id=round_id,
        lot_id=lot_id,
        terms=offer_terms,
    )


def bid(stage: Stage, key: str, round_id: str, *, lot_id: str, terms: BidTerms) -> Acknowledgement:
    return bidding.place_bid(
        stage.context,
        stage.actor(key, Role.SELLER),
        request_id=stage.request(),
        round_id=round_id,
        lot_id=lot_id,
        terms=terms,
    )


def clear(stage: Stage, round_id: str) -> None:
    if not clearing.clear_round(stage.context, round_id):
        raise StoryBroken("the round was not cleared")


def explain(stage: Stage, round_id: str, texts_by_lot: Mapping[str, str]) -> None:
    """Each supplier explains the prices about which it is asked."""
    sellers = _sellers(stage)
    for row in low_prices(stage.context, stage.facilitator).rows:
        if row.round_.id == round_id and row.flag.is_open:
            justifying.explain_price(
                stage.context,
                stage.actor(sellers[row.flag.supplier_id], Role.SELLER),
                request_id=stage.request(),
                award_id=row.flag.award_id,
                explanation=texts_by_lot[row.lot.id],
            )


def agree(stage: Stage, round_id: str) -> None:
    """The office accepts what was explained; with the last of it the invoices leave."""
    for row in low_prices(stage.context, stage.facilitator).rows:
        if row.round_.id == round_id and row.flag.is_open:
            justifying.decide_on_price(
                stage.context,
                stage.facilitator,
                request_id=stage.request(),
                award_id=row.flag.award_id,
                seen_at=row.flag.explained_at,
                accepts=True,
            )


def _sellers(stage: Stage) -> dict[str, str]:
    """Suppliers' keys by their organisations' ids."""
    return {
        persons[0].organisation_id: key
        for key, persons in stage.cast.items()
        if persons[0].kind is Kind.SUPPLIER
    }


def pay(stage: Stage, round_id: str) -> None:
    """Every member's payment comes in, in the order of the invoices' numbers."""
    found = [row.invoice for row in all_invoices(stage.context, stage.treasurer)]
    due = [i for i in found if i.round_id == round_id and i.paid_at is None]
    for invoice in sorted(due, key=lambda i: i.number):
        settling.record_payment(
            stage.context,
            stage.treasurer,
            request_id=stage.request(),
            invoice_id=invoice.id,
            amount_jpy=invoice.total_jpy,
        )


def deliver(stage: Stage, round_id: str, serials_by_lot: Mapping[str, str]) -> None:
    """Each supplier hands over the units of its awards."""
    sellers = _sellers(stage)
    for row in shipped(stage, round_id):
        delivering.record_delivery(
            stage.context,
            stage.actor(sellers[row.bought.supplier_id], Role.SELLER),
            request_id=stage.request(),
            award_id=row.bought.awards[0].id,
            serials=serials_by_lot[row.lot.id],
        )


def accept(stage: Stage, round_id: str) -> None:
    for row in shipped(stage, round_id):
        if row.delivery is None:
            raise StoryBroken("an award was not delivered")
        delivering.accept_delivery(
            stage.context,
            stage.facilitator,
            request_id=stage.request(),
            delivery_id=row.delivery.id,
        )


def retire(stage: Stage, round_id: str, terms_by_lot: Mapping[str, RetirementTerms]) -> None:
    for row in shipped(stage, round_id):
        if row.delivery is None:
            raise StoryBroken("an award was not delivered")
        retiring.record_retirement(
            stage.context,
            stage.facilitator,
            request_id=stage.request(),
            delivery_id=row.delivery.id,
            terms=terms_by_lot[row.lot.id],
        )


def certify(stage: Stage, round_id: str) -> list[Certificate]:
    return retiring.issue_certificates(
        stage.context, stage.facilitator, request_id=stage.request(), round_id=round_id
    )


def shipped(stage: Stage, round_id: str) -> list[Consignment]:
    """The round's awards with what became of them, in the order in which the lots were entered."""
    return sorted(
        consignments(stage.context, stage.facilitator, round_id),
        key=lambda row: (row.lot.created_at, row.lot.id),
    )
