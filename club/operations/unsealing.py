"""The opening ceremony: after the deadline openers give their passphrases, one by one.

What an opener gives is their share, not the passphrase: it is unlocked in this process, proved
against what was dealt, and kept sealed to the club's own key until enough have come, so that a
restart loses nothing. Whoever holds database and disk by then has what was given, and needs the
passphrases that are still missing, exactly as the club does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from auctions import openers as sharing
from auctions import sealing
from auctions.openers import LockedKey, SealedShare, Share, Work, WrongPassphrase
from auctions.sealing import KEY_BYTES, SealingError
from club.domain import openers as rules
from club.domain.errors import InputRefused, NotFound, PhaseRefused, TermsRefused
from club.domain.openers import DealtShare, OpenerKey, Opening
from club.domain.organisations import Actor, Role, Standing
from club.domain.rounds import Phase, Round
from club.identity import passphrases
from club.operations.context import Context
from club.operations.deed import Deed, begin, looking
from club.operations.sealing import given_pair, private_key
from club.store import journal, offers, openers, people, rounds
from club.store.database import Connection


def give_passphrase(
    context: Context, actor: Actor, *, request_id: str, round_id: str, passphrase: str
) -> Opening:
    """Give an opener's share; with the last one that is needed, the clock opens the envelopes.

    Raises before the deadline without looking at the passphrase, and where it is wrong: that is
    entered in the audit chain, and can be tried again.
    """
    with looking(context, actor) as (tx, fresh):
        if journal.outcome_of(tx, fresh.person_id, request_id) is not None:
            return openers.opening(tx, round_id)
        share = _owed(tx, fresh, round_id, context.clock(tx))
        locked = openers.keys(tx, round_id)[fresh.person_id]
        round_key = rounds.key(tx, round_id)
    assert round_key is not None  # noqa: S101 - a share was dealt of it
    try:
        # Outside any transaction: it takes as long as a guess is to take.
        given = _unlock(locked, share, round_key.public_key, passphrase)
    except WrongPassphrase:
        _refused(context, actor, round_id)
        raise InputRefused("passphrase_wrong", field="passphrase") from None
    except SealingError:
        raise TermsRefused("share_damaged") from None
    with begin(context, actor, *Role, request_id=request_id) as deed:
        if deed.outcome_id is None:
            _give(deed, round_id, given)
        return openers.opening(deed.tx, round_id)


def _owed(tx: Connection, actor: Actor, round_id: str, at: datetime) -> DealtShare:
    """The share this opener may give now."""
    round_ = rounds.get(tx, round_id)
    named = {opener.person_id for opener in openers.of_round(tx, round_id)}
    if actor.person_id not in named or round_.phase is Phase.DRAFT:
        raise NotFound
    if round_.phase in {Phase.PLEDGING, Phase.BIDDING}:
        raise PhaseRefused("opening_not_begun", opens_at=round_.bidding_closes_at)
    opening = openers.opening(tx, round_id)
    if round_.phase is not Phase.CLEARING or opening.waits_until is None:
        raise PhaseRefused("opening_over")
    if at > opening.waits_until:
        raise PhaseRefused("opening_late", closed_at=opening.waits_until, now_at=at)
    share = openers.shares(tx, round_id)[actor.person_id]
    if share.given_at is not None:
        raise PhaseRefused("share_given")
    return share


def _unlock(key: OpenerKey, dealt: DealtShare, round_key: bytes, passphrase: str) -> Share:
    locked = LockedKey(
        public_key=key.public_key,
        locked=key.locked,
        salt=key.salt,
        nonce=key.nonce,
        work=Work(key.passes, key.memory_kib),
    )
    private_key = passphrases.unlock(locked, passphrase)
    sealed = SealedShare(dealt.place, dealt.ciphertext or b"", bytes.fromhex(dealt.commitment))
    return sharing.open_share(private_key, round_key, sealed)


def _give(deed: Deed, round_id: str, given: Share) -> None:
    round_ = rounds.lock(deed.tx, round_id)
    assert deed.actor is not None  # noqa: S101 - `begin` lets nobody else in
    share = _owed(deed.tx, deed.actor, round_id, deed.at)
    pair = given_pair(deed.context)
    sealed = sealing.seal(pair.public, given.value, deed.context.random_bytes(KEY_BYTES))
    openers.change_share(deed.tx, replace(share, given=sealed, given_at=deed.at))
    needed = round_.auction.openers_needed or 0
    shares = openers.shares(deed.tx, round_id).values()
    facts: dict[str, object] = {"given": rules.given(shares), "needed": needed}
    deed.done("share.given", deed.by, chain=round_id, facts=facts)
    if rules.given(shares) >= needed:
        _open(deed, round_)


def _open(deed: Deed, round_: Round) -> None:
    """Enough have come: nobody is waited for any more, and who is suspended by now stays out."""
    private_key(deed.context, deed.tx, round_)
    excluded = _suspended(deed.tx, round_.id)
    opening = Opening(round_id=round_.id, opened_at=deed.at, excluded=excluded)
    openers.change_opening(deed.tx, opening)
    facts: dict[str, object] = {"id": round_.id, "excluded": sorted(excluded)}
    journal.record(deed.tx, round_.id, "round.unsealed", facts, at=deed.at, by=deed.by)


def _suspended(tx: Connection, round_id: str) -> frozenset[str]:
    """Suppliers whose envelopes stand and who are not approved at this instant."""
    suppliers = {envelope.supplier_id for envelope in offers.standing(tx, round_id)}
    return frozenset(
        id for id in suppliers if people.organisation(tx, id).standing is not Standing.APPROVED
    )


def _refused(context: Context, actor: Actor, round_id: str) -> None:
    with begin(context, actor, *Role) as deed:
        deed.done("passphrase.refused", deed.by, chain=round_id, facts={})
