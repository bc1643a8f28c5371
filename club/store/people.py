"""Organisations, people, invitations, requests to join, accepted terms."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from club.domain.joining import Invitation, JoinRequest, RequestState
from club.domain.organisations import Actor, Kind, Organisation, Person, Role, Standing
from club.store import rows
from club.store.tables import (
    invitations,
    join_requests,
    organisations,
    people,
    terms_acceptances,
)

ACTING = (
    select(people.c.organisation_id, organisations.c.kind, people.c.roles)
    .join(organisations, organisations.c.id == people.c.organisation_id)
    .where(people.c.id == bindparam("id"), people.c.is_active)
    .where(organisations.c.standing != Standing.SUSPENDED)
)
"""Asked by every operation and every page, so it is put together once."""


def add_organisation(tx: Connection, organisation: Organisation) -> None:
    rows.add(tx, organisations, organisation)


def change_organisation(tx: Connection, organisation: Organisation) -> None:
    rows.change(tx, organisations, organisation)


def organisation(tx: Connection, id: str, *, lock: bool = False) -> Organisation:
    return rows.get(tx, organisations, Organisation, id, lock=lock)


def all_organisations(tx: Connection, kind: Kind | None = None) -> list[Organisation]:
    statement = select(organisations).order_by(organisations.c.created_at, organisations.c.id)
    if kind is not None:
        statement = statement.where(organisations.c.kind == kind)
    return rows.listed(tx, statement, Organisation)


def move_family(tx: Connection, head_id: str, new_head_id: str) -> None:
    """Whoever belonged to one organisation belongs to another from now on."""
    tx.execute(
        organisations.update()
        .where(organisations.c.affiliated_with == head_id)
        .values(affiliated_with=new_head_id)
    )


def operator(tx: Connection) -> Organisation:
    """The organisation that runs the club; there is exactly one."""
    return all_organisations(tx, Kind.OPERATOR)[0]


def add_person(tx: Connection, person: Person) -> None:
    rows.add(tx, people, person)


def change_person(tx: Connection, person: Person) -> None:
    rows.change(tx, people, person)


def person(tx: Connection, id: str, *, lock: bool = False) -> Person:
    return rows.get(tx, people, Person, id, lock=lock)


def person_by_subject(tx: Connection, issuer: str, subject: str) -> Person | None:
    return rows.found(
        tx,
        select(people).where(people.c.issuer == issuer, people.c.subject == subject),
        Person,
    )


def person_by_email(tx: Connection, email: str) -> Person | None:
    return rows.found(tx, select(people).where(people.c.email == email), Person)


def people_of(tx: Connection, organisation_id: str) -> list[Person]:
    return rows.listed(
        tx,
        select(people)
        .where(people.c.organisation_id == organisation_id)
        .order_by(people.c.created_at, people.c.id),
        Person,
    )


def all_people(tx: Connection) -> list[Person]:
    """Everybody, whether or not they may act."""
    return rows.listed(tx, select(people).order_by(people.c.name, people.c.id), Person)


def active_people(tx: Connection, *, kind: Kind, role: Role | None = None) -> list[Person]:
    """Active people of approved organisations of a kind, who hold the role if one is given."""
    found = rows.listed(
        tx,
        select(people)
        .join(organisations, organisations.c.id == people.c.organisation_id)
        .where(
            organisations.c.kind == kind,
            organisations.c.standing == Standing.APPROVED,
            people.c.is_active,
        )
        .order_by(people.c.id),
        Person,
    )
    return [p for p in found if role is None or role in p.roles]


def actor(tx: Connection, person_id: str) -> Actor | None:
    """The person as they may act at this instant; None when switched off or unknown."""
    row = tx.execute(ACTING, {"id": person_id}).one_or_none()
    if row is None:
        return None
    return Actor(person_id=person_id, organisation_id=row[0], kind=row[1], roles=row[2])


def add_invitation(tx: Connection, invitation: Invitation) -> None:
    rows.add(tx, invitations, invitation)


def change_invitation(tx: Connection, invitation: Invitation) -> None:
    rows.change(tx, invitations, invitation)


def invitation(tx: Connection, token_hash: str) -> Invitation | None:
    return rows.found(
        tx,
        select(invitations).where(invitations.c.token_hash == token_hash).with_for_update(),
        Invitation,
    )


def invitations_of(tx: Connection, organisation_id: str) -> list[Invitation]:
    return rows.listed(
        tx,
        select(invitations)
        .where(invitations.c.organisation_id == organisation_id)
        .order_by(invitations.c.invited_at, invitations.c.token_hash),
        Invitation,
    )


def add_join_request(tx: Connection, request: JoinRequest) -> None:
    rows.add(tx, join_requests, request)


def change_join_request(tx: Connection, request: JoinRequest) -> None:
    rows.change(tx, join_requests, request)


def join_request(tx: Connection, id: str, *, lock: bool = False) -> JoinRequest:
    return rows.get(tx, join_requests, JoinRequest, id, lock=lock)


def join_request_of(tx: Connection, issuer: str, subject: str) -> JoinRequest | None:
    """The person's waiting request, if any."""
    return rows.found(
        tx,
        select(join_requests).where(
            join_requests.c.issuer == issuer,
            join_requests.c.subject == subject,
            join_requests.c.state == RequestState.WAITING,
        ),
        JoinRequest,
    )


def waiting_join_requests(tx: Connection) -> list[JoinRequest]:
    return rows.listed(
        tx,
        select(join_requests)
        .where(join_requests.c.state == RequestState.WAITING)
        .order_by(join_requests.c.asked_at, join_requests.c.id),
        JoinRequest,
    )


def has_accepted(tx: Connection, organisation_id: str, version: str) -> bool:
    return (
        tx.execute(
            select(terms_acceptances.c.version).where(
                terms_acceptances.c.organisation_id == organisation_id,
                terms_acceptances.c.version == version,
            )
        ).one_or_none()
        is not None
    )


def accept(tx: Connection, organisation_id: str, version: str, *, at: datetime, by: str) -> None:
    tx.execute(
        terms_acceptances.insert().values(
            organisation_id=organisation_id, version=version, accepted_at=at, accepted_by=by
        )
    )
