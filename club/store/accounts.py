"""The register of sign-ins, and what the built-in provider keeps: rows ↔ values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    Connection,
    Table,
    delete,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from club.domain.joining import Invitation
from club.domain.organisations import Organisation, Person
from club.store import rows
from club.store.tables import (
    authorization_codes,
    credentials,
    invitations,
    organisations,
    people,
    return_addresses,
    sign_ins,
    tokens,
    tries,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One sign-in of one person, on every device that holds its cookie."""

    key: str
    person_id: str | None
    signed_in_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """An account of the built-in provider; without a password until a link sets one."""

    subject: str
    email: str
    name: str
    password_hash: str | None = None
    reset_hash: str | None = None
    reset_expires_at: datetime | None = None
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationCode:
    code_hash: str
    subject: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str
    code_challenge_method: str
    authenticated_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    token_hash: str
    subject: str
    client_id: str
    scope: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    key: str
    failures: int
    last_at: datetime
    locked_until: datetime | None = None


SignedIn = tuple[SignIn, Person | None, Organisation | None]
"""A sign-in, whose it is, and their organisation; nobody's if a stranger's."""


def signed_in(tx: Connection, key: str) -> SignedIn | None:
    """The sign-in under a key, by one query."""
    row = tx.execute(
        select(sign_ins, people, organisations)
        .join(people, people.c.id == sign_ins.c.person_id, isouter=True)
        .join(organisations, organisations.c.id == people.c.organisation_id, isouter=True)
        .where(sign_ins.c.key == key)
        .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
    ).one_or_none()
    if row is None:
        return None
    cells = row._mapping  # noqa: SLF001 - SQLAlchemy's documented name
    sign_in = SignIn(**{c.name: cells[c] for c in sign_ins.c})
    if sign_in.person_id is None:
        return sign_in, None, None
    person = Person(**{c.name: cells[c] for c in people.c})
    return sign_in, person, Organisation(**{c.name: cells[c] for c in organisations.c})


def register(tx: Connection, sign_in: SignIn) -> None:
    """Enter a sign-in; one that is there already stays as it is, ended or not."""
    tx.execute(_insert(tx, sign_ins).values(rows.values(sign_in)).on_conflict_do_nothing())


def seen(tx: Connection, key: str, at: datetime) -> None:
    tx.execute(sign_ins.update().where(sign_ins.c.key == key).values(seen_at=at))


def end(tx: Connection, key: str, at: datetime) -> None:
    tx.execute(
        sign_ins.update()
        .where(sign_ins.c.key == key, sign_ins.c.ended_at.is_(None))
        .values(ended_at=at)
    )


def end_all(tx: Connection, person_id: str, at: datetime) -> None:
    """End every sign-in of a person, and by an entry under the person's own id those, too, that
    were proved before and are shown here only later."""
    over = {"signed_in_at": at, "seen_at": at, "ended_at": at}
    statement = _insert(tx, sign_ins).values(key=person_id, person_id=person_id, **over)
    tx.execute(statement.on_conflict_do_update(index_elements=["key"], set_=over))
    tx.execute(
        sign_ins.update()
        .where(sign_ins.c.person_id == person_id, sign_ins.c.ended_at.is_(None))
        .values(ended_at=at)
    )


def ended_everywhere_at(tx: Connection, person_id: str) -> datetime | None:
    """When the person was last signed out everywhere, as long as that matters."""
    return tx.execute(
        select(sign_ins.c.ended_at).where(sign_ins.c.key == person_id)
    ).scalar_one_or_none()


def leave(tx: Connection, visitor_hash: str, path: str, at: datetime) -> None:
    """Keep one return address for a visitor: the last."""
    address = {"path": path, "left_at": at}
    statement = _insert(tx, return_addresses).values(visitor_hash=visitor_hash, **address)
    tx.execute(statement.on_conflict_do_update(index_elements=["visitor_hash"], set_=address))


def has_left(tx: Connection, visitor_hash: str) -> bool:
    statement = select(return_addresses.c.path).where(
        return_addresses.c.visitor_hash == visitor_hash
    )
    return tx.execute(statement).one_or_none() is not None


