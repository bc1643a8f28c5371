"""Cleared rounds of which an award falls away, for tests of what follows."""

from __future__ import annotations

from dataclasses import dataclass

from club.domain.falling import Answer, Cause
from club.operations.answering import answer_question
from club.operations.clearing import clear_round
from club.operations.closing import close_due
from club.operations.falling import record_fall
from club.operations.viewing.proving import prove
from club.store import books, clearings, falling, flags, journal
from tests.cleared import over
from tests.markets import stored

PLEDGES = [(30_000, None, 0), (20_000, 6_600, 0)]
OFFERS = [(25_000, 4_000, 0), (25_000, 5_000, 0), (50_000, 6_500, 0)]
LOW = [(25_000, 2_000, 0), (25_000, 5_000, 0), (50_000, 6_500, 0)]
"""The first price is so low that it has to be explained."""


@dataclass(frozen=True, kw_only=True)
class Market:
    """A cleared round with those who take part, in the order of the offers."""

    context: object
    facilitator: object
    round_: object
    members: list
    sellers: list

    @property
    def ids(self):
        return [member.organisation_id for member in self.members]


def cleared(context, clock, facilitator, *, pledged=PLEDGES, offered=OFFERS):
    round_, members, sold = over(context, clock, facilitator, pledged, offered)
    clear_round(context, round_.id)
    return Market(
        context=context,
        facilitator=facilitator,
        round_=stored(context, round_),
        members=members,
        sellers=[seller for seller, _ in sold],
    )


def awards(market):
    """Standing awards as (kg, price), the cheapest first."""
    with market.context.database.read() as tx:
        won = clearings.awards_of_round(tx, market.round_.id)
    return sorted((a.quantity_kg, a.price_per_t) for a in won)


def award_at(market, price_per_t):
    with market.context.database.read() as tx:
        won = clearings.awards_of_round(tx, market.round_.id)
    return next(award for award in won if award.price_per_t == price_per_t)


def shares(market):
    """Members' kilograms of what stands, in their order."""
    with market.context.database.read() as tx:
        totals = clearings.allocated_kg(tx, market.round_.id)
    return [totals.get(id, 0) for id in market.ids]


def invoices(market, *, standing=True):
    with market.context.database.read() as tx:
        found = books.invoices_of_round(tx, market.round_.id)
    by_member = {i.organisation_id: i for i in found if i.is_standing is standing}
    return [by_member.get(id) for id in market.ids]


def owed(market):
    """What members' standing invoices say before fee and tax, in their order."""
    return [invoice.value_jpy if invoice else None for invoice in invoices(market)]


def flagged(market):
    with market.context.database.read() as tx:
        return flags.of_round(tx, market.round_.id)


def fall(market, price_per_t, *, cause=Cause.WITHDRAWN, request_id="fall"):
    return record_fall(
        market.context,
        market.facilitator,
        request_id=request_id,
        award_id=award_at(market, price_per_t).id,
        cause=cause,
        reason="在庫が確保できないとの連絡",
    )


def tick(market, times=1):
    """What the closing clock does; the ids of the rounds that moved, last time."""
    moved = []
    for _ in range(times):
        moved = close_due(market.context)
    return moved


def asked(market, number=2):
    with market.context.database.read() as tx:
        return falling.questions_of(tx, market.round_.id, number)


def answer(market, member, said=Answer.STAY, *, number=2, request_id=None):
    return answer_question(
        market.context,
        member,
        request_id=request_id or market.context.new_id(),
        round_id=market.round_.id,
        number=number,
        answer=said,
    )


def replaced(market, price_per_t):
    """An award falls away, and all members stay for what is bought instead."""
    fall(market, price_per_t)
    tick(market)
    for member in market.members:
        answer(market, member)
    tick(market)


def chain(market):
    with market.context.database.read() as tx:
        return [link.kind for link in journal.links(tx, market.round_.id)]


def differing(market):
    """The laws that do not hold: none."""
    return prove(market.context).differing
