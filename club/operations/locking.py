"""An opener's passphrase: set before bidding opens, kept by nobody but its owner."""

from __future__ import annotations

from auctions import sealing
from auctions.openers import NONCE_BYTES, SALT_BYTES, LockedKey, normal
from auctions.sealing import KEY_BYTES
from club.domain.errors import InputRefused, NotFound, PhaseRefused
from club.domain.openers import OpenerKey
from club.domain.organisations import Actor, Role
from club.domain.rounds import Phase
from club.identity import passphrases
from club.operations import naming
from club.operations.context import Context
from club.operations.deed import Deed, begin, looking
from club.store import openers, people, rounds
from club.store.database import Connection


def set_passphrase(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    passphrase: str,
    again: str,
) -> None:
    """Lock a key pair of the opener's own, in place of one set before, until bidding opens.

    The passphrase itself is kept nowhere, and what it locks cannot be had without it. Raises
    where it is too easily guessed, or the two are not the same.
    """
    with looking(context, actor) as (tx, fresh):
        _require_setting(tx, fresh, round_id)
        known = _known(context, tx, fresh, round_id)
    passphrases.check(passphrase, known=known)
    if normal(passphrase) != normal(again):
        raise InputRefused("passphrases_differ", field="again")
    # Outside any transaction: it takes as long as a guess is to take.
    locked = _lock(context, passphrase)
    with begin(context, actor, *Role, request_id=request_id) as deed:
        if deed.outcome_id is None:
            _set(deed, round_id, locked)


def suggest_passphrase(context: Context, actor: Actor, round_id: str) -> str:
    """A passphrase by chance that this opener may set; it is kept nowhere."""
    with looking(context, actor) as (tx, fresh):
        _require_setting(tx, fresh, round_id)
        known = _known(context, tx, fresh, round_id)
    while True:
        found = passphrases.suggestion(context.random_bytes(passphrases.SUGGESTED_BYTES))
        if passphrases.counted(found, known) >= passphrases.NEEDED:
            return found


def _lock(context: Context, passphrase: str) -> LockedKey:
    chance = context.random_bytes
    return passphrases.lock(
        sealing.round_keys(chance(KEY_BYTES)),
        passphrase,
        salt=chance(SALT_BYTES),
        nonce=chance(NONCE_BYTES),
        work=context.passphrase_work,
    )


def _set(deed: Deed, round_id: str, locked: LockedKey) -> None:
    round_ = rounds.lock(deed.tx, round_id)
    assert deed.actor is not None  # noqa: S101 - `begin` lets nobody else in
    _require_setting(deed.tx, deed.actor, round_id)
    key = OpenerKey(
        round_id=round_id,
        person_id=deed.by,
        public_key=locked.public_key,
        locked=locked.locked,
        salt=locked.salt,
        nonce=locked.nonce,
        passes=locked.work.passes,
        memory_kib=locked.work.memory_kib,
        set_at=deed.at,
    )
    openers.set_key(deed.tx, key)
    naming.wake(deed.tx, round_)
    facts: dict[str, object] = {"public_key": locked.public_key.hex()}
    deed.done("passphrase.set", deed.by, chain=round_id, facts=facts)


def _require_setting(tx: Connection, actor: Actor, round_id: str) -> None:
    """An opener of the round, until the key is dealt; for others there is nothing here."""
    round_ = rounds.get(tx, round_id)
    named = {opener.person_id for opener in openers.of_round(tx, round_id)}
    if actor.person_id not in named or round_.phase is Phase.DRAFT:
        raise NotFound
    if round_.phase is not Phase.PLEDGING:
        raise PhaseRefused("passphrase_fixed")


def _known(context: Context, tx: Connection, actor: Actor, round_id: str) -> list[str]:
    """What anybody would try first as this person's passphrase."""
    person = people.person(tx, actor.person_id)
    things = (people.organisation(tx, actor.organisation_id), rounds.get(tx, round_id))
    names = [name for thing in things for name in (thing.name_ja, thing.name_en)]
    club = (context.settings.club_name_ja, context.settings.club_name_en)
    return [person.name, person.email, person.email.partition("@")[0], *names, *club]
