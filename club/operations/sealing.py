"""A round's secrets: how they are made, and what opens its envelopes when their time has come.

Where the server opens, the round's key lies in the keyring from the day the round is opened.
Where openers do, it is made as bidding opens, dealt out in shares, and forgotten: it is never
written anywhere, and once this process has let go of it, only enough openers bring it back.
"""

from __future__ import annotations

from auctions import openers as sharing
from auctions import sealing
from auctions.openers import Share
from auctions.sealing import KEY_BYTES, KeyPair
from club.domain.openers import DealtShare, has_openers
from club.domain.rounds import Round
from club.operations.context import Context
from club.operations.deed import Deed
from club.store import openers, rounds
from club.store.database import Connection
from club.store.rounds import RoundKey

GIVEN_KEY = "openings"
"""Under which name the keyring holds what the openers' shares are sealed to once given."""


def round_key_name(round_id: str) -> str:
    """Under which name the keyring holds what opens the round's envelopes."""
    return f"round-{round_id}"


def round_secret_name(round_id: str) -> str:
    """Under which name the keyring holds the secret behind the round's draws."""
    return f"round-secret-{round_id}"


def make_key(deed: Deed, round_id: str) -> dict[str, object]:
    """Make a round's secrets for the server to keep; what the audit chain says of them."""
    pair = sealing.round_keys(deed.context.keys.secret(round_key_name(round_id)))
    return _publish(deed, round_id, pair)


def deal_key(deed: Deed, round_: Round) -> dict[str, object]:
    """Make a round's key, deal it to its openers and forget it; what the audit chain says of it.

    Each opener must have set a passphrase.
    """
    chance, needed = deed.context.random_bytes, round_.auction.openers_needed or 0
    locked = openers.keys(deed.tx, round_.id)
    named = openers.of_round(deed.tx, round_.id)
    pair = sealing.round_keys(chance(KEY_BYTES))
    shares = sharing.split_key(
        pair.private,
        needed=needed,
        openers=len(named),
        chance=chance((needed - 1) * KEY_BYTES),
    )
    dealt = []
    for opener, share in zip(named, shares, strict=True):
        opener_key = locked[opener.person_id].public_key
        sealed = sharing.seal_share(opener_key, pair.public, share, chance(KEY_BYTES))
        dealt.append({"opener": opener.person_id, "commitment": sealed.commitment.hex()})
        openers.deal(
            deed.tx,
            DealtShare(
                round_id=round_.id,
                person_id=opener.person_id,
                place=share.place,
                commitment=sealed.commitment.hex(),
                ciphertext=sealed.ciphertext,
                dealt_at=deed.at,
            ),
        )
    return _publish(deed, round_.id, pair) | {"openers_needed": needed, "shares": dealt}


def given_pair(context: Context) -> KeyPair:
    """The club's own key for shares that were given, made on first use."""
    return sealing.round_keys(context.keys.secret(GIVEN_KEY))


def private_key(context: Context, tx: Connection, round_: Round) -> bytes:
    """What opens the round's envelopes: from the keyring, or from the shares that were given.

    Raises LookupError where this host holds other secrets than the round's, or none.
    """
    key = rounds.key(tx, round_.id)
    if key is None:
        raise LookupError(f"round {round_.id} has no key")
    if has_openers(round_):
        return _joined(context, tx, round_, key)
    pair = sealing.round_keys(kept_secret(context, round_key_name(round_.id)))
    if pair.public != key.public_key:
        raise LookupError(f"the keyring holds another key than that of round {round_.id}")
    return pair.private


def holds_secrets(context: Context, tx: Connection, round_: Round) -> bool:
    """Whether this host's keyring has what opening the round takes from it, if anything yet."""
    if rounds.key(tx, round_.id) is None:
        return True
    if has_openers(round_):
        is_kept = any(share.given for share in openers.shares(tx, round_.id).values())
        return not is_kept or context.keys.find(GIVEN_KEY) is not None
    return context.keys.find(round_key_name(round_.id)) is not None


def kept_secret(context: Context, name: str) -> bytes:
    """A secret that the keyring of this host must have."""
    secret = context.keys.find(name)
    if secret is None:
        raise LookupError(f"the keyring of this host has no {name}")
    return secret


def _joined(context: Context, tx: Connection, round_: Round, key: RoundKey) -> bytes:
    pair = sealing.round_keys(kept_secret(context, GIVEN_KEY))
    shares = [
        Share(share.place, sealing.unseal(pair.private, share.given))
        for share in openers.shares(tx, round_.id).values()
        if share.given is not None
    ]
    needed = round_.auction.openers_needed or 0
    return sharing.join_key(shares, needed=needed, public_key=key.public_key)


def _publish(deed: Deed, round_id: str, pair: KeyPair) -> dict[str, object]:
    secret = deed.context.keys.secret(round_secret_name(round_id))
    key = RoundKey(
        round_id=round_id,
        public_key=pair.public,
        secret_hash=sealing.secret_hash(secret).hex(),
        made_at=deed.at,
    )
    rounds.add_key(deed.tx, key)
    return {"public_key": key.public_key.hex(), "secret_hash": key.secret_hash}
