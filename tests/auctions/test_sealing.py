from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from auctions.sealing import (
    OFFER_TAG,
    BadReceipt,
    CommitmentMismatch,
    Unreadable,
    WrongLength,
    canonical,
    check_commitment,
    commitment,
    draw_seed,
    open_offer,
    round_keys,
    seal,
    seal_offer,
    secret_hash,
    sign,
    unseal,
    verify_key_of,
    verify_receipt,
)

KEYS = round_keys(b"k" * 32)
NONCE = b"n" * 32
OFFER = {"lot": "lot 1", "steps": [{"quantity_kg": 117_000, "price_per_t": 3_000}]}

thirty_two = st.binary(min_size=32, max_size=32)


def flipped(content, bit):
    bit %= len(content) * 8
    return bytes(
        byte ^ (1 << bit % 8) if place == bit // 8 else byte for place, byte in enumerate(content)
    )


def test_equal_facts_are_equal_bytes():
    assert (
        canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()
    )


@given(st.binary(max_size=200), thirty_two)
@settings(deadline=None)
def test_an_ordinary_sealed_box_opens_ours_and_ours_opens_an_ordinary_one(plaintext, ephemeral):
    ordinary = SealedBox(PrivateKey(KEYS.private))

    assert ordinary.decrypt(seal(KEYS.public, plaintext, ephemeral)) == plaintext
    assert unseal(KEYS.private, ordinary.encrypt(plaintext)) == plaintext
    assert unseal(KEYS.private, seal(KEYS.public, plaintext)) == plaintext


def test_the_same_ephemeral_seed_gives_the_same_envelope():
    first, second = (seal_offer(KEYS.public, OFFER, NONCE, b"e" * 32) for _ in range(2))

    assert first == second
    assert seal_offer(KEYS.public, OFFER, NONCE).ciphertext != first.ciphertext


def test_an_envelope_opens_to_the_offer_and_its_nonce():
    envelope = seal_offer(KEYS.public, OFFER, NONCE)

    assert open_offer(KEYS.private, envelope) == (OFFER, NONCE)
    assert envelope.commitment == sha256(OFFER_TAG + NONCE + canonical(OFFER)).digest()


@given(st.integers(0, 2**16))
@settings(deadline=None)
def test_one_flipped_bit_makes_an_envelope_unreadable(bit):
    envelope = seal_offer(KEYS.public, OFFER, NONCE, b"e" * 32)

    with pytest.raises(Unreadable):
        open_offer(KEYS.private, replace(envelope, ciphertext=flipped(envelope.ciphertext, bit)))


@given(st.integers(0, 255))
@settings(deadline=None)
def test_one_flipped_bit_of_a_commitment_is_a_mismatch(bit):
    envelope = seal_offer(KEYS.public, OFFER, NONCE, b"e" * 32)

    with pytest.raises(CommitmentMismatch):
        open_offer(KEYS.private, replace(envelope, commitment=flipped(envelope.commitment, bit)))


def test_another_offer_does_not_fit_the_commitment():
    with pytest.raises(CommitmentMismatch):
        check_commitment({**OFFER, "lot": "lot 2"}, NONCE, commitment(OFFER, NONCE))


def test_another_key_opens_nothing():
    with pytest.raises(Unreadable):
        unseal(round_keys(b"x" * 32).private, seal(KEYS.public, b"offer"))


@pytest.mark.parametrize("plaintext", [b"not json", b"[1]", b"{}", b'{"nonce":"zz","offer":{}}'])
def test_what_is_not_an_offer_is_unreadable(plaintext):
    envelope = replace(
        seal_offer(KEYS.public, OFFER, NONCE), ciphertext=seal(KEYS.public, plaintext)
    )

    with pytest.raises(Unreadable):
        open_offer(KEYS.private, envelope)


def test_a_receipt_verifies_and_is_the_same_each_time():
    receipt = sign(b"s" * 32, {"sequence": 7})

    verify_receipt(receipt)
    verify_receipt(receipt, verify_key_of(b"s" * 32))

    assert receipt == sign(b"s" * 32, {"sequence": 7})


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {"sequence": 8}},
        {"signature": b"\0" * 64},
        {"signature": b""},
        {"verify_key": verify_key_of(b"t" * 32)},
    ],
)
def test_an_altered_receipt_is_bad(change):
    with pytest.raises(BadReceipt):
        verify_receipt(replace(sign(b"s" * 32, {"sequence": 7}), **change))


def test_a_receipt_by_another_key_than_expected_is_bad():
    with pytest.raises(BadReceipt):
        verify_receipt(sign(b"s" * 32, {"sequence": 7}), verify_key_of(b"t" * 32))


def test_the_draw_seed_needs_the_secret_and_the_close_of_bidding():
    assert draw_seed(b"s" * 32, b"c" * 32) == sha256(b"s" * 32 + b"c" * 32).digest()
    assert secret_hash(b"s" * 32) != secret_hash(b"t" * 32)


@pytest.mark.parametrize(
    "call",
    [
        lambda: round_keys(b"short"),
        lambda: seal(b"short", b""),
        lambda: unseal(b"short", b""),
        lambda: commitment(OFFER, b"short"),
        lambda: sign(b"short", {}),
        lambda: draw_seed(b"short", b"c" * 32),
    ],
)
def test_keys_nonces_and_secrets_are_32_bytes(call):
    with pytest.raises(WrongLength):
        call()
