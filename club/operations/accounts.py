"""The accounts of the built-in provider, kept in the club's database."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import cache

import yaml

from club.domain.errors import InputRefused
from club.domain.joining import RESET_LASTS
from club.domain.notices import NoticeKind
from club.domain.organisations import Person
from club.domain.units import storable
from club.identity import client, lockout, passwords
from club.identity.accounts import Account, Code, Invited, Persona, Token
from club.identity.addresses import email as read_email
from club.identity.claims import digest
from club.identity.lockout import Count, Limit
from club.operations import joining, signing_in
from club.operations.context import Context
from club.operations.deed import Deed, begin_system
from club.operations.organising import done, written
from club.settings import ROOT
from club.store import accounts, people
from club.store.accounts import AccessToken, AuthorizationCode, Credential, Tries
from club.store.database import Connection


@dataclass(frozen=True, slots=True)
class ClubAccounts:
    """Keeps what `club.identity.accounts.Accounts` asks for."""

    context: Context

    def now(self) -> datetime:
        return self.context.now()

    def sign_in(self, email: str, password: str, host: str) -> Account | None:
        """Count the try first, so that many at once are no way around the wait; then compare."""
        address = storable(email).strip().lower()
        limits = _limits(address, host)
        with self.context.database.write() as tx:
            may_try = _count(tx, limits, self.context.clock(tx))
            found = accounts.credential_of(tx, address)
        stored = found.password_hash if found and may_try else None
        if not passwords.is_right(password, stored) or found is None or stored is None:
            return None
        rehashed = passwords.hashed(password) if passwords.is_outdated(stored) else None
        with self.context.database.write() as tx:
            _forgive(tx, limits, self.context.clock(tx))
            now = accounts.credential_of(tx, address, lock=True)
            if now is None or now.password_hash != stored:  # changed while we compared
                return None
            if rehashed:
                accounts.change_credential(tx, replace(now, password_hash=rehashed))
            return self._account(tx, now)

    def account(self, subject: str) -> Account | None:
        with self.context.database.read() as tx:
            found = accounts.credential(tx, subject)
            return self._account(tx, found) if found else None

    def _account(self, tx: Connection, credential: Credential) -> Account:
        person = people.person_by_email(tx, credential.email)
        return Account(
            subject=credential.subject,
            email=credential.email,
            name=person.name if person else credential.name,
            language=person.language if person else "ja",
        )

    def invitation(self, token: str) -> Invited:
        with begin_system(self.context) as deed:
            invitation = joining.usable_invitation(deed, token)
            organisation = people.organisation(deed.tx, invitation.organisation_id)
        return Invited(
            email=invitation.email,
            organisation_ja=organisation.name_ja,
            organisation_en=organisation.name_en,
            expires_at=invitation.expires_at,
        )

    def accept_invitation(self, token: str, *, name: str, password: str, language: str) -> None:
        invited = self.invitation(token)
        own_name = written(name, "name")
        passwords.check(password, email=invited.email)
        password_hash = passwords.hashed(password)
        with begin_system(self.context) as deed:
            invitation = joining.usable_invitation(deed, token)
            opened = _open(deed, invitation.email, own_name)
            accounts.change_credential(
                deed.tx, replace(opened, password_hash=password_hash, changed_at=deed.at)
            )
            joining.admit(
                deed,
                invitation,
                issuer=client.issuer(self.context.settings),
                subject=opened.subject,
                name=own_name,
                language=language,
            )

    def send_reset(self, email: str, host: str) -> None:
        try:
            address = read_email(email)
        except InputRefused:
            return
        limits = [(digest(f"reset|{key}"), lockout.RESETS) for key in (address, host)]
        with begin_system(self.context) as deed:
            person = people.person_by_email(deed.tx, address)
            if not _count(deed.tx, limits, deed.at) or person is None or not self._is_ours(person):
                return
            link = reset_link(deed, person, RESET_LASTS)
            deed.tell(
                person,
                NoticeKind.PASSWORD_RESET,
                link=link,
                expires_at=(deed.at + RESET_LASTS).isoformat(),
            )
            done(deed, "password.reset_sent", person.id)

    def _is_ours(self, person: Person) -> bool:
        """Whether an account here is of use to them: active, and not signing in elsewhere."""
        return person.is_active and person.issuer in {None, client.issuer(self.context.settings)}

    def may_reset(self, token: str) -> bool:
        with self.context.database.read() as tx:
            return _resettable(tx, token, self.context.clock(tx)) is not None

    def reset(self, token: str, password: str) -> bool:
        """Set the password, end every sign-in that used the old one, and let tries begin anew."""
        with self.context.database.read() as tx:
            found = _resettable(tx, token, self.context.clock(tx))
        if found is None:
            return False
        passwords.check(password, email=found.email)
        password_hash = passwords.hashed(password)
        with begin_system(self.context) as deed:
            found = _resettable(deed.tx, token, deed.at, lock=True)
            if found is None:
                return False
            changed = replace(
                found,
                password_hash=password_hash,
                reset_hash=None,
                reset_expires_at=None,
                changed_at=deed.at,
            )
            accounts.change_credential(deed.tx, changed)
            accounts.clear_tries(deed.tx, _address_key(found.email))
            person = people.person_by_email(deed.tx, found.email)
            if person is not None:
                accounts.end_all(deed.tx, person.id, deed.at)
                done(deed, "password.reset", person.id)
            return True

    def keep_code(self, code: Code) -> None:
        with self.context.database.write() as tx:
            accounts.add_code(tx, AuthorizationCode(**asdict(code)))

    def take_code(self, code_hash: str) -> Code | None:
        with self.context.database.write() as tx:
            kept = accounts.take_code(tx, code_hash)
        return Code(**asdict(kept)) if kept else None

    def keep_token(self, token: Token) -> None:
        with self.context.database.write() as tx:
            accounts.add_token(tx, AccessToken(**asdict(token)))

    def token(self, token_hash: str) -> Token | None:
        with self.context.database.read() as tx:
            kept = accounts.token(tx, token_hash)
        return Token(**asdict(kept)) if kept else None

    def end_sign_in(self, claims: dict[str, object]) -> None:
        signing_in.end_sign_in(self.context, claims)

    def demo_personas(self) -> list[Persona]:
        if not self.context.settings.is_demo:
            return []
        proposed = _proposed()
        with self.context.database.read() as tx:
            found = [
                Persona(
                    name=person.name,
                    organisation_ja=organisation.name_ja,
                    organisation_en=organisation.name_en,
                    email=person.email,
                    shows=proposed.get(person.email),
                )
                for organisation in people.all_organisations(tx)
                if organisation.is_invented
                for person in people.people_of(tx, organisation.id)
                if self._is_ours(person)
            ]
        order = list(proposed)
        return sorted(found, key=lambda p: order.index(p.email) if p.shows else len(order))

    def sign_in_as(self, email: str) -> Account | None:
        shown = {persona.email: persona for persona in self.demo_personas()}
        if email not in shown:
            return None
        with begin_system(self.context) as deed:
            return self._account(deed.tx, _open(deed, email, shown[email].name))


@cache
def _proposed() -> dict[str, str]:
    """Whom the demo's file proposes, in its order, and what each can show."""
    page = yaml.safe_load((ROOT / "data" / "demo" / "club.yaml").read_text("utf-8"))
    return {str(persona["email"]): str(persona["role"]) for persona in page["personas"]}


