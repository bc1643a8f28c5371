"""Envelopes nobody can read before the opening, and receipts nobody can deny.

Every key and nonce is handed in. The one random byte made here is the sealed
box's own, and only where the caller passes no ephemeral seed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import Any

from nacl.bindings import (
    crypto_box_easy,
    crypto_box_NONCEBYTES,
    crypto_box_seal,
    crypto_box_seal_open,
    crypto_box_seed_keypair,
    crypto_scalarmult_base,
)
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.signing import SigningKey, VerifyKey

from auctions.canonical import canonical_bytes

OFFER_TAG = b"tomoe/offer/1\0"
RECEIPT_TAG = b"tomoe/receipt/1\0"
SECRET_TAG = b"tomoe/round-secret/1\0"
KEY_BYTES = 32

Facts = Mapping[str, Any]


class SealingError(Exception):
    """Base of what can be wrong with an envelope or a receipt.

    * SealingError
      + Unreadable: not sealed to this key, or altered since
      + CommitmentMismatch: the opened offer is not the one committed to
      + BadReceipt: the signature does not fit the facts and the key
      + WrongLength: a key, nonce or seed is not 32 bytes
    """


class Unreadable(SealingError):
    pass


class CommitmentMismatch(SealingError):
    pass


class BadReceipt(SealingError):
    pass


class WrongLength(SealingError):
    pass


@dataclass(frozen=True, slots=True)
class KeyPair:
    public: bytes
    private: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed offer, and the commitment that binds its supplier to what is inside."""

    ciphertext: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """Signed facts, with the key that verifies them, so that a later key change loses nothing."""

    facts: Facts
    signature: bytes
    verify_key: bytes


def canonical(facts: Facts) -> bytes:
    """Write facts as RFC 8785 JSON: equal facts are equal bytes."""
    return canonical_bytes(facts)


def round_keys(seed: bytes) -> KeyPair:
    """Derive a round's X25519 keys from 32 random bytes."""
    public, private = crypto_box_seed_keypair(_whole(seed))
    return KeyPair(public, private)


def seal(public_key: bytes, plaintext: bytes, ephemeral_seed: bytes | None = None) -> bytes:
    """Encrypt to a public key, as libsodium's sealed box does.

    With an ephemeral seed the same plaintext gives the same bytes; use each seed once.
    """
    if ephemeral_seed is None:
        return crypto_box_seal(plaintext, _whole(public_key))
    ephemeral, private = crypto_box_seed_keypair(_whole(ephemeral_seed))
    nonce = blake2b(ephemeral + public_key, digest_size=crypto_box_NONCEBYTES).digest()
    return ephemeral + crypto_box_easy(plaintext, nonce, _whole(public_key), private)


def unseal(private_key: bytes, ciphertext: bytes) -> bytes:
    """Open a sealed box, or raise Unreadable."""
    try:
        public_key = crypto_scalarmult_base(_whole(private_key))
        return crypto_box_seal_open(ciphertext, public_key, private_key)
    except CryptoError as error:
        raise Unreadable from error


def commitment(facts: Facts, nonce: bytes) -> bytes:
    """Bind a supplier to an offer without showing it."""
    return sha256(OFFER_TAG + _whole(nonce) + canonical(facts)).digest()


def seal_offer(
    public_key: bytes, facts: Facts, nonce: bytes, ephemeral_seed: bytes | None = None
) -> Envelope:
    """Seal an offer together with the nonce that its commitment needs."""
    plaintext = canonical({"nonce": nonce.hex(), "offer": dict(facts)})
    return Envelope(seal(public_key, plaintext, ephemeral_seed), commitment(facts, nonce))


def open_offer(private_key: bytes, envelope: Envelope) -> tuple[dict[str, Any], bytes]:
    """Return the offer and its nonce; raise Unreadable or CommitmentMismatch."""
    plaintext = unseal(private_key, envelope.ciphertext)
    try:
        opened = json.loads(plaintext)
        facts, nonce = dict(opened["offer"]), bytes.fromhex(opened["nonce"])
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable from error
    check_commitment(facts, nonce, envelope.commitment)
    return facts, nonce


def check_commitment(facts: Facts, nonce: bytes, committed: bytes) -> None:
    """Raise CommitmentMismatch unless the offer is the one committed to."""
    if commitment(facts, nonce) != committed:
        raise CommitmentMismatch


def verify_key_of(signing_key: bytes) -> bytes:
    """Return the public half of an Ed25519 signing key."""
    return bytes(SigningKey(_whole(signing_key)).verify_key)


def sign(signing_key: bytes, facts: Facts) -> Receipt:
    """Sign facts; equal facts and key give an equal receipt."""
    key = SigningKey(_whole(signing_key))
    signature = key.sign(RECEIPT_TAG + canonical(facts)).signature
    return Receipt(dict(facts), signature, bytes(key.verify_key))


def verify_receipt(receipt: Receipt, verify_key: bytes | None = None) -> None:
    """Raise BadReceipt unless the signature holds, by the key expected where one is given."""
    if verify_key is not None and verify_key != receipt.verify_key:
        raise BadReceipt
    try:
        key = VerifyKey(_whole(receipt.verify_key))
        key.verify(RECEIPT_TAG + canonical(receipt.facts), receipt.signature)
    except (BadSignatureError, ValueError) as error:
        raise BadReceipt from error


def secret_hash(round_secret: bytes) -> bytes:
    """Hash to publish when bidding opens, so that the secret cannot be chosen afterwards."""
    return sha256(SECRET_TAG + _whole(round_secret)).digest()


def draw_seed(round_secret: bytes, closing_hash: bytes) -> bytes:
    """Seed of a round's draws: neither the last bidder nor the club can steer it."""
    return sha256(_whole(round_secret) + _whole(closing_hash)).digest()


def _whole(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise WrongLength(len(key))
    return key