def take(tx: Connection, visitor_hash: str, since: datetime) -> str | None:
    """The visitor's return address if not older, gone from now on."""
    row = tx.execute(
        delete(return_addresses)
        .where(return_addresses.c.visitor_hash == visitor_hash)
        .returning(return_addresses.c.path, return_addresses.c.left_at)
    ).one_or_none()
    return row.path if row and row.left_at >= since else None


def invitation_for(tx: Connection, email: str, at: datetime) -> Invitation | None:
    """The newest invitation to an address that can be used now."""
    return rows.found(
        tx,
        select(invitations)
        .where(
            invitations.c.email == email,
            invitations.c.used_at.is_(None),
            invitations.c.expires_at >= at,
        )
        .order_by(invitations.c.invited_at.desc(), invitations.c.token_hash)
        .limit(1),
        Invitation,
    )


def add_credential(tx: Connection, credential: Credential) -> None:
    rows.add(tx, credentials, credential)


def change_credential(tx: Connection, credential: Credential) -> None:
    rows.change(tx, credentials, credential)


def credential(tx: Connection, subject: str) -> Credential | None:
    statement = select(credentials).where(credentials.c.subject == subject)
    return rows.found(tx, statement, Credential)


def credential_of(tx: Connection, email: str, *, lock: bool = False) -> Credential | None:
    statement = select(credentials).where(credentials.c.email == email)
    return rows.found(tx, statement.with_for_update() if lock else statement, Credential)


def credential_by_reset(
    tx: Connection, reset_hash: str, *, lock: bool = False
) -> Credential | None:
    statement = select(credentials).where(credentials.c.reset_hash == reset_hash)
    return rows.found(tx, statement.with_for_update() if lock else statement, Credential)


def add_code(tx: Connection, code: AuthorizationCode) -> None:
    rows.add(tx, authorization_codes, code)


def take_code(tx: Connection, code_hash: str) -> AuthorizationCode | None:
    """The code, gone from now on; of two who ask at once, one gets it."""
    row = tx.execute(
        delete(authorization_codes)
        .where(authorization_codes.c.code_hash == code_hash)
        .returning(*authorization_codes.c)
    ).one_or_none()
    return None if row is None else rows.read(row, AuthorizationCode)


def add_token(tx: Connection, token: AccessToken) -> None:
    rows.add(tx, tokens, token)


def token(tx: Connection, token_hash: str) -> AccessToken | None:
    return rows.found(tx, select(tokens).where(tokens.c.token_hash == token_hash), AccessToken)


def lock_tries(tx: Connection, key: str, at: datetime) -> Tries:
    """The count under a key, zero if there is none; nobody else counts until the end."""
    fresh = Tries(key=key, failures=0, last_at=at)
    tx.execute(_insert(tx, tries).values(rows.values(fresh)).on_conflict_do_nothing())
    row = tx.execute(select(tries).where(tries.c.key == key).with_for_update()).one()
    return rows.read(row, Tries)


def change_tries(tx: Connection, counted: Tries) -> None:
    rows.change(tx, tries, counted)


def clear_tries(tx: Connection, key: str) -> None:
    tx.execute(delete(tries).where(tries.c.key == key))


def forget(tx: Connection, *, sign_ins_before: datetime, at: datetime, a_day_ago: datetime) -> None:
    """Delete what can no longer matter."""
    tx.execute(delete(sign_ins).where(sign_ins.c.signed_in_at < sign_ins_before))
    tx.execute(delete(authorization_codes).where(authorization_codes.c.expires_at < at))
    tx.execute(delete(tokens).where(tokens.c.expires_at < at))
    tx.execute(delete(return_addresses).where(return_addresses.c.left_at < a_day_ago))
    tx.execute(delete(tries).where(tries.c.last_at < a_day_ago))


def _insert(tx: Connection, table: Table) -> Any:
    """An INSERT of this dialect: both know ON CONFLICT, each by its own class."""
    return (sqlite if tx.dialect.name == "sqlite" else postgresql).insert(table)