def _open(deed: Deed, email: str, name: str) -> Credential:
    """The account of an address, made without a password if there is none."""
    found = accounts.credential_of(deed.tx, email, lock=True)
    if found is not None:
        return found
    opened = Credential(subject=deed.context.new_id(), email=email, name=name, changed_at=deed.at)
    accounts.add_credential(deed.tx, opened)
    return opened


def reset_link(deed: Deed, person: Person, lasts: timedelta) -> str:
    """A link that sets the person's password once; an older link is good no more."""
    opened = _open(deed, person.email, person.name)
    token = deed.context.random_bytes(32).hex()
    accounts.change_credential(
        deed.tx,
        replace(opened, reset_hash=digest(token), reset_expires_at=deed.at + lasts),
    )
    return client.link(deed.context.settings, "reset", token)


def _resettable(
    tx: Connection, token: str, at: datetime, *, lock: bool = False
) -> Credential | None:
    found = accounts.credential_by_reset(tx, digest(token), lock=lock)
    if found is None or found.reset_expires_at is None or at > found.reset_expires_at:
        return None
    return found


def _address_key(address: str) -> str:
    return digest(f"address|{address}")


def _limits(address: str, host: str) -> list[tuple[str, Limit]]:
    return [
        (_address_key(address), lockout.BY_ADDRESS),
        (digest(f"host|{host}"), lockout.BY_HOST),
    ]


def _count(tx: Connection, limits: list[tuple[str, Limit]], at: datetime) -> bool:
    """Count one try under every key, unless one of them must wait; then count none."""
    before = _locked(tx, limits, at)
    if any(lockout.must_wait(_counted(row), at) for row, _ in before):
        return False
    for row, limit in before:
        _keep_count(tx, row.key, lockout.one_more(_counted(row), at, limit))
    return True


def _forgive(tx: Connection, limits: list[tuple[str, Limit]], at: datetime) -> None:
    """Take a right try back: the address begins anew, the host has one try less."""
    for row, limit in _locked(tx, limits, at):
        if limit is lockout.BY_ADDRESS:
            accounts.clear_tries(tx, row.key)
        else:
            _keep_count(tx, row.key, lockout.one_less(_counted(row), limit))


def _locked(
    tx: Connection, limits: list[tuple[str, Limit]], at: datetime
) -> list[tuple[Tries, Limit]]:
    # In the order of the keys, so that two who try at once never wait for each other.
    ordered = sorted(limits, key=lambda pair: pair[0])
    return [(accounts.lock_tries(tx, key, at), limit) for key, limit in ordered]


def _counted(row: Tries) -> Count:
    return Count(failures=row.failures, last_at=row.last_at, locked_until=row.locked_until)


def _keep_count(tx: Connection, key: str, count: Count) -> None:
    accounts.change_tries(
        tx,
        Tries(
            key=key,
            failures=count.failures,
            last_at=count.last_at,
            locked_until=count.locked_until,
        ),
    )
