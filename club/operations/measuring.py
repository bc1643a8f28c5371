"""How tight a round's portfolio rules are, measured before bidding opens against past books."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auctions.inputs import Inputs
from auctions.rereading import reread
from auctions.rules import Rule
from auctions.tightness import Tightness
from club.domain.attributes import attributes
from club.domain.auction_terms import Format
from club.domain.errors import NotFound, Refused
from club.domain.organisations import Actor
from club.domain.rounds import Round
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.questions import Ask, Measure, Told, untold
from club.operations.viewing.rounds import DESK, SUPPLY_SHOWN
from club.operations.worker import QUESTIONS
from club.store import catalogue, clearings, rounds
from club.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBook:
    """A round that was cleared: what was wanted and offered in it."""

    round_: Round
    demand_kg: int
    """What all pledges came to."""
    offered_kg: int


def past_books(context: Context, actor: Actor) -> tuple[PastBook, ...]:
    """The cleared rounds that had pledges and offers, the newest first. Of a clock only what was
    confirmed at its last price is known, at that price alone: no book to measure against."""
    with looking(context, actor, *DESK) as (tx, _):
        found = [_past_book(tx, round_) for round_ in rounds.listed(tx)]
        return tuple(book for book in found if book and book.demand_kg and book.offered_kg)


def _past_book(tx: Connection, round_: Round) -> PastBook | None:
    summary = clearings.part(tx, round_.id, "summary")
    is_clock = round_.auction.format is Format.CLOCK
    if is_clock or round_.phase not in SUPPLY_SHOWN or summary is None:
        return None
    if clearings.is_older(tx, round_.id):
        return None
    demand_kg = max((kg for _, kg in summary["demand"]), default=0)
    return PastBook(round_=round_, demand_kg=demand_kg, offered_kg=summary["offered_kg"])


def measure(
    context: Context,
    actor: Actor,
    *,
    round_id: str,
    past_round_id: str,
    told: Told = untold,
    ask: Ask = QUESTIONS.ask,
) -> Tightness:
    """Clear a past round's pledges and offers under another round's rules; nothing is stored.

    Lots are looked at as the catalogue describes them now. Everything else is as it was then: the
    ceiling, what was wanted, what the answers on quality earned. Raises Refused where it takes
    too long, or no proof is found.
    """
    with looking(context, actor, *DESK) as (tx, _):
        rules = rounds.get(tx, round_id).auction.rules
        past = rounds.get(tx, past_round_id)
        if _past_book(tx, past) is None:
            raise NotFound
        inputs = _book(tx, past, rules)
    found = ask(Measure(inputs=inputs), told)
    if found is None:
        raise Refused("not_proved")
    return found


def _book(tx: Connection, past: Round, rules: tuple[Rule, ...]) -> Inputs:
    inputs, _ = reread(clearings.part(tx, past.id, "document"))
    lots = catalogue.lots_by_id(tx, {lot.id for lot in inputs.lots})
    projects = catalogue.projects_by_id(tx, {lot.project_id for lot in lots.values()})
    told = {id: attributes(projects[lot.project_id], lot, rules) for id, lot in lots.items()}
    return replace(
        inputs,
        offers=tuple(replace(offer, attributes=told[offer.lot]) for offer in inputs.offers),
        rules=rules,
        pricing="pay_as_offered",
    )
