"""What Home shows: at most five things that need this person now, and the club in figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from club.domain import terms
from club.domain.demand import ShownPool, shown_pool
from club.domain.notices import NoticeKind
from club.domain.offers import by_lot
from club.domain.organisations import Actor, Kind, Role
from club.domain.pledges import Pledge, PledgeState
from club.domain.rounds import Phase, Round
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.notifying import words
from club.operations.qualifying import reasons_against
from club.operations.questioning import waits_for
from club.operations.viewing.cards import (
    Card,
    deciding_cards,
    explaining_cards,
    opener_cards,
    staying_cards,
    waiting_cards,
)
from club.operations.viewing.school_cards import school_cards
from club.store import books, clearings, holdings, journal, offers, people, pledges, rounds
from club.store.database import Connection

MOST_CARDS = 5
MOST_TOLD = 5
BY_MAIL_ONLY = frozenset({NoticeKind.INVITED, NoticeKind.PASSWORD_RESET})
"""What carries a way in stands nowhere but in the letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notice as it stands on Home."""

    at: datetime
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    now: datetime
    cards: tuple[Card, ...]
    round_: Round | None
    """The round that is nearest to its next deadline, or the last one."""
    pool: ShownPool | None
    open_rounds: int
    retired_kg: int
    told: tuple[Told, ...]
    """The newest notices to this person."""


def home(context: Context, actor: Actor) -> HomeView:
    """Everything Home needs, in one look."""
    with looking(context, actor) as (tx, fresh):
        now = context.clock(tx)
        listed = [r for r in rounds.listed(tx) if _sees(tx, fresh, r)]
        cards = sorted(
            _cards(context, tx, fresh, listed, now=now),
            key=lambda c: (c.due_at is None, c.due_at or now),
        )
        shown = _nearest(listed, now)
        return HomeView(
            now=now,
            cards=tuple(cards[:MOST_CARDS]),
            round_=shown,
            pool=_pool(tx, shown) if shown else None,
            open_rounds=sum(r.phase in {Phase.PLEDGING, Phase.BIDDING} for r in listed),
            retired_kg=sum(holdings.certified_kg(tx).values()),
            told=_told(context, tx, fresh),
        )


def _told(context: Context, tx: Connection, actor: Actor) -> tuple[Told, ...]:
    language = people.person(tx, actor.person_id).language
    notices = journal.notices_of(tx, actor.person_id, MOST_TOLD)
    told = []
    for notice in (n for n in notices if n.kind not in BY_MAIL_ONLY):
        said = words(context, tx, replace(notice, language=language))
        told.append(Told(at=notice.queued_at, subject=said.subject, body=said.body))
    return tuple(told)


def has_accepted_terms(context: Context, actor: Actor) -> bool:
    with looking(context, actor) as (tx, fresh):
        version = terms.in_force(context.clock(tx).date()).version
        return people.has_accepted(tx, fresh.organisation_id, version)


def _sees(tx: Connection, actor: Actor, round_: Round) -> bool:
    """Drafts are the operator's; suppliers see the rounds they are invited to."""
    if actor.kind is Kind.OPERATOR:
        return True
    if round_.phase is Phase.DRAFT:
        return False
    return actor.kind is Kind.MEMBER or round_.id in rounds.rounds_inviting(
        tx, actor.organisation_id
    )


def _nearest(listed: list[Round], now: datetime) -> Round | None:
    def rank(round_: Round) -> tuple[int, datetime, str]:
        if round_.phase is Phase.PLEDGING:
            return (0, round_.pledging_closes_at, round_.id)
        if round_.phase in {Phase.BIDDING, Phase.CLEARING, Phase.SETTLING}:
            return (1, round_.bidding_closes_at, round_.id)
        return (2, now, round_.id)

    return min(listed, key=rank, default=None)


def _pool(tx: Connection, round_: Round) -> ShownPool:
    pool_kg, companies = pledges.pooled(tx, round_.id)
    return shown_pool(pool_kg, companies, round_.goal_kg)


def _cards(
    context: Context, tx: Connection, actor: Actor, listed: list[Round], *, now: datetime
) -> Iterator[Card]:
    version = terms.in_force(now.date()).version
    speaks = actor.has(Role.BUYER, Role.APPROVER, Role.SELLER)
    if speaks and not people.has_accepted(tx, actor.organisation_id, version):
        yield Card(kind="terms", path="terms", due_at=now)
    yield from opener_cards(tx, actor)
    if actor.kind is Kind.MEMBER:
        yield from _member_cards(context, tx, actor, listed, now=now)
    elif actor.kind is Kind.SUPPLIER:
        yield from _supplier_cards(tx, actor, listed)
    else:
        yield from _operator_cards(tx, actor, listed)
    yield from school_cards(context, tx, actor, now)


