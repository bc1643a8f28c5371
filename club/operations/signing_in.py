"""Who is there: the register of sign-ins, asked on every run of the script and every live tick.

The browser's cookie can be copied, and lives for weeks. So every sign-in is entered here under a
key of its own, and counts only while it is neither ended nor too old, while the person is active
and their organisation not suspended. All of it is read afresh each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from club.domain.errors import PhaseRefused
from club.domain.joining import JoinRequest, require_usable
from club.domain.organisations import Actor, Organisation, Person, Role, Standing
from club.identity import claims as identity
from club.identity import client
from club.identity.addresses import local_path
from club.identity.claims import Claims, digest
from club.operations.context import Context
from club.operations.deed import Deed, begin, begin_system
from club.operations.joining import admit
from club.store import accounts, journal, people
from club.store.accounts import SignedIn, SignIn
from club.store.database import Connection

SEEN_EVERY = timedelta(minutes=1)
RETURN_LASTS = timedelta(minutes=15)


class Absence(StrEnum):
    """Why nobody is signed in."""

    SIGNED_OUT = "signed_out"
    ENDED = "ended"
    TOO_OLD = "too_old"
    SWITCHED_OFF = "switched_off"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Nobody:
    why: Absence = Absence.SIGNED_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """Somebody a provider vouches for whom the club does not know: may only ask to join."""

    issuer: str
    subject: str
    email: str
    is_email_verified: bool
    name: str
    language: str
    waiting: JoinRequest | None
    """What they asked for already, if it is not decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    actor: Actor
    person: Person
    organisation: Organisation


Visitor = Nobody | Stranger | Known


def who(
    context: Context, given: Mapping[str, object] | None, *, issuer: str | None = None
) -> Visitor:
    """Whose claims these are. `issuer` is the configured provider; without it our own.

    Writes when a sign-in is first seen, and then at most once a minute. A sign-in is too old when
    the claims' own time (`auth_time`, else `iat`) is, or its entry here.
    """
    claims = identity.read(given)
    if claims is None or claims.issuer != (issuer or client.issuer(context.settings)):
        return Nobody()
    with context.database.read() as tx:
        found = accounts.signed_in(tx, claims.key)
        at = context.clock(tx)
        if found is None and not _may_register(tx, claims, at):
            return _stranger(tx, context, claims, at)
    if found is None:
        return _first_sight(context, claims)
    visitor = _judge(context, found, claims, at)
    if isinstance(visitor, Known) and at - found[0].seen_at >= SEEN_EVERY:
        with context.database.write() as tx:
            accounts.seen(tx, claims.key, at)
    return visitor


def _judge(context: Context, found: SignedIn, claims: Claims, at: datetime) -> Visitor:
    sign_in, person, organisation = found
    if sign_in.ended_at is not None or person is None or organisation is None:
        return Nobody(Absence.ENDED)
    if _is_too_old(context, min(sign_in.signed_in_at, claims.authenticated_at), at):
        return Nobody(Absence.TOO_OLD)
    if not person.is_active:
        return Nobody(Absence.SWITCHED_OFF)
    if organisation.standing is Standing.SUSPENDED:
        return Nobody(Absence.SUSPENDED)
    actor = Actor(
        person_id=person.id,
        organisation_id=organisation.id,
        kind=organisation.kind,
        roles=person.roles,
    )
    return Known(actor=actor, person=person, organisation=organisation)


def _is_too_old(context: Context, since: datetime, at: datetime) -> bool:
    return at - since > context.settings.sign_in_lasts


def _stranger(tx: Connection, context: Context, claims: Claims, at: datetime) -> Visitor:
    if _is_too_old(context, claims.authenticated_at, at):
        return Nobody(Absence.TOO_OLD)
    return Stranger(
        issuer=claims.issuer,
        subject=claims.subject,
        email=claims.email,
        is_email_verified=claims.is_email_verified,
        name=claims.name,
        language=claims.language,
        waiting=people.join_request_of(tx, claims.issuer, claims.subject),
    )


def _may_register(tx: Connection, claims: Claims, at: datetime) -> bool:
    """Whether these claims are a person's, or would make them one."""
    if people.person_by_subject(tx, claims.issuer, claims.subject) is not None:
        return True
    if not claims.is_email_verified:
        return False
    person = people.person_by_email(tx, claims.email)
    if person is not None:
        return person.subject is None
    return accounts.invitation_for(tx, claims.email, at) is not None


