"""What a company sees of its own people's passes, and of what the open rounds ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from club.domain.errors import NotFound
from club.domain.organisations import Actor, Duty, Organisation, Person, Role
from club.domain.qualifications import QuorumStanding, Reason, may_pledge, quorum_standing
from club.domain.rounds import Phase, Round
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.qualifying import attempts_by_person, facts_of
from club.store import people, rounds
from club.store.database import Connection
from curriculum.gates import Attempt, current_pass, lapsed_at
from curriculum.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPass:
    """One person's pass on one module; both instants are missing where there never was one."""

    module_id: str
    title: Text
    expires_at: datetime | None
    lapsed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPerson:
    """A colleague with a line for every module; neither scores nor answers are told."""

    id: str
    name: str
    duties: frozenset[Duty]
    passes: tuple[TeamPass, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRound:
    """A round that is open for pledges, and how the company stands to its quorum."""

    round_: Round
    standing: QuorumStanding
    missing: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    now: datetime
    people: tuple[TeamPerson, ...]
    rounds: tuple[TeamRound, ...]
    """The next to close first."""
    may_change_duties: bool

    def name_of(self, person_id: str) -> str:
        return next(person.name for person in self.people if person.id == person_id)


def team(context: Context, actor: Actor, organisation_id: str) -> Team:
    """Show a member's buyers and approvers their own company. Raises NotFound for any other."""
    with looking(context, actor, Role.BUYER, Role.APPROVER) as (tx, fresh):
        if organisation_id != fresh.organisation_id:
            raise NotFound
        at = context.clock(tx)
        own = people.organisation(tx, organisation_id)
        tries = attempts_by_person(tx, own.id)
        return Team(
            now=at,
            people=tuple(
                _person(context, person, tries.get(person.id, ()), at)
                for person in people.people_of(tx, own.id)
                if person.is_active
            ),
            rounds=tuple(_rounds(context, tx, own, at)),
            may_change_duties=fresh.has(Role.APPROVER),
        )


def _person(
    context: Context, person: Person, attempts: tuple[Attempt, ...], at: datetime
) -> TeamPerson:
    passes = []
    for module in context.modules.values():
        standing = current_pass(attempts, module, at)
        passes.append(
            TeamPass(
                module_id=module.id,
                title=module.title,
                expires_at=standing.expires_at if standing else None,
                lapsed_at=lapsed_at(attempts, module, at),
            )
        )
    return TeamPerson(id=person.id, name=person.name, duties=person.duties, passes=tuple(passes))


def _rounds(
    context: Context, tx: Connection, own: Organisation, at: datetime
) -> Iterator[TeamRound]:
    pledging = (r for r in rounds.listed(tx) if r.phase is Phase.PLEDGING)
    for round_ in sorted(pledging, key=lambda r: (r.pledging_closes_at, r.id)):
        facts = facts_of(context, tx, own, round_, at=at)
        yield TeamRound(
            round_=round_,
            standing=quorum_standing(facts, at),
            missing=may_pledge(facts, at),
        )
