"""A round's private key in the hands of several people: any k of n open it, fewer nothing.

Each opener has an X25519 key pair of their own, locked by a passphrase. The round's private key
is split into shares, each sealed to its opener, and forgotten. Every key, nonce and random byte
is handed in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from Crypto.Protocol.SecretSharing import Shamir
from nacl.bindings import crypto_scalarmult_base
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from auctions.sealing import KEY_BYTES, CommitmentMismatch, KeyPair, SealingError, seal, unseal

SALT_BYTES: int = argon2id.SALTBYTES
NONCE_BYTES: int = SecretBox.NONCE_SIZE
SHARE_TAG = b"tomoe/share/1\0"
MOST_OPENERS = 255
_HALF = 16
"""Bytes of an element of GF(2^128), in which pycryptodome shares."""


class WrongPassphrase(SealingError):
    """The passphrase does not unlock the key, or the locked key was altered."""


class TooFewShares(SealingError):
    """Fewer shares than are needed, or the same one twice."""


class WrongShares(SealingError):
    """The shares give another key than the round's."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one guess at a passphrase costs: argon2id's passes over so much memory, one lane."""

    passes: int
    memory_kib: int


WORK = Work(passes=3, memory_kib=262_144)
"""libsodium's "moderate": RFC 9106's three passes, over 256 MiB where it asks for 64 at least."""


@dataclass(frozen=True, slots=True)
class LockedKey:
    """An opener's key pair as it may be stored: the private half only under the passphrase."""

    public_key: bytes
    locked: bytes
    salt: bytes
    nonce: bytes
    work: Work


@dataclass(frozen=True, slots=True)
class Share:
    """One point of the polynomials behind a split key; `place` counts the openers from 1."""

    place: int
    value: bytes


@dataclass(frozen=True, slots=True)
class SealedShare:
    """A share only its opener can read, and the hash that tells a true share from a false one."""

    place: int
    ciphertext: bytes
    commitment: bytes


def normal(passphrase: str) -> str:
    """One form of a passphrase, whichever keyboard, input method or spaces it was typed with."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def lock_key(
    pair: KeyPair, passphrase: str, *, salt: bytes, nonce: bytes, work: Work = WORK
) -> LockedKey:
    """Encrypt a private key under argon2id of the passphrase; use each salt once."""
    box = SecretBox(_stretched(passphrase, salt, work))
    locked = box.encrypt(pair.private, nonce).ciphertext
    return LockedKey(pair.public, locked, salt, nonce, work)


def unlock_key(key: LockedKey, passphrase: str) -> bytes:
    """Return the private key, or raise WrongPassphrase."""
    try:
        box = SecretBox(_stretched(passphrase, key.salt, key.work))
        return box.decrypt(key.locked, key.nonce)
    except CryptoError as error:
        raise WrongPassphrase from error


def split_key(private_key: bytes, *, needed: int, openers: int, chance: bytes) -> list[Share]:
    """Split a key so that any `needed` of the shares give it back, and fewer say nothing of it.

    Shamir's scheme over GF(2^128), on each half of the key by itself: the polynomial of degree
    `needed` - 1 that is the half at 0 and the random bytes at 1, 2, … `needed` - 1. Those values
    are uniform and independent for each half, so every key is equally likely behind fewer than
    `needed` shares, whatever the other half is. `chance` is (`needed` - 1) x 32 random bytes.
    """
    if not 1 <= needed <= openers <= MOST_OPENERS:
        raise ValueError(f"no split {needed} of {openers}")
    if len(private_key) != KEY_BYTES or len(chance) != (needed - 1) * KEY_BYTES:
        raise ValueError("a key is 32 bytes, and so is the chance for each share but one")
    drawn = [chance[at : at + KEY_BYTES] for at in range(0, len(chance), KEY_BYTES)]
    points = list(enumerate([private_key, *drawn]))
    return [Share(place, _value_at(place, points)) for place in range(1, openers + 1)]


def join_key(shares: Sequence[Share], *, needed: int, public_key: bytes) -> bytes:
    """Return the private key behind a public one from any `needed` shares.

    Of more, those of the lowest places are used. Raises TooFewShares or WrongShares.
    """
    if len({share.place for share in shares}) != len(shares) or len(shares) < needed:
        raise TooFewShares
    used = sorted(shares, key=lambda share: share.place)[:needed]
    private_key = _value_at(0, [(share.place, share.value) for share in used])
    if crypto_scalarmult_base(private_key) != public_key:
        raise WrongShares
    return private_key


def seal_share(
    opener_key: bytes, round_key: bytes, share: Share, ephemeral_seed: bytes | None = None
) -> SealedShare:
    """Seal a share to its opener; both keys are public ones."""
    ciphertext = seal(opener_key, share.value, ephemeral_seed)
    return SealedShare(share.place, ciphertext, share_commitment(round_key, share))


def open_share(private_key: bytes, round_key: bytes, sealed: SealedShare) -> Share:
    """Return the share; raise Unreadable, or CommitmentMismatch where it is not the one sealed."""
    share = Share(sealed.place, unseal(private_key, sealed.ciphertext))
    if share_commitment(round_key, share) != sealed.commitment:
        raise CommitmentMismatch
    return share


def share_commitment(round_key: bytes, share: Share) -> bytes:
    """Hash that says which share was dealt and, a share being 32 uniform bytes, nothing else."""
    return sha256(SHARE_TAG + round_key + share.place.to_bytes(2) + share.value).digest()


def _stretched(passphrase: str, salt: bytes, work: Work) -> bytes:
    secret = normal(passphrase).encode()
    return argon2id.kdf(
        SecretBox.KEY_SIZE, secret, salt, opslimit=work.passes, memlimit=work.memory_kib * 1024
    )


def _value_at(place: int, points: Sequence[tuple[int, bytes]]) -> bytes:
    """The polynomials through the points, at a place.

    pycryptodome interpolates at 0 only. Addition in GF(2^128) is exclusive or, so moving every
    point by the place moves the place to 0.
    """
    known = dict(points).get(place)
    if known is not None:
        return known
    halves = (slice(None, _HALF), slice(_HALF, None))
    return b"".join(
        Shamir.combine([(x ^ place, value[half]) for x, value in points]) for half in halves
    )
