"""Clubs to measure in, written straight through the store."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from benchmarks import bought, offering
from benchmarks.sizes import Size
from club import settings
from club.domain import terms
from club.domain.organisations import ROLES, Kind, Organisation, Person, Standing
from club.domain.pledges import Pledge, PledgeState
from club.domain.rounds import Phase, Round
from club.identity import passwords
from club.operations.context import open_context
from club.store import accounts, people, rounds, rows
from club.store.accounts import Credential
from club.store.database import Connection, now
from club.store.migrating import migrate
from club.store.tables import pledges

PASSWORD = "one long sentence of nobody"  # noqa: S105 - of invented people
OPEN, SETTLED = "open", "settled"
"""Ids of the rounds that are looked at."""
DAY = timedelta(days=1)
PLEDGED_KG = 1_000
CEILING_PER_T = 20_000
STEP_PER_T = 7
"""Limits lie this far apart, so that no two are the same and the demand curve is longest."""


def address(kind: Kind, number: int = 0) -> str:
    """The e-mail address of the one person of an organisation."""
    return f"{kind.value}{number}@club.example"


def subject(kind: Kind) -> str:
    """What the provider calls the first person of a kind, the one who can sign in."""
    return f"subject-{kind.value}"


def build(folder: Path, size: Size) -> None:
    """A club of a size in a new database: an open round, a settled one, and closed ones."""
    context = open_context(settings.read({"TOMOE_VAR": str(folder)}, folder / "no-secrets"))
    migrate(context.database)
    with context.database.write() as tx:
        at = now(tx)
        for kind, count in (
            (Kind.OPERATOR, 1),
            (Kind.MEMBER, size.members),
            (Kind.SUPPLIER, size.suppliers),
        ):
            _enter_organisations(tx, kind, count, at)
        _enter_round(tx, size, OPEN, phase=Phase.PLEDGING, pledging_closes_at=at + 2 * DAY)
        settled = _enter_round(
            tx, size, SETTLED, phase=Phase.SETTLING, pledging_closes_at=at - 2 * DAY
        )
        bought.settle(
            tx,
            settled,
            _pledges(settled, size),
            offering.offers_for(tx, size, settled, size.offers),
        )
        for number in range(size.closed_rounds):
            until = at - (30 + number) * DAY
            closed = _enter_round(
                tx, size, f"closed{number}", phase=Phase.CLOSED, pledging_closes_at=until
            )
            offered = offering.offers_for(tx, size, closed, size.closed_offers)
            bought.close(tx, closed, _pledges(closed, size), offered)
    context.database.dispose()


def _enter_organisations(tx: Connection, kind: Kind, count: int, at: datetime) -> None:
    """So many of a kind, each with one person; the first of them can sign in."""
    version = terms.in_force(at.date()).version
    for number in range(count):
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
        people.accept(tx, organisation.id, version, at=at, by=person.id)
    credential = Credential(
        subject=subject(kind),
        email=address(kind),
        name=kind.value,
        password_hash=passwords.hashed(PASSWORD),
        changed_at=at,
    )
    accounts.add_credential(tx, credential)


def _enter_round(
    tx: Connection, size: Size, id: str, *, phase: Phase, pledging_closes_at: datetime
) -> Round:
    """A round in which every member has a pledge and to which every supplier is invited."""
    round_ = Round(
        id=id,
        name_ja=f"試験ラウンド {id}",
        name_en=f"Test round {id}",
        phase=phase,
        goal_kg=size.members * PLEDGED_KG,
        minimum_kg=1,
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
    tx.execute(pledges.insert(), [rows.values(pledge) for pledge in _pledges(round_, size)])
    for number in range(size.suppliers):
        supplier_id = f"{Kind.SUPPLIER.value}{number}"
        rounds.invite(tx, id, supplier_id, at=round_.created_at, by=round_.created_by)
    return round_


def _pledges(round_: Round, size: Size) -> list[Pledge]:
    return [
        Pledge(
            id=f"pledge-{round_.id}-{number}",
            round_id=round_.id,
            organisation_id=f"{Kind.MEMBER.value}{number}",
            quantity_kg=PLEDGED_KG - number % 100,
            limit_per_t=CEILING_PER_T - STEP_PER_T * number,
            minimum_kg=0,
            state=PledgeState.PLACED,
            placed_at=round_.pledging_opens_at,
            placed_by=f"person-{Kind.MEMBER.value}{number}",
        )
        for number in range(size.members)
    ]
