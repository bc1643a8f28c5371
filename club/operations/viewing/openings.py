"""What openers and facilitators see of a sealed round: who can open it, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from club.domain import openers as rules
from club.domain.errors import NotFound
from club.domain.organisations import Actor, Kind, Organisation, Person, Role
from club.domain.rounds import Phase, Round
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.naming import invited_suppliers
from club.operations.viewing.rounds import DESK, visible_row
from club.store import openers, people, rounds
from club.store.database import Connection


class Stage(StrEnum):
    """Where a round stands on its way to the opening."""

    NAMING = "naming"
    SETTING = "setting"
    """Passphrases are set, while members pledge and until all are ready."""
    SEALED = "sealed"
    OPENING = "opening"
    """Passphrases are given."""
    COMPUTING = "computing"
    """Enough have come."""
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenerRow:
    """One opener; a passphrase shows as set or given, never more."""

    person: Person
    organisation: Organisation
    is_me: bool
    is_ready: bool
    """Has a passphrase set, and still may be an opener."""
    given_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceremony:
    round_: Round
    now: datetime
    stage: Stage
    needed: int
    openers: tuple[OpenerRow, ...]
    waits_until: datetime | None
    """Until when the round waits, for passphrases to be set or given; None where it does not."""
    ends_at: datetime
    """When the opening ends, as far as can be told now."""
    excluded: int
    """Suppliers whose offers stay sealed because they were suspended after the deadline."""

    @property
    def mine(self) -> OpenerRow | None:
        return next((row for row in self.openers if row.is_me), None)

    @property
    def ready(self) -> int:
        return sum(row.is_ready for row in self.openers)

    @property
    def given(self) -> int:
        return sum(row.given_at is not None for row in self.openers)


def ceremony(context: Context, actor: Actor, round_id: str) -> Ceremony:
    """The opening of a round for its openers, the facilitators and the auditors; to others, and
    where no openers open, there is none."""
    with looking(context, actor) as (tx, fresh):
        round_ = rounds.get(tx, round_id)
        rows = _rows(tx, fresh, round_)
        is_mine = any(row.is_me for row in rows) and round_.phase is not Phase.DRAFT
        if not rules.has_openers(round_) or not (is_mine or fresh.has(*DESK)):
            raise NotFound
        opening = openers.opening(tx, round_id)
        days = timedelta(days=round_.auction.opening_days)
        return Ceremony(
            round_=round_,
            now=context.clock(tx),
            stage=_stage(round_, is_open=opening.opened_at is not None),
            needed=round_.auction.openers_needed or 0,
            openers=rows,
            waits_until=opening.waits_until,
            ends_at=opening.waits_until
            if opening.waits_until and round_.phase is Phase.CLEARING
            else round_.bidding_closes_at + days,
            excluded=len(opening.excluded),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBy:
    """What everybody may know of who opens a round."""

    needed: int
    openers: int
    organisations: tuple[Organisation, ...]
    """Whose people they are, each once."""
    waits_until: datetime | None
    ready: int
    given: int


def opened_by(context: Context, actor: Actor, round_id: str) -> OpenedBy | None:
    """Who opens a round the actor may see; None where the server does."""
    with looking(context, actor) as (tx, fresh):
        round_ = visible_row(tx, fresh, round_id).round_
        if not rules.has_openers(round_):
            return None
        rows = _rows(tx, fresh, round_)
        return OpenedBy(
            needed=round_.auction.openers_needed or 0,
            openers=len(rows),
            organisations=tuple({row.organisation.id: row.organisation for row in rows}.values()),
            waits_until=openers.opening(tx, round_id).waits_until,
            ready=sum(row.is_ready for row in rows),
            given=sum(row.given_at is not None for row in rows),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    person: Person
    organisation: Organisation


def candidates(context: Context, actor: Actor, round_id: str) -> tuple[Candidate, ...]:
    """Who may be named opener of the round: the club's office first, then members by name."""
    with looking(context, actor, Role.FACILITATOR) as (tx, _):
        invited = invited_suppliers(tx, round_id)
        organisations = {o.id: o for o in people.all_organisations(tx)}
        found = [
            Candidate(person=person, organisation=organisations[person.organisation_id])
            for kind in (Kind.OPERATOR, Kind.MEMBER)
            for person in people.active_people(tx, kind=kind)
        ]
        eligible = [c for c in found if rules.is_eligible(c.person, c.organisation, invited)]
        return tuple(sorted(eligible, key=_office_first))


def _office_first(one: Candidate) -> tuple[bool, str, str, str]:
    is_member = one.organisation.kind is Kind.MEMBER
    return is_member, one.organisation.name_ja, one.person.name, one.person.id


def _rows(tx: Connection, actor: Actor, round_: Round) -> tuple[OpenerRow, ...]:
    keys, shares = openers.keys(tx, round_.id), openers.shares(tx, round_.id)
    invited = invited_suppliers(tx, round_.id)
    rows = []
    for opener in openers.of_round(tx, round_.id):
        person = people.person(tx, opener.person_id)
        organisation = people.organisation(tx, person.organisation_id)
        share = shares.get(person.id)
        rows.append(
            OpenerRow(
                person=person,
                organisation=organisation,
                is_me=person.id == actor.person_id,
                is_ready=person.id in keys and rules.is_eligible(person, organisation, invited),
                given_at=share.given_at if share else None,
            )
        )
    return tuple(rows)


def _stage(round_: Round, *, is_open: bool) -> Stage:
    if round_.phase is Phase.CLEARING:
        return Stage.COMPUTING if is_open else Stage.OPENING
    early = {
        Phase.DRAFT: Stage.NAMING,
        Phase.PLEDGING: Stage.SETTING,
        Phase.BIDDING: Stage.SEALED,
    }
    return early.get(round_.phase, Stage.OVER)
