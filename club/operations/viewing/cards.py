"""A card on Home, and those about sealed rounds to be opened and awards in question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from club.domain import openers as rules
from club.domain.falling import Stage
from club.domain.flags import FlagState
from club.domain.organisations import Actor, Role
from club.domain.rounds import Phase, Round
from club.operations.naming import lacking
from club.store import falling, flags, openers, rounds
from club.store.database import Connection
from curriculum.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing to do: its words are `home.card.<kind>`, its button leads to `path`."""

    kind: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    round_: Round | None = None
    due_at: datetime | None = None
    module: Text | None = None
    """The name of the module that it is about."""
    facts: dict[str, object] = field(default_factory=dict)


def opener_cards(tx: Connection, actor: Actor) -> Iterator[Card]:
    """A passphrase to set, or to give, for whoever is an opener."""
    for opener in openers.of_person(tx, actor.person_id):
        round_ = rounds.get(tx, opener.round_id)
        until = openers.opening(tx, round_.id).waits_until
        if round_.phase is Phase.PLEDGING and actor.person_id not in openers.keys(tx, round_.id):
            due_at = until or round_.pledging_closes_at
            yield _card("passphrase", "opening", round_, due_at)
        elif round_.phase is Phase.CLEARING and until is not None:
            shares = openers.shares(tx, round_.id)
            if shares[actor.person_id].given_at is None:
                given = rules.given(shares.values())
                yield _card("unseal", "opening", round_, until, given=given)


def waiting_cards(tx: Connection, actor: Actor, listed: list[Round]) -> Iterator[Card]:
    """For facilitators: rounds that wait for their openers, unless they are one themselves."""
    for round_ in listed:
        until = openers.opening(tx, round_.id).waits_until
        if not actor.has(Role.FACILITATOR) or until is None:
            continue
        if round_.phase is Phase.PLEDGING:
            count = len(lacking(tx, round_))
            yield _card("delayed", "round_desk", round_, until, count=count)
        elif round_.phase is Phase.CLEARING:
            shares = openers.shares(tx, round_.id)
            if actor.person_id not in shares or shares[actor.person_id].given_at is not None:
                given = rules.given(shares.values())
                yield _card("ceremony", "opening", round_, until, given=given)


def explaining_cards(tx: Connection, actor: Actor) -> Iterator[Card]:
    """For a supplier: each low price that it has yet to explain."""
    for flag in flags.of_supplier(tx, actor.organisation_id):
        if flag.state is FlagState.ASKED and actor.has(Role.SELLER):
            yield Card(
                kind="explain",
                path="explain",
                query={"id": flag.award_id},
                round_=rounds.get(tx, flag.round_id),
                due_at=flag.explain_by_at,
                facts={"price_per_t": flag.price_per_t},
            )


def deciding_cards(tx: Connection, actor: Actor) -> Iterator[Card]:
    """For facilitators: explanations to read, all behind one button."""
    explained = [f for f in flags.all_open(tx) if f.state is FlagState.EXPLAINED]
    if explained and actor.has(Role.FACILITATOR):
        yield Card(kind="low_prices", path="low_prices", facts={"count": len(explained)})


def staying_cards(tx: Connection, actor: Actor, now: datetime) -> Iterator[Card]:
    """For a member: whether it stays with what is bought instead, while it has not said."""
    for asked in falling.questions_to(tx, actor.organisation_id):
        is_open = asked.answer is None and now <= asked.answer_by_at
        settled = falling.row(tx, asked.round_id, asked.number, Stage.SETTLED)
        if is_open and settled is None and actor.has(Role.BUYER, Role.APPROVER):
            yield Card(
                kind="stay",
                path="stay",
                query={"id": asked.round_id},
                round_=rounds.get(tx, asked.round_id),
                due_at=asked.answer_by_at,
            )


def _card(kind: str, path: str, round_: Round, due_at: datetime, **facts: object) -> Card:
    return Card(
        kind=kind,
        path=path,
        query={"id": round_.id},
        round_=round_,
        due_at=due_at,
        facts={"needed": round_.auction.openers_needed, **facts},
    )
