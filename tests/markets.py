"""Rounds with pledges, suppliers and sealed offers for tests, made by the operations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from auctions.envelopes import OfferTerms, Step
from club.domain.auction_terms import AuctionTerms
from club.domain.lots import Lot, Mechanism
from club.domain.organisations import Actor, Kind
from club.domain.rounds import Phase, Round, RoundTerms
from club.operations.context import Context
from club.operations.inviting import invite_suppliers
from club.operations.offering import Receipt, place_offer
from club.operations.opening import draft_round, open_round
from club.operations.pledging import PledgeTerms, place_pledge
from club.store import catalogue, rounds
from tests.builders import NOON, a_lot, a_project, join, move

AFTER = timedelta(microseconds=1)


def round_terms(**given: Any) -> RoundTerms:
    values: dict[str, Any] = {
        "name_ja": "試験ラウンド",
        "name_en": "Test round",
        "goal_kg": 100_000,
        "minimum_kg": 10_000,
        "member_minimum_kg": 100,
        "member_maximum_kg": 100_000,
        "ceiling_per_t": 10_000,
        "pledging_opens_at": NOON - timedelta(days=1),
        "pledging_closes_at": NOON + timedelta(days=1),
        "bidding_closes_at": NOON + timedelta(days=2),
    }
    return RoundTerms(**values | given)


def pledging_round(context: Context, facilitator: Actor, **given: Any) -> Round:
    """A round opened for pledges, with its keys."""
    draft = draft_round(
        context, facilitator, request_id=context.new_id(), terms=round_terms(**given)
    )
    return open_round(context, facilitator, request_id=context.new_id(), round_id=draft.id)


def bidding_round(context: Context, facilitator: Actor, *sellers: Actor, **given: Any) -> Round:
    """A round in bidding, with these suppliers invited and nobody's pledge."""
    round_ = pledging_round(context, facilitator, **given)
    invite(context, facilitator, round_, *sellers)
    return move(context, round_, Phase.BIDDING)


def invite(context: Context, facilitator: Actor, round_: Round, *sellers: Actor) -> None:
    invite_suppliers(
        context,
        facilitator,
        request_id=context.new_id(),
        round_id=round_.id,
        supplier_ids=[seller.organisation_id for seller in sellers],
    )


def pledge(
    context: Context,
    member: Actor,
    round_: Round,
    quantity_kg: int,
    limit_per_t: int | None = None,
    minimum_kg: int = 0,
) -> None:
    place_pledge(
        context,
        member,
        request_id=context.new_id(),
        round_id=round_.id,
        terms=PledgeTerms(quantity_kg=quantity_kg, limit_per_t=limit_per_t, minimum_kg=minimum_kg),
    )


def offer(
    context: Context,
    seller: Actor,
    round_: Round,
    lot: Lot,
    quantity_kg: int = 50_000,
    price_per_t: int = 4_321,
    minimum_kg: int = 0,
    request_id: str | None = None,
    **given: Any,
) -> Receipt:
    """An offer at one price, or with the `steps` given as kilograms and prices."""
    steps = given.pop("steps", ((quantity_kg, price_per_t),))
    return place_offer(
        context,
        seller,
        request_id=request_id or context.new_id(),
        round_id=round_.id,
        lot_id=lot.id,
        terms=OfferTerms(
            steps=tuple(Step(quantity_kg=kg, price_per_t=per_t) for kg, per_t in steps),
            minimum_kg=minimum_kg,
            **given,
        ),
    )


def stored(context: Context, round_: Round) -> Round:
    """The round as it stands in the database."""
    with context.database.read() as tx:
        return rounds.get(tx, round_.id)


def a_market(
    context: Context,
    facilitator: Actor,
    pledged: list[tuple[int, int | None, int]],
    offered: list[tuple[int, int, int]],
    *,
    members: list[Actor] | None = None,
    sellers: list[Actor] | None = None,
) -> tuple[Round, list[Actor], list[tuple[Actor, Lot]]]:
    """A round whose bidding is about to close: members' (kg, limit, minimum) and suppliers'
    (kg, price, minimum), each with a member, or a supplier and a new lot, of its own.
    """
    members = members or [join(context) for _ in pledged]
    sellers = sellers or [join(context, Kind.SUPPLIER) for _ in offered]
    round_ = pledging_round(context, facilitator)
    for member, (quantity_kg, limit_per_t, minimum_kg) in zip(members, pledged, strict=True):
        pledge(context, member, round_, quantity_kg, limit_per_t, minimum_kg)
    invite(context, facilitator, round_, *sellers)
    move(context, round_, Phase.BIDDING)
    lots = [a_lot(context, seller) for seller in sellers]
    for seller, lot, terms in zip(sellers, lots, offered, strict=True):
        offer(context, seller, round_, lot, *terms)
    return stored(context, round_), members, list(zip(sellers, lots, strict=True))


def a_ruled_market(
    context: Context,
    facilitator: Actor,
    auction: AuctionTerms,
    pledged: list[int],
    offered: list[tuple[int, int, Mechanism, tuple[tuple[str, str], ...]]],
) -> tuple[Round, list[Actor], list[Actor]]:
    """A round under its own auction terms, about to close: members' kilograms, and suppliers'
    (kg, price, mechanism, answers), each with a project and a lot of its own."""
    round_ = pledging_round(context, facilitator, auction=auction, minimum_kg=0)
    members = [join(context) for _ in pledged]
    for member, quantity_kg in zip(members, pledged, strict=True):
        pledge(context, member, round_, quantity_kg)
    sellers = [join(context, Kind.SUPPLIER) for _ in offered]
    invite(context, facilitator, round_, *sellers)
    move(context, round_, Phase.BIDDING)
    for seller, (quantity_kg, price_per_t, mechanism, answers) in zip(
        sellers, offered, strict=True
    ):
        project = a_project(seller, mechanism=mechanism)
        with context.database.write() as tx:
            catalogue.add_project(tx, project)
        lot = a_lot(context, seller, project_id=project.id)
        offer(context, seller, round_, lot, quantity_kg, price_per_t, answers=answers)
    return stored(context, round_), members, sellers
