"""How strangers come in: they ask, and a facilitator approves or refuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from club.domain.errors import InputRefused, PhaseRefused, Refused, StandingRefused
from club.domain.joining import JoinRequest, RequestState
from club.domain.notices import NoticeKind
from club.domain.organisations import Actor, Kind, Organisation, Person, Role, Standing
from club.domain.units import read_text
from club.i18n import Speech
from club.identity.addresses import email as read_email
from club.identity.claims import digest
from club.operations.context import Context
from club.operations.deed import Deed, begin, begin_system, looking
from club.operations.organising import (
    NewOrganisation,
    done,
    enter_organisation,
    enter_person,
    permitted,
    written,
)
from club.operations.signing_in import Stranger
from club.store import journal, people


def ask_to_join(
    context: Context,
    stranger: Stranger,
    *,
    organisation_name: str,
    kind: Kind,
    note: str = "",
) -> JoinRequest:
    """A stranger asks to come in; while one request waits, asking again changes nothing.

    Who they are is taken from their claims, never from a form.
    """
    if kind is Kind.OPERATOR:
        raise InputRefused("unknown_choice", field="kind")
    issuer, subject = stranger.issuer, stranger.subject
    with begin_system(context) as deed:
        # Waits for the same stranger's other request, so that only one is ever waiting.
        journal.outcome_of(deed.tx, digest(f"{issuer}|{subject}"), "ask")
        waiting = people.join_request_of(deed.tx, issuer, subject)
        if waiting is not None:
            return waiting
        if people.person_by_subject(deed.tx, issuer, subject) is not None:
            raise Refused("already_member")
        request = JoinRequest(
            id=context.new_id(),
            issuer=issuer,
            subject=subject,
            email=read_email(stranger.email),
            is_email_verified=stranger.is_email_verified,
            name=written(stranger.name, "name"),
            language=stranger.language,
            organisation_name=written(organisation_name, "organisation_name"),
            kind=kind,
            note=read_text(note, field="note", longest=1_000, optional=True),
            state=RequestState.WAITING,
            asked_at=deed.at,
        )
        people.add_join_request(deed.tx, request)
        _tell_facilitators(deed, request)
        done(deed, "join.asked", request.id)
        return request


def _tell_facilitators(deed: Deed, request: JoinRequest) -> None:
    facts = {"organisation": request.organisation_name, "name": request.name}
    for one in people.active_people(deed.tx, kind=Kind.OPERATOR, role=Role.FACILITATOR):
        deed.tell(one, NoticeKind.JOIN_REQUESTED, **facts)


def approve_join(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    join_request_id: str,
    organisation: str | NewOrganisation,
    roles: Iterable[Role],
) -> Person:
    """Let a stranger in, to an organisation of the club (its id) or to a new one."""
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return people.person(deed.tx, deed.outcome_id)
        asked = _decided(deed, join_request_id, RequestState.APPROVED)
        joined = (
            enter_organisation(deed, organisation)
            if isinstance(organisation, NewOrganisation)
            else people.organisation(deed.tx, organisation)
        )
        person = _approved(deed, asked, joined, roles=permitted(joined.kind, roles))
        deed.tell(
            person,
            NoticeKind.JOIN_APPROVED,
            organisation=Speech(person.language).name(joined),
            link=context.settings.base_url + "/",
        )
        facts = {"join_request_id": asked.id, "organisation_id": joined.id}
        done(deed, "join.approved", person.id, **facts)
        return person


def _approved(
    deed: Deed,
    asked: JoinRequest,
    joined: Organisation,
    *,
    roles: frozenset[Role],
) -> Person:
    """A new person, or one whose address the club wrote down before they first signed in.

    The address of somebody written down is theirs only if the provider vouches for it.
    """
    if joined.standing is not Standing.APPROVED:
        raise StandingRefused("organisation_not_approved")
    known = people.person_by_email(deed.tx, asked.email)
    if known is not None and (known.subject is not None or known.organisation_id != joined.id):
        raise Refused("already_member")
    if known is not None:
        if not asked.is_email_verified:
            raise Refused("already_member")
        known = people.person(deed.tx, known.id, lock=True)
        if known.subject is not None:  # signed in while we waited for the row
            raise Refused("already_member")
        bound = replace(known, issuer=asked.issuer, subject=asked.subject, roles=roles)
        people.change_person(deed.tx, bound)
        return bound
    return enter_person(
        deed,
        organisation_id=joined.id,
        name=asked.name,
        email=asked.email,
        language=asked.language,
        roles=roles,
        identity=(asked.issuer, asked.subject),
    )


def refuse_join(
    context: Context, actor: Actor, *, request_id: str, join_request_id: str
) -> JoinRequest:
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return people.join_request(deed.tx, deed.outcome_id)
        refused = _decided(deed, join_request_id, RequestState.REFUSED)
        done(deed, "join.refused", refused.id)
        return refused


def _decided(deed: Deed, join_request_id: str, state: RequestState) -> JoinRequest:
    asked = people.join_request(deed.tx, join_request_id, lock=True)
    if asked.state is not RequestState.WAITING:
        raise PhaseRefused("already_done")
    decided = replace(asked, state=state, decided_at=deed.at, decided_by=deed.by)
    people.change_join_request(deed.tx, decided)
    return decided


def waiting_requests(context: Context, actor: Actor) -> list[JoinRequest]:
    """Who asks to come in, for facilitators."""
    with looking(context, actor, Role.FACILITATOR) as (tx, _):
        return people.waiting_join_requests(tx)
