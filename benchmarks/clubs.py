"""Clubs to measure in, written through the store; only the settled round is cleared in earnest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks import offering
from benchmarks.sizes import Size
from club import settings
from club.domain import terms
from club.domain.organisations import ROLES, Kind, Organisation, Person, Standing
from club.domain.pledges import Pledge, PledgeState
from club.domain.rounds import Phase, Round
from club.identity import passwords
from club.operations.clearing import clear_round
from club.operations.context import Context, open_context
from club.store import accounts, people, pledges, rounds
from club.store.accounts import Credential
from club.store.database import Connection, now
from club.store.migrating import migrate

PASSWORD = "one long sentence of nobody"  # noqa: S105 - of invented people
OPEN, SETTLED = "open", "settled"
"""Ids of the rounds that are looked at."""
DAY = timedelta(days=1)
PLEDGED_KG = 1_000
CEILING_PER_T = 20_000
STEP_PER_T = 7
"""Limits and prices lie this far apart, so that no two are the same and curves are longest."""


def address(kind: Kind, number: int = 0) -> str:
    """The e-mail address of the one person of an organisation."""
    return f"{kind.value}{number}@club.example"


def build(folder: Path, size: Size, base_url: str) -> None:
    """A club of a size, in a new database."""
    environment = {"TOMOE_VAR": str(folder), "TOMOE_BASE_URL": base_url}
    context = open_context(settings.read(environment, secrets_file=folder / "none"))
    migrate(context.database)
    with context.database.write() as tx:
        at = now(tx)
        _enter_people(tx, size, at)
        _enter_rounds(context, tx, size, at)
    if not clear_round(context, SETTLED):
        raise RuntimeError("the round was not cleared")
    context.database.dispose()


def _enter_people(tx: Connection, size: Size, at: datetime) -> None:
    counts = {Kind.OPERATOR: 1, Kind.MEMBER: size.members, Kind.SUPPLIER: size.suppliers}
    for kind, count in counts.items():
        for number in range(count):
            _enter_organisation(tx, kind, number, at)
        credential = Credential(
            subject=f"subject-{kind.value}",
            email=address(kind),
            name=kind.value,
            password_hash=passwords.hashed(PASSWORD),
            changed_at=at,
        )
        accounts.add_credential(tx, credential)


def _enter_organisation(tx: Connection, kind: Kind, number: int, at: datetime) -> None:
    organisation = Organisation(
        id=f"{kind.value}{number}",
        kind=kind,
        name_ja=f"試験{number}株式会社",
        name_en=f"Test {number} KK",
        standing=Standing.APPROVED,
        created_at=at,
    )
    person = Person(
        id=f"person-{organisation.id}",
        organisation_id=organisation.id,
        name=f"試験 {number}",
        email=address(kind, number),
        language="ja",
        roles=ROLES[kind],
        created_at=at,
    )
    people.add_organisation(tx, organisation)
    people.add_person(tx, person)
    people.accept(tx, organisation.id, terms.in_force(at.date()).version, at=at, by=person.id)


def _enter_rounds(context: Context, tx: Connection, size: Size, at: datetime) -> None:
    _enter_round(tx, size, OPEN, Phase.PLEDGING, at + 2 * DAY)
    settled = _enter_round(tx, size, SETTLED, Phase.BIDDING, at - 2 * DAY)
    offering.seal_offers(context, tx, size, settled)
    for number in range(size.closed_rounds):
        closed_at = at - (30 + number) * DAY
        closed = _enter_round(tx, size, f"closed{number}", Phase.CLOSED, closed_at)
        offering.enter_opened_offers(tx, size, closed)


def _enter_round(
    tx: Connection, size: Size, id: str, phase: Phase, pledging_closes_at: datetime
) -> Round:
    """A round in which every member has a pledge and to which every supplier is invited."""
    round_ = Round(
        id=id,
        name_ja=f"試験ラウンド {id}",
        name_en=f"Test round {id}",
        phase=phase,
        goal_kg=size.members * PLEDGED_KG,
        minimum_kg=PLEDGED_KG,
        member_minimum_kg=1,
        member_maximum_kg=PLEDGED_KG,
        ceiling_per_t=CEILING_PER_T,
        pledging_opens_at=pledging_closes_at - 30 * DAY,
        pledging_closes_at=pledging_closes_at,
        bidding_closes_at=pledging_closes_at + DAY,
        created_at=pledging_closes_at - 31 * DAY,
        created_by=f"person-{Kind.OPERATOR.value}0",
    )
    rounds.add(tx, round_)
    for number in range(size.members):
        pledges.save(tx, _pledge(round_, number))
    for number in range(size.suppliers):
        rounds.invite(
            tx,
            id,
            f"{Kind.SUPPLIER.value}{number}",
            at=round_.pledging_opens_at,
            by=round_.created_by,
        )
    return round_


def _pledge(round_: Round, number: int) -> Pledge:
    member_id = f"{Kind.MEMBER.value}{number}"
    return Pledge(
        id=f"pledge-{round_.id}-{number}",
        round_id=round_.id,
        organisation_id=member_id,
        quantity_kg=PLEDGED_KG - number % 100,
        limit_per_t=CEILING_PER_T - STEP_PER_T * number,
        minimum_kg=0,
        state=PledgeState.PLACED,
        placed_at=round_.pledging_opens_at,
        placed_by=f"person-{member_id}",
    )