def _member_cards(
    context: Context, tx: Connection, actor: Actor, listed: list[Round], *, now: datetime
) -> Iterator[Card]:
    organisation = people.organisation(tx, actor.organisation_id)
    yield from staying_cards(tx, actor, now)
    for round_ in (r for r in listed if r.phase is Phase.PLEDGING):
        own = pledges.of_organisation(tx, round_.id, organisation.id)
        reasons = reasons_against(context, tx, organisation, round_, at=now)
        lacking = next((r.module_id for r in reasons if r.module_id), None)
        due_at = round_.pledging_closes_at
        if lacking and actor.has(Role.LEARNER):
            query = {"module": lacking, "round": round_.id}
            yield Card(kind="learn", path="lesson", query=query, round_=round_, due_at=due_at)
        elif not reasons:
            yield from _pledge_card(actor, round_, own)
    for invoice in books.invoices_of_organisation(tx, organisation.id):
        if invoice.is_owed and invoice.due_jpy > 0 and actor.has(Role.BUYER, Role.APPROVER):
            due_at = datetime.combine(invoice.due_on, time.max, UTC)
            facts = {"total_jpy": invoice.due_jpy, "due_on": invoice.due_on}
            yield Card(kind="invoice", path="invoices", due_at=due_at, facts=facts)


def _pledge_card(actor: Actor, round_: Round, own: Pledge | None) -> Iterator[Card]:
    query = {"id": round_.id}
    due_at = round_.pledging_closes_at
    if own is None or own.state is PledgeState.WITHDRAWN:
        if actor.has(Role.BUYER):
            yield Card(kind="pledge", path="pledge", query=query, round_=round_, due_at=due_at)
    elif own.state is PledgeState.PROPOSED and actor.has(Role.APPROVER):
        facts: dict[str, object] = {"quantity_kg": own.quantity_kg}
        yield Card(
            kind="approve", path="pledge", query=query, round_=round_, due_at=due_at, facts=facts
        )


def _supplier_cards(tx: Connection, actor: Actor, listed: list[Round]) -> Iterator[Card]:
    yield from explaining_cards(tx, actor)
    standing = {e.round_id for e in offers.envelopes_of_supplier(tx, actor.organisation_id)}
    for round_ in (r for r in listed if r.phase is Phase.BIDDING and r.id not in standing):
        is_live = round_.auction.is_live
        yield Card(
            kind="auction" if is_live else "offer",
            path="live" if is_live else "offer",
            query={"id": round_.id},
            round_=round_,
            due_at=round_.bidding_closes_at,
        )
    own = holdings.deliveries_of_supplier(tx, actor.organisation_id)
    delivered = {(delivery.round_id, delivery.lot_id) for delivery in own}
    for bought in by_lot(clearings.awards_of_supplier(tx, actor.organisation_id)):
        is_due = (bought.round_id, bought.lot_id) not in delivered
        if is_due and waits_for(tx, bought) is None:
            facts: dict[str, object] = {"quantity_kg": bought.quantity_kg}
            round_ = rounds.get(tx, bought.round_id)
            yield Card(kind="deliver", path="awards", round_=round_, facts=facts)


def _operator_cards(tx: Connection, actor: Actor, listed: list[Round]) -> Iterator[Card]:
    yield from waiting_cards(tx, actor, listed)
    yield from deciding_cards(tx, actor)
    if actor.has(Role.FACILITATOR):
        waiting = len(people.waiting_join_requests(tx))
        if waiting:
            yield Card(kind="requests", path="organisations", facts={"count": waiting})
        for round_ in listed:
            query = {"id": round_.id}
            if round_.phase is Phase.DRAFT:
                due_at = round_.pledging_opens_at
                yield Card(
                    kind="open", path="round_form", query=query, round_=round_, due_at=due_at
                )
            elif round_.phase is Phase.SETTLING:
                yield Card(kind="settle", path="round_desk", query=query, round_=round_)
    if actor.has(Role.TREASURER):
        unpaid = [i for i in books.all_invoices(tx) if i.is_owed]
        if unpaid:
            facts: dict[str, object] = {
                "count": len(unpaid),
                "total_jpy": sum(i.due_jpy for i in unpaid),
            }
            yield Card(kind="payments", path="treasury", facts=facts)
