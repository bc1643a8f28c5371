"""How people come in by a link, and how their organisation accepts the club's terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from club.domain import terms
from club.domain.errors import InputRefused, PhaseRefused, Refused, StandingRefused
from club.domain.joining import INVITATION_LASTS, Invitation, require_usable
from club.domain.notices import Notice, NoticeKind
from club.domain.organisations import Actor, Organisation, Person, Role, Standing
from club.i18n import Speech, choose
from club.identity import client
from club.identity.addresses import email as read_email
from club.identity.claims import digest
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.organising import LONGEST_NAME, done, enter_person, permitted
from club.settings import ROOT
from club.store import journal, people

TERMS_FOLDER = ROOT / "data" / "terms"
SPEAKS_FOR_ITS_ORGANISATION = (Role.BUYER, Role.APPROVER, Role.SELLER, Role.FACILITATOR)


def invite(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    organisation_id: str,
    email: str,
    roles: Iterable[Role],
    language: str = "ja",
) -> Invitation:
    """Send a link to one address; whoever opens it becomes a person of the organisation."""
    address = read_email(email)
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return _invitation(deed, deed.outcome_id)
        organisation = people.organisation(deed.tx, organisation_id)
        if organisation.standing is not Standing.APPROVED:
            raise StandingRefused("organisation_not_approved")
        if people.person_by_email(deed.tx, address) is not None:
            raise Refused("already_member")
        token = context.random_bytes(32).hex()
        invitation = Invitation(
            token_hash=digest(token),
            organisation_id=organisation.id,
            email=address,
            roles=permitted(organisation.kind, roles),
            invited_at=deed.at,
            invited_by=deed.by,
            expires_at=deed.at + INVITATION_LASTS,
        )
        people.add_invitation(deed.tx, invitation)
        _send_link(deed, invitation, organisation, token=token, language=choose(language))
        done(deed, "person.invited", invitation.token_hash, organisation_id=organisation.id)
        return invitation


def _send_link(
    deed: Deed, invitation: Invitation, organisation: Organisation, *, token: str, language: str
) -> None:
    notice = Notice(
        id=deed.context.new_id(),
        kind=NoticeKind.INVITED,
        address=invitation.email,
        person_id=None,
        language=language,
        facts={
            "organisation": Speech(language).name(organisation),
            "link": _way_in(deed, token),
            "expires_at": invitation.expires_at.isoformat(),
        },
        queued_at=deed.at,
    )
    journal.queue(deed.tx, notice)


def _way_in(deed: Deed, token: str) -> str:
    """With a provider of the club's own, one comes in by the front door: the verified address
    says who it is. Else the link makes an account at the built-in one."""
    settings = deed.context.settings
    if settings.provider is not None:
        return f"{settings.base_url}/"
    return client.link(settings, "invitation", token)


def _invitation(deed: Deed, token_hash: str) -> Invitation:
    invitation = people.invitation(deed.tx, token_hash)
    if invitation is None:
        raise PhaseRefused("invitation_unknown")
    return invitation


def usable_invitation(deed: Deed, token: str) -> Invitation:
    """The invitation a link stands for, locked; raises when unknown, used, expired or moot."""
    invitation = _invitation(deed, digest(token))
    require_usable(invitation, deed.at)
    if people.person_by_email(deed.tx, invitation.email) is not None:
        raise Refused("already_member")
    return invitation


def admit(
    deed: Deed, invitation: Invitation, *, issuer: str, subject: str, name: str, language: str
) -> Person:
    """Make the invited a person of the organisation; the invitation is used up."""
    person = enter_person(
        deed,
        organisation_id=invitation.organisation_id,
        name=(name or invitation.email)[:LONGEST_NAME],
        email=invitation.email,
        language=language,
        roles=invitation.roles,
        identity=(issuer, subject),
    )
    used = replace(invitation, used_at=deed.at, used_by=person.id)
    people.change_invitation(deed.tx, used)
    done(deed, "person.admitted", person.id, organisation_id=person.organisation_id)
    return person


def accept_terms(context: Context, actor: Actor, *, request_id: str, version: str) -> None:
    """Accept the participation terms in force for one's organisation; twice is once."""
    roles = SPEAKS_FOR_ITS_ORGANISATION
    with begin(context, actor, *roles, request_id=request_id) as deed:
        own = deed.actor or actor
        people.organisation(deed.tx, own.organisation_id, lock=True)
        if version != terms.in_force(deed.at.date()).version:
            raise InputRefused("unknown_choice", field="version")
        if people.has_accepted(deed.tx, own.organisation_id, version):
            return
        people.accept(deed.tx, own.organisation_id, version, at=deed.at, by=deed.by)
        done(deed, "terms.accepted", own.organisation_id, version=version)


def terms_text(version: str, language: str) -> str:
    """The participation terms of a version, as Markdown."""
    if version not in {known.version for known in terms.VERSIONS}:
        raise InputRefused("unknown_choice", field="version")
    return (TERMS_FOLDER / f"{version}.{choose(language)}.md").read_text("utf-8")
