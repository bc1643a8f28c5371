"""Clubs, people and rounds for tests, made through the store; every value may be overridden."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from auctions.openers import Work
from club import settings
from club.domain.lots import Basis, Category, Lot, Mechanism, Project
from club.domain.organisations import ROLES, Actor, Kind, Organisation, Person, Role, Standing
from club.domain.rounds import Phase, Round
from club.keyring import Keyring
from club.operations.context import Context
from club.store import catalogue, people, rounds
from club.store.database import Connection, Database

LIGHT = Work(passes=1, memory_kib=8)
"""The least argon2id takes: what is tested is not how long it takes."""
NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@dataclass
class FixedClock:
    """Stands still until told."""

    at: datetime = field(default=NOON)

    def __call__(self, _tx: Connection) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


def context_on(database: Database, clock: FixedClock, folder: Path) -> Context:
    environment = {"TOMOE_VAR": str(folder), "TOMOE_DATABASE_URL": database.url}
    return Context(
        settings=settings.read(environment),
        database=database,
        keys=Keyring(folder / "keys", environment={}),
        clock=clock,
        passphrase_work=LIGHT,
    )


def an_organisation(kind: Kind = Kind.MEMBER, **given: Any) -> Organisation:
    number = next(_numbers)
    values: dict[str, Any] = {
        "id": f"org{number}",
        "kind": kind,
        "name_ja": f"試験{number}株式会社",
        "name_en": f"Test {number} KK",
        "standing": Standing.APPROVED,
        "created_at": NOON,
    }
    return Organisation(**values | given)


def a_person(organisation: Organisation, *roles: Role, **given: Any) -> Person:
    number = next(_numbers)
    values: dict[str, Any] = {
        "id": f"person{number}",
        "organisation_id": organisation.id,
        "name": f"試験 {number}",
        "email": f"person{number}@club.example",
        "language": "ja",
        "roles": frozenset(roles) or ROLES[organisation.kind],
        "created_at": NOON,
    }
    return Person(**values | given)


def actor_of(person: Person, organisation: Organisation) -> Actor:
    return Actor(
        person_id=person.id,
        organisation_id=organisation.id,
        kind=organisation.kind,
        roles=person.roles,
    )


def join(context: Context, kind: Kind = Kind.MEMBER, *roles: Role, **given: Any) -> Actor:
    """A new organisation with one person, accepted terms, ready to act."""
    organisation = an_organisation(kind, **given)
    person = a_person(organisation, *roles)
    with context.database.write() as tx:
        people.add_organisation(tx, organisation)
        people.add_person(tx, person)
        people.accept(tx, organisation.id, TERMS, at=NOON, by=person.id)
    return actor_of(person, organisation)


def colleague(context: Context, actor: Actor, *roles: Role) -> Actor:
    """One more person of the actor's organisation."""
    with context.database.write() as tx:
        organisation = people.organisation(tx, actor.organisation_id)
        person = a_person(organisation, *roles)
        people.add_person(tx, person)
    return actor_of(person, organisation)


def a_round(by: Actor, **given: Any) -> Round:
    values: dict[str, Any] = {
        "id": f"round{next(_numbers)}",
        "name_ja": "試験ラウンド",
        "name_en": "Test round",
        "phase": Phase.PLEDGING,
        "goal_kg": 100_000,
        "minimum_kg": 10_000,
        "member_minimum_kg": 100,
        "member_maximum_kg": 100_000,
        "ceiling_per_t": 10_000,
        "pledging_opens_at": NOON - timedelta(days=1),
        "pledging_closes_at": NOON + timedelta(days=1),
        "bidding_closes_at": NOON + timedelta(days=2),
        "created_at": NOON - timedelta(days=1),
        "created_by": by.person_id,
    }
    return Round(**values | given)


def open_round(context: Context, by: Actor, **given: Any) -> Round:
    round_ = a_round(by, **given)
    with context.database.write() as tx:
        rounds.add(tx, round_)
    return round_


def a_project(by: Actor, **given: Any) -> Project:
    number = next(_numbers)
    values: dict[str, Any] = {
        "id": f"project{number}",
        "name_ja": f"試験の森プロジェクト{number}",
        "name_en": f"Test forest project {number}",
        "programme": "J-Credit",
        "country": "JP",
        "category": Category.FOREST,
        "mechanism": Mechanism.REMOVAL,
        "basis": Basis.NATURE,
        "source": "tests",
        "source_read_on": NOON.date(),
        "created_at": NOON,
        "created_by": by.person_id,
    }
    return Project(**values | given)


def a_lot(context: Context, seller: Actor, **given: Any) -> Lot:
    """A lot of a project of its own, in the catalogue."""
    project = a_project(seller)
    values: dict[str, Any] = {
        "id": f"lot{next(_numbers)}",
        "project_id": project.id,
        "supplier_id": seller.organisation_id,
        "vintage": 2025,
        "quantity_kg": 200_000,
        "created_at": NOON,
        "created_by": seller.person_id,
    }
    lot = Lot(**values | given)
    with context.database.write() as tx:
        if "project_id" not in given:
            catalogue.add_project(tx, project)
        catalogue.add_lot(tx, lot)
    return lot


def move(context: Context, round_: Round, phase: Phase) -> Round:
    """The round set into a phase without its deeds, for tests of what follows."""
    moved = replace(round_, phase=phase)
    with context.database.write() as tx:
        rounds.change(tx, moved)
    return moved


TERMS = "2026-11"
"""The version of the participation terms in force."""
