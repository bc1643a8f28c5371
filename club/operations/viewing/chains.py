"""The audit chains for those who check them: whole or broken, and every link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from auctions.chain import Link, first_broken
from club.domain.errors import NotFound
from club.domain.organisations import Actor, Person, Role
from club.domain.rounds import Phase, Round
from club.operations.context import Context
from club.operations.deed import looking
from club.store import journal, people, rounds
from club.store.database import Connection

WATCHING = (Role.AUDITOR, Role.FACILITATOR)
CLEARED = frozenset({Phase.SETTLING, Phase.CLOSED})
"""Phases in which limits are told to those who answer for the round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRow:
    """One chain recomputed from its first link."""

    chain: str
    round_: Round | None
    """Whose deeds it tells of; None for the club's own."""
    links: int
    last_at: datetime | None
    broken_at: int | None
    """The number of the first link that does not follow from the one before, or is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    link: Link
    facts: Mapping[str, object]
    """The link's facts, without members' limits as long as nobody may know them."""
    by: Person | None
    """Who did it, for facilitators only; None for what the clock does."""


def chains(context: Context, actor: Actor) -> list[ChainRow]:
    """Every chain, the club's own first, then rounds as they are listed."""
    with looking(context, actor, *WATCHING) as (tx, _):
        kept = set(journal.chains(tx))
        listed = [(round_.id, round_) for round_ in rounds.listed(tx) if round_.id in kept]
        own = [(journal.CLUB, None)] if journal.CLUB in kept else []
        return [_row(tx, chain, round_) for chain, round_ in (*own, *listed)]


def _row(tx: Connection, chain: str, round_: Round | None) -> ChainRow:
    links = journal.links(tx, chain)
    return ChainRow(
        chain=chain,
        round_=round_,
        links=len(links),
        last_at=links[-1].made_at if links else None,
        broken_at=first_broken(links, journal.head(tx, chain)),
    )


def links(context: Context, actor: Actor, chain: str) -> list[LinkRow]:
    """A chain's links, the first first; names stand beside ids for facilitators only.

    Members' limits are left out until the round is cleared; the hash still is over them.
    """
    with looking(context, actor, *WATCHING) as (tx, fresh):
        if chain not in journal.chains(tx):
            raise NotFound
        found = journal.links(tx, chain)
        doers = {link.made_by for link in found} if fresh.has(Role.FACILITATOR) else set()
        known = {id: _person(tx, id) for id in doers}
        is_cleared = chain == journal.CLUB or rounds.get(tx, chain).phase in CLEARED
        return [
            LinkRow(
                link=link,
                facts=link.facts if is_cleared else _without_limits(link.facts),
                by=known.get(link.made_by),
            )
            for link in found
        ]


def _without_limits(facts: Mapping[str, object]) -> dict[str, object]:
    """What a member would pay at most is open to nobody before the clearing."""
    return {name: fact for name, fact in facts.items() if name != "limit_per_t"}


def _person(tx: Connection, id: str) -> Person | None:
    try:
        return people.person(tx, id)
    except NotFound:
        return None
