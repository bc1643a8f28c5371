"""Founding a club, and filling an invented one with invented organisations to show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from club.domain.errors import NotAllowed
from club.domain.organisations import Actor, Kind, Organisation, Person, Role
from club.operations import accounts as identity
from club.operations.context import Context
from club.operations.deed import Deed, begin, begin_system
from club.operations.organising import (
    NewOrganisation,
    done,
    enter_organisation,
    enter_person,
    permitted,
)
from club.store import accounts, people
from club.store.accounts import Credential


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """An invented person, who can sign in at once."""

    name: str
    email: str
    language: str
    roles: frozenset[Role]


def is_founded(context: Context) -> bool:
    """Whether an organisation runs the club already."""
    with context.database.read() as tx:
        return bool(people.all_organisations(tx, Kind.OPERATOR))


def found_club(context: Context, *, name_ja: str, name_en: str, email: str) -> str:
    """Make the operator and its first facilitator, named by their address until they change it.

    Returns the link by which they set a password. Raises `already_done` in a founded club.
    """
    return identity.found_club(
        context, name_ja=name_ja, name_en=name_en, person=email, email=email
    )


def found_invented_club(
    context: Context,
    *,
    name_ja: str,
    name_en: str,
    persons: Sequence[NewPerson],
    password_hash: str,
) -> list[Person]:
    """Found a club that says of itself that it is invented; the first person is its founder."""
    first = persons[0]
    identity.found_club(
        context,
        name_ja=name_ja,
        name_en=name_en,
        person=first.name,
        email=first.email,
        language=first.language,
    )
    with begin_system(context) as deed:
        operator = replace(people.operator(deed.tx), is_invented=True)
        people.change_organisation(deed.tx, operator)
        done(deed, "club.marked_invented", operator.id)
        [founder] = people.people_of(deed.tx, operator.id)
        founder = replace(founder, roles=permitted(Kind.OPERATOR, first.roles))
        people.change_person(deed.tx, founder)
        _set_password(deed, founder, password_hash)
        return [founder, *_enter(deed, operator, persons[1:], password_hash)]


def enter_invented(
    context: Context,
    actor: Actor,
    new: NewOrganisation,
    persons: Iterable[NewPerson],
    *,
    password_hash: str,
) -> list[Person]:
    """Enter an invented organisation and its people; only in a club that is itself invented."""
    with begin(context, actor, Role.FACILITATOR) as deed:
        if not people.operator(deed.tx).is_invented:
            raise NotAllowed
        organisation = replace(enter_organisation(deed, new), is_invented=True)
        people.change_organisation(deed.tx, organisation)
        done(deed, "organisation.added", organisation.id, organisation_kind=new.kind.value)
        return _enter(deed, organisation, persons, password_hash)


def _enter(
    deed: Deed, organisation: Organisation, persons: Iterable[NewPerson], password_hash: str
) -> list[Person]:
    entered = []
    for new in persons:
        person = enter_person(
            deed,
            organisation_id=organisation.id,
            name=new.name,
            email=new.email,
            language=new.language,
            roles=permitted(organisation.kind, new.roles),
            identity=None,
        )
        _set_password(deed, person, password_hash)
        done(deed, "person.entered", person.id, organisation_id=organisation.id)
        entered.append(person)
    return entered


def _set_password(deed: Deed, person: Person, password_hash: str) -> None:
    """The person's account, good for this password and by no link."""
    opened = accounts.credential_of(deed.tx, person.email, lock=True)
    if opened is None:
        opened = Credential(
            subject=deed.context.new_id(),
            email=person.email,
            name=person.name,
            changed_at=deed.at,
        )
        accounts.add_credential(deed.tx, opened)
    ready = replace(
        opened,
        password_hash=password_hash,
        reset_hash=None,
        reset_expires_at=None,
        changed_at=deed.at,
    )
    accounts.change_credential(deed.tx, ready)