def _first_sight(context: Context, claims: Claims) -> Visitor:
    """Enter the sign-in; bind the person, or admit who was invited, if this is their first."""
    with begin_system(context) as deed:
        at = deed.at
        if _is_too_old(context, claims.authenticated_at, at):
            return Nobody(Absence.TOO_OLD)
        person = _bound(deed, claims) or _admitted(deed, claims)
        # Another tab may have entered the very same claims between the two.
        person = person or people.person_by_subject(deed.tx, claims.issuer, claims.subject)
        if person is None:
            return _stranger(deed.tx, context, claims, at)
        if _was_signed_out(deed.tx, person, claims):
            return Nobody(Absence.ENDED)
        sign_in = SignIn(key=claims.key, person_id=person.id, signed_in_at=at, seen_at=at)
        accounts.register(deed.tx, sign_in)
        found = accounts.signed_in(deed.tx, claims.key)
        if found is None:
            raise LookupError("a sign-in just entered is gone")
        return _judge(context, found, claims, at)


def _was_signed_out(tx: Connection, person: Person, claims: Claims) -> bool:
    """Whether the person was signed out everywhere after these claims were proved, to the second
    that claims tell. Else a sign-in kept unseen would outlive a new password."""
    ended_at = accounts.ended_everywhere_at(tx, person.id)
    return ended_at is not None and claims.authenticated_at < ended_at.replace(microsecond=0)


def _bound(deed: Deed, claims: Claims) -> Person | None:
    """The person of this subject; or of this verified address, if no subject has it yet."""
    tx = deed.tx
    person = people.person_by_subject(tx, claims.issuer, claims.subject)
    if person is not None or not claims.is_email_verified:
        return person
    found = people.person_by_email(tx, claims.email)
    if found is None:
        return None
    person = people.person(tx, found.id, lock=True)
    if person.subject is not None:  # perhaps by these very claims, while we waited for the row
        return people.person_by_subject(tx, claims.issuer, claims.subject)
    bound = replace(person, issuer=claims.issuer, subject=claims.subject)
    people.change_person(tx, bound)
    deed.done("person.bound", person.id, chain=journal.CLUB, facts={})
    return bound


def _admitted(deed: Deed, claims: Claims) -> Person | None:
    """The person an invitation to this verified address makes of the visitor."""
    if not claims.is_email_verified or people.person_by_email(deed.tx, claims.email):
        return None
    found = accounts.invitation_for(deed.tx, claims.email, deed.at)
    invitation = people.invitation(deed.tx, found.token_hash) if found else None
    if invitation is None:
        return None
    try:
        require_usable(invitation, deed.at)
    except PhaseRefused:  # used while we waited for its row, perhaps by these very claims
        return people.person_by_subject(deed.tx, claims.issuer, claims.subject)
    return admit(
        deed,
        invitation,
        issuer=claims.issuer,
        subject=claims.subject,
        name=claims.name,
        language=claims.language,
    )


def end_sign_in(context: Context, given: Mapping[str, object] | None) -> None:
    """Sign out: these claims are never good again, on whatever device, stranger's or not."""
    claims = identity.read(given)
    if claims is None:
        return
    with context.database.write() as tx:
        at = context.clock(tx)
        over = SignIn(key=claims.key, person_id=None, signed_in_at=at, seen_at=at, ended_at=at)
        accounts.register(tx, over)
        accounts.end(tx, claims.key, at)


def end_all_sign_ins(context: Context, actor: Actor, person_id: str | None = None) -> None:
    """Sign out everywhere: oneself, or as a facilitator anybody."""
    is_own = person_id in {None, actor.person_id}
    roles = frozenset(Role) if is_own else {Role.FACILITATOR}
    with begin(context, actor, *roles) as deed:
        person = people.person(deed.tx, person_id or actor.person_id)
        accounts.end_all(deed.tx, person.id, deed.at)
        deed.done("person.signed_out", person.id, chain=journal.CLUB, facts={})


def leave_return_address(context: Context, visitor: str | None, path: str) -> None:
    """Keep where a visitor, known by an own random cookie, wants to be after signing in."""
    safe = local_path(path)
    if not visitor or safe is None:
        return
    with context.database.write() as tx:
        accounts.leave(tx, digest(visitor), safe, context.clock(tx))


def take_return_address(context: Context, visitor: str | None) -> str | None:
    """Where the visitor wanted to be, once, within a quarter of an hour."""
    if not visitor:
        return None
    with context.database.read() as tx:
        if not accounts.has_left(tx, digest(visitor)):
            return None
    with context.database.write() as tx:
        path = accounts.take(tx, digest(visitor), context.clock(tx) - RETURN_LASTS)
    return local_path(path) if path else None


def forget_expired(context: Context) -> None:
    """Delete sign-ins, codes, tokens, tries and return addresses that can no longer matter."""
    with context.database.write() as tx:
        at = context.clock(tx)
        a_day_ago = at - timedelta(days=1)
        # Twice as long: claims that old are refused by their own time, entry or not.
        before = at - 2 * context.settings.sign_in_lasts - timedelta(days=1)
        accounts.forget(tx, sign_ins_before=before, at=at, a_day_ago=a_day_ago)
