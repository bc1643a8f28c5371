"""Who is in the club: organisations, their people, and what each role may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from club.domain.errors import NotAllowed


class Kind(StrEnum):
    """What an organisation is to the club."""

    MEMBER = "member"
    SUPPLIER = "supplier"
    OPERATOR = "operator"


class Standing(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    SUSPENDED = "suspended"


class Role(StrEnum):
    """What a person does for their organisation; several may be held at once."""

    BUYER = "buyer"
    APPROVER = "approver"
    LEARNER = "learner"
    SELLER = "seller"
    FACILITATOR = "facilitator"
    TREASURER = "treasurer"
    AUDITOR = "auditor"
    EXAMINER = "examiner"
    """A member's own auditor: reads the full records of rounds that the member took part in."""


class Duty(StrEnum):
    """What a person answers for at work; it gives no right, but a round's quorum may ask for it."""

    SUSTAINABILITY = "sustainability"
    FINANCE = "finance"
    PROCUREMENT = "procurement"
    LEGAL = "legal"
    MANAGEMENT = "management"


ROLES: dict[Kind, frozenset[Role]] = {
    Kind.MEMBER: frozenset({Role.BUYER, Role.APPROVER, Role.EXAMINER, Role.LEARNER}),
    Kind.SUPPLIER: frozenset({Role.SELLER, Role.LEARNER}),
    Kind.OPERATOR: frozenset({Role.FACILITATOR, Role.TREASURER, Role.AUDITOR, Role.LEARNER}),
}
"""Which roles a person of each kind of organisation may be given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    id: str
    kind: Kind
    name_ja: str
    name_en: str
    standing: Standing
    is_invented: bool = False
    needs_approval: bool = False
    """Whether a pledge proposed by one person counts only once another has approved it."""
    affiliated_with: str | None = None
    """The organisation it belongs to, if any; who buys in a round cannot sell in it."""
    registration_number: str | None = None
    """The qualified-invoice issuer's number (T and 13 digits), where there is one."""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: str
    organisation_id: str
    name: str
    email: str
    language: str
    roles: frozenset[Role]
    duties: frozenset[Duty] = frozenset()
    is_active: bool = True
    issuer: str | None = None
    subject: str | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person as they act now: read afresh for every visit, never kept."""

    person_id: str
    organisation_id: str
    kind: Kind
    roles: frozenset[Role]

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


def require(actor: Actor, *roles: Role) -> None:
    """Let pass who holds one of the roles and belongs to a kind that may hold it."""
    if not actor.roles & frozenset(roles) & ROLES[actor.kind]:
        raise NotAllowed


def are_affiliated(one: Organisation, other: Organisation) -> bool:
    """Whether the two are the same, one belongs to the other, or both to a third."""
    families = {one.id, one.affiliated_with} - {None}
    return not families.isdisjoint({other.id, other.affiliated_with} - {None})


def conflicts(seller: Organisation, buyers: Iterable[Organisation]) -> bool:
    """Whether the seller, or one it is affiliated with, is among the buyers."""
    return any(are_affiliated(seller, buyer) for buyer in buyers)
