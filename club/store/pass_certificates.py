"""Certificates of passed tries: rows ↔ values."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from club.domain.pass_certificates import PassCertificate
from club.store import rows
from club.store.tables import attempts, pass_certificates


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What decides over a certificate's bit in a status list."""

    number: int
    module_id: str
    module_version: int
    is_withdrawn: bool


def add(tx: Connection, certificate: PassCertificate) -> None:
    rows.add(tx, pass_certificates, certificate)


def change(tx: Connection, certificate: PassCertificate) -> None:
    rows.change(tx, pass_certificates, certificate)


def get(tx: Connection, id: str, *, lock: bool = False) -> PassCertificate:
    return rows.get(tx, pass_certificates, PassCertificate, id, lock=lock)


def by_token(tx: Connection, token: str) -> PassCertificate | None:
    statement = select(pass_certificates).where(pass_certificates.c.token == token)
    return rows.found(tx, statement, PassCertificate)


def of_attempt(tx: Connection, attempt_id: str) -> PassCertificate | None:
    statement = select(pass_certificates).where(pass_certificates.c.attempt_id == attempt_id)
    return rows.found(tx, statement, PassCertificate)


def of_person(tx: Connection, person_id: str) -> list[PassCertificate]:
    """The person's certificates in the order of their numbers."""
    statement = (
        select(pass_certificates)
        .join(attempts, attempts.c.id == pass_certificates.c.attempt_id)
        .where(attempts.c.person_id == person_id)
        .order_by(pass_certificates.c.number)
    )
    return rows.listed(tx, statement, PassCertificate)


def listed(tx: Connection, numbers: range) -> list[Listed]:
    """Certificates with these numbers, in order."""
    gone = attempts.c.withdrawn_at.is_not(None) & attempts.c.reinstated_at.is_(None)
    statement = (
        select(
            pass_certificates.c.number,
            attempts.c.module_id,
            attempts.c.module_version,
            gone.label("is_withdrawn"),
        )
        .join(attempts, attempts.c.id == pass_certificates.c.attempt_id)
        .where(pass_certificates.c.number >= numbers.start)
        .where(pass_certificates.c.number < numbers.stop)
        .order_by(pass_certificates.c.number)
    )
    return rows.listed(tx, statement, Listed)
