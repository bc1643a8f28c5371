"""Organisations and their people as facilitators keep them: roles, standing, switched off or on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from club.domain.errors import InputRefused, TermsRefused
from club.domain.joining import Invitation
from club.domain.organisations import ROLES, Actor, Kind, Organisation, Person, Role, Standing
from club.domain.units import read_text
from club.i18n import choose
from club.operations.context import Context
from club.operations.deed import Deed, begin, looking
from club.store import accounts, journal, people
from club.store.database import Connection

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """What a facilitator writes down of an organisation that comes in."""

    kind: Kind
    name_ja: str
    name_en: str
    needs_approval: bool = False
    affiliated_with: str | None = None
    registration_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An organisation with its people and the links sent to more of them."""

    organisation: Organisation
    people: list[Person]
    invitations: list[Invitation]


def everybody(context: Context, actor: Actor) -> list[Entry]:
    """All organisations with their people, for those who run the club."""
    with looking(context, actor, Role.FACILITATOR, Role.AUDITOR) as (tx, _):
        return [
            Entry(
                organisation=organisation,
                people=people.people_of(tx, organisation.id),
                invitations=people.invitations_of(tx, organisation.id),
            )
            for organisation in people.all_organisations(tx)
        ]


def add_organisation(
    context: Context, actor: Actor, new: NewOrganisation, *, request_id: str
) -> Organisation:
    """Add an organisation, approved; the operator is there from the start."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return people.organisation(deed.tx, deed.outcome_id)
        organisation = enter_organisation(deed, new)
        done(deed, "organisation.added", organisation.id, organisation_kind=new.kind.value)
        return organisation


def enter_organisation(deed: Deed, new: NewOrganisation) -> Organisation:
    if new.kind is Kind.OPERATOR:
        raise InputRefused("unknown_choice", field="kind")
    organisation = Organisation(
        id=deed.context.new_id(),
        kind=new.kind,
        name_ja=written(new.name_ja, "name_ja"),
        name_en=written(new.name_en, "name_en"),
        standing=Standing.APPROVED,
        needs_approval=new.needs_approval,
        affiliated_with=_head_of_family(deed, new.affiliated_with),
        registration_number=_registration_number(new.registration_number),
        created_at=deed.at,
    )
    people.add_organisation(deed.tx, organisation)
    return organisation


def _head_of_family(deed: Deed, organisation_id: str | None) -> str | None:
    """The organisation itself, or what it belongs to: so that a family is one step deep, and
    whoever compares two organisations sees cousins and grandparents too."""
    if organisation_id is None:
        return None
    named = people.organisation(deed.tx, organisation_id)
    return named.affiliated_with or named.id


def change_organisation(
    context: Context, actor: Actor, *, request_id: str, organisation_id: str, new: NewOrganisation
) -> Organisation:
    """Write down anew what an organisation is called and to whom it belongs; its kind stays.

    Whoever belonged to it belongs from now on to the head of the family that it joins. Refused
    where it would come to belong to itself.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        before = people.organisation(deed.tx, organisation_id, lock=True)
        if deed.outcome_id is not None:
            return before
        head = _head_of_family(deed, new.affiliated_with)
        if head == before.id:
            raise InputRefused("unknown_choice", field="affiliated_with")
        after = replace(
            before,
            name_ja=written(new.name_ja, "name_ja"),
            name_en=written(new.name_en, "name_en"),
            needs_approval=new.needs_approval and before.kind is Kind.MEMBER,
            affiliated_with=head,
            registration_number=_registration_number(new.registration_number),
        )
        people.change_organisation(deed.tx, after)
        if head is not None:
            people.move_family(deed.tx, before.id, head)
        facts = {"affiliated_with": head, "needs_approval": after.needs_approval}
        done(deed, "organisation.changed", after.id, **facts)
        return after


def enter_person(
    deed: Deed,
    *,
    organisation_id: str,
    name: str,
    email: str,
    language: str,
    roles: frozenset[Role],
    identity: tuple[str, str] | None,
) -> Person:
    """Make a person; `identity` is their issuer and subject, None until they first sign in."""
    issuer, subject = identity or (None, None)
    person = Person(
        id=deed.context.new_id(),
        organisation_id=organisation_id,
        name=name,
        email=email,
        language=choose(language),
        roles=roles,
        issuer=issuer,
        subject=subject,
        created_at=deed.at,
    )
    people.add_person(deed.tx, person)
    return person


