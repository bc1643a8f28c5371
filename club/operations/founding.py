"""Founding a club, and filling an invented one with invented organisations to show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from club.domain.errors import NotAllowed, PhaseRefused
from club.domain.joining import INVITATION_LASTS
from club.domain.organisations import Actor, Kind, Organisation, Person, Role, Standing
from club.identity.addresses import email as read_email
from club.operations import accounts as identity
from club.operations.context import Context
from club.operations.deed import Deed, begin, begin_system
from club.operations.organising import (
    NewOrganisation,
    done,
    enter_organisation,
    enter_person,
    permitted,
    written,
)
from club.store import accounts, journal, outbox, people
from club.store.accounts import Credential

FOUNDER = frozenset({Role.FACILITATOR, Role.TREASURER})
"""What the first person of a club may do; they can give themselves and others more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody who is entered without having been invited."""

    name: str
    email: str
    language: str
    roles: frozenset[Role]


def is_founded(context: Context) -> bool:
    """Whether an organisation runs the club already."""
    with context.database.read() as tx:
        return bool(people.all_organisations(tx, Kind.OPERATOR))


def found_club(
    context: Context, *, name_ja: str, name_en: str, email: str, person: str | None = None
) -> str:
    """Make the operator and its first facilitator, named by the address if by nothing else.

    Returns the link by which they set a password, good for as long as an invitation. With a
    provider of the club's own it is not needed: the first sign-in with the verified address is
    theirs. Raises `already_done` in a founded club.
    """
    founder = NewPerson(name=person or email, email=email, language="ja", roles=FOUNDER)
    with begin_system(context) as deed:
        operator = _found(deed, name_ja, name_en, is_invented=False)
        [entered] = _enter(deed, operator, [founder])
        return identity.reset_link(deed, entered, INVITATION_LASTS)


def found_invented_club(
    context: Context,
    *,
    name_ja: str,
    name_en: str,
    persons: Sequence[NewPerson],
    password_hash: str | None = None,
) -> list[Person]:
    """Found a club that says of itself that it is invented, with its office's people."""
    with begin_system(context) as deed:
        operator = _found(deed, name_ja, name_en, is_invented=True)
        entered = _enter(deed, operator, persons)
        _set_passwords(deed, entered, password_hash)
        return entered


def people_of_invented(context: Context) -> list[tuple[Person, Organisation]]:
    """Everybody in an invented club, with their organisation; nobody in any other club."""
    with context.database.read() as tx:
        everywhere = people.all_organisations(tx)
        if not any(o.kind is Kind.OPERATOR and o.is_invented for o in everywhere):
            return []
        return [(p, o) for o in everywhere for p in people.people_of(tx, o.id)]


def keep_mail_in(context: Context) -> None:
    """Let no mail leave that an invented club has waiting; on Home it still stands."""
    with begin_system(context) as deed:
        if not people.operator(deed.tx).is_invented:
            raise NotAllowed
        while taken := outbox.take(deed.tx, deed.at, until=deed.at):
            outbox.mark_sent(deed.tx, taken.notice, taken.notice.queued_at)


def enter_invented(
    context: Context,
    actor: Actor,
    new: NewOrganisation,
    persons: Iterable[NewPerson],
    *,
    password_hash: str | None = None,
) -> list[Person]:
    """Enter an invented organisation and its people; only in a club that is itself invented."""
    with begin(context, actor, Role.FACILITATOR) as deed:
        if not people.operator(deed.tx).is_invented:
            raise NotAllowed
        organisation = replace(enter_organisation(deed, new), is_invented=True)
        people.change_organisation(deed.tx, organisation)
        done(deed, "organisation.added", organisation.id, organisation_kind=new.kind.value)
        entered = _enter(deed, organisation, persons)
        _set_passwords(deed, entered, password_hash)
        return entered


def _found(deed: Deed, name_ja: str, name_en: str, *, is_invented: bool) -> Organisation:
    journal.outcome_of(deed.tx, deed.by, "club.founded")  # of two at once the second waits here
    if people.all_organisations(deed.tx, Kind.OPERATOR):
        raise PhaseRefused("already_done")
    operator = Organisation(
        id=deed.context.new_id(),
        kind=Kind.OPERATOR,
        name_ja=written(name_ja, "name_ja"),
        name_en=written(name_en, "name_en"),
        standing=Standing.APPROVED,
        is_invented=is_invented,
        created_at=deed.at,
    )
    people.add_organisation(deed.tx, operator)
    done(deed, "club.founded", operator.id, is_invented=is_invented)
    return operator


def _enter(deed: Deed, organisation: Organisation, persons: Iterable[NewPerson]) -> list[Person]:
    entered = []
    for new in persons:
        person = enter_person(
            deed,
            organisation_id=organisation.id,
            name=written(new.name, "name"),
            email=read_email(new.email),
            language=new.language,
            roles=permitted(organisation.kind, new.roles),
            identity=None,
        )
        done(deed, "person.entered", person.id, organisation_id=organisation.id)
        entered.append(person)
    return entered


def _set_passwords(deed: Deed, persons: Iterable[Person], password_hash: str | None) -> None:
    """Accounts at the built-in provider, all with one password; without one there are none."""
    for person in persons if password_hash else ():
        credential = Credential(
            subject=deed.context.new_id(),
            email=person.email,
            name=person.name,
            password_hash=password_hash,
            changed_at=deed.at,
        )
        accounts.add_credential(deed.tx, credential)