def set_standing(
    context: Context, actor: Actor, *, request_id: str, organisation_id: str, standing: Standing
) -> Organisation:
    """Approve, suspend or take back an organisation; suspending signs its people out at once."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        before = people.organisation(deed.tx, organisation_id, lock=True)
        if deed.outcome_id is not None or before.standing is standing:
            return before
        if standing is Standing.REQUESTED:
            raise InputRefused("unknown_choice", field="standing")
        if before.kind is Kind.OPERATOR:
            raise TermsRefused("last_of_its_role", role=Role.FACILITATOR)
        after = replace(before, standing=standing)
        people.change_organisation(deed.tx, after)
        if standing is Standing.SUSPENDED:
            for person in people.people_of(deed.tx, organisation_id):
                accounts.end_all(deed.tx, person.id, deed.at)
        done(deed, f"organisation.{standing.value}", after.id)
        return after


def change_roles(
    context: Context, actor: Actor, *, request_id: str, person_id: str, roles: Iterable[Role]
) -> Person:
    """Give a person these roles and no others; they count from the person's next act."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        before = _locked(deed, person_id)
        if deed.outcome_id is not None:
            return before
        kind = people.organisation(deed.tx, before.organisation_id).kind
        after = replace(before, roles=permitted(kind, roles))
        _require_facilitator_left(deed.tx, before, after)
        people.change_person(deed.tx, after)
        done(deed, "person.roles_changed", after.id, roles=sorted(r.value for r in after.roles))
        return after


def switch_off(context: Context, actor: Actor, *, request_id: str, person_id: str) -> Person:
    """Let a person in no more, and sign them out everywhere at once."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        before = _locked(deed, person_id)
        if deed.outcome_id is not None or not before.is_active:
            return before
        after = replace(before, is_active=False)
        _require_facilitator_left(deed.tx, before, after)
        people.change_person(deed.tx, after)
        accounts.end_all(deed.tx, after.id, deed.at)
        done(deed, "person.switched_off", after.id)
        return after


def switch_on(context: Context, actor: Actor, *, request_id: str, person_id: str) -> Person:
    """Let a person in again, by a new sign-in."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        before = _locked(deed, person_id)
        if deed.outcome_id is not None or before.is_active:
            return before
        after = replace(before, is_active=True)
        people.change_person(deed.tx, after)
        done(deed, "person.switched_on", after.id)
        return after


def _locked(deed: Deed, person_id: str) -> Person:
    """The person, their organisation held too.

    So of the last two facilitators, two who act at once cannot each take away one.
    """
    person = people.person(deed.tx, person_id)
    people.organisation(deed.tx, person.organisation_id, lock=True)
    return people.person(deed.tx, person_id, lock=True)


def _require_facilitator_left(tx: Connection, before: Person, after: Person) -> None:
    """Raise `last_of_its_role` if nobody active would be left to run the club."""
    if _facilitates(after) or not _facilitates(before):
        return
    colleagues = people.people_of(tx, before.organisation_id)
    if not any(_facilitates(person) for person in colleagues if person.id != before.id):
        raise TermsRefused("last_of_its_role", role=Role.FACILITATOR)


def _facilitates(person: Person) -> bool:
    return person.is_active and Role.FACILITATOR in person.roles


def permitted(kind: Kind, roles: Iterable[Role]) -> frozenset[Role]:
    """The roles, if there are any and a person of such an organisation may hold each."""
    wanted = frozenset(roles)
    if not wanted:
        raise InputRefused("missing", field="roles")
    if not wanted <= ROLES[kind]:
        raise InputRefused("unknown_choice", field="roles")
    return wanted


def written(text: str, field: str) -> str:
    """A name as typed, without blanks around it; something, and not too long."""
    return read_text(text, field=field, longest=LONGEST_NAME)


def _registration_number(text: str | None) -> str | None:
    """T and 13 digits, or none."""
    number = (text or "").strip().upper()
    if number and not re.fullmatch(r"T[0-9]{13}", number):
        raise InputRefused("unknown_choice", field="registration_number")
    return number or None


def done(deed: Deed, kind: str, id: str, **facts: object) -> None:
    """Enter a deed in the club's own chain."""
    deed.done(kind, id, chain=journal.CLUB, facts=facts)
