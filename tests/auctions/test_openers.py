from dataclasses import replace
from functools import cache
from hashlib import sha256

import pytest
from argon2 import low_level
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import crypto_scalarmult_base
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from auctions.openers import (
    MOST_OPENERS,
    NONCE_BYTES,
    SALT_BYTES,
    SHARE_TAG,
    WORK,
    Share,
    TooFewShares,
    Work,
    WrongPassphrase,
    WrongShares,
    join_key,
    lock_key,
    normal,
    open_share,
    seal_share,
    split_key,
    unlock_key,
)
from auctions.sealing import CommitmentMismatch, Unreadable, round_keys

PAIR = round_keys(b"k" * 32)
OPENER = round_keys(b"o" * 32)
LIGHT = Work(passes=1, memory_kib=8)
"""The least argon2id takes, so that a law is tried many times."""

thirty_two = st.binary(min_size=32, max_size=32)


def locked(passphrase, work=LIGHT):
    return lock_key(PAIR, passphrase, salt=b"s" * SALT_BYTES, nonce=b"n" * NONCE_BYTES, work=work)


@st.composite
def splits(draw, smallest=1):
    """A key, how many shares are needed, its shares, and which of them come together."""
    needed = draw(st.integers(smallest, 6))
    openers = draw(st.integers(needed, 8))
    key = draw(thirty_two)
    size = (needed - 1) * 32
    chance = draw(st.binary(min_size=size, max_size=size))
    order = draw(st.permutations(range(openers)))
    return key, needed, split_key(key, needed=needed, openers=openers, chance=chance), order


@given(splits())
@settings(deadline=None)
def test_any_k_shares_in_any_order_give_the_key(case):
    key, needed, shares, order = case
    public_key = crypto_scalarmult_base(key)

    for count in range(needed, len(shares) + 1):
        some = [shares[place] for place in order[:count]]
        assert join_key(some, needed=needed, public_key=public_key) == key


@given(splits(smallest=2), thirty_two)
@settings(deadline=None)
def test_fewer_than_k_shares_fit_every_other_key_as_well(case, other):
    """The exact meaning of saying nothing: whatever key one guesses, there is a split of it in
    which these people hold these very shares."""
    _, needed, shares, order = case
    held = [shares[place] for place in order[: needed - 1]]
    points = [Share(0, other), *held]
    chance = b"".join(value_at(place, points) for place in range(1, needed))

    again = split_key(other, needed=needed, openers=len(shares), chance=chance)

    assert [again[share.place - 1] for share in held] == held


def value_at(place, points):
    """Lagrange's formula in GF(2^128), half by half, written out."""
    halves = []
    for half in (slice(None, 16), slice(16, None)):
        total = 0
        for one in points:
            term = int.from_bytes(one.value[half])
            for other in points:
                if other.place != one.place:
                    term = times(term, place ^ other.place)
                    term = times(term, inverse(one.place ^ other.place))
            total ^= term
        halves.append(total.to_bytes(16))
    return b"".join(halves)


def times(left, right):
    """Multiply modulo x^128 + x^7 + x^2 + x + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left >> 128:
            left ^= (1 << 128) | 0b1000_0111
        right >>= 1
    return product


@cache
def inverse(element):
    """Fermat: the power 2^128 - 2."""
    result = 1
    for _ in range(127):
        element = times(element, element)
        result = times(result, element)
    return result


@given(splits(smallest=2))
@settings(deadline=None)
def test_fewer_than_k_shares_are_refused_and_so_is_one_share_twice(case):
    key, needed, shares, order = case
    held = [shares[place] for place in order[: needed - 1]]
    public_key = crypto_scalarmult_base(key)

    with pytest.raises(TooFewShares):
        join_key(held, needed=needed, public_key=public_key)
    with pytest.raises(TooFewShares):
        join_key([*held, held[0]], needed=needed, public_key=public_key)


@given(splits(), st.integers(0, 255))
@settings(deadline=None)
def test_one_flipped_bit_of_a_share_is_found(case, bit):
    key, needed, shares, order = case
    held = [shares[place] for place in order[:needed]]
    value = int.from_bytes(held[0].value) ^ (1 << bit)
    held[0] = replace(held[0], value=value.to_bytes(32))
    public_key = crypto_scalarmult_base(key)

    other = value_at(0, held)
    if clamped(other) == clamped(key):
        assert join_key(held, needed=needed, public_key=public_key) == other
    else:
        with pytest.raises(WrongShares):
            join_key(held, needed=needed, public_key=public_key)


def clamped(key):
    """The key without the five bits that X25519 does not read (RFC 7748, section 5)."""
    return bytes([key[0] & 248, *key[1:31], key[31] & 63])


SSSS = [
    # (k, secret, shares) that the program ssss wrote with `-x -D`, as pycryptodome publishes them
    (
        2,
        "d9fe73909bae28b3757854c0af7ad405",
        [
            "594ae8964294174d95c33756d2504170",
            "d897459d29da574eb40e93ec552ffe6e",
            "5823de9bf0e068b054b5f07a28056b1b",
            "db2c1f8bff46d748f795da995bd080cb",
        ],
    ),
    (
        2,
        "bf4f902d9a7efafd1f3ffd9291fd5de9",
        [
            "557bd3b0748064b533469722d1cc7935",
            "6b2717164783c66d47cd28f2119f14d0",
            "8113548ba97d58256bb4424251ae300c",
            "179e9e5a218483ddaeda57539139cf04",
        ],
    ),
    (
        3,
        "ec96aa5c14c9faa699354cf1da74e904",
        [
            "64579fbf1908d66f7239bf6e2b4e41e1",
            "6cd9428df8017b52322561e8c672ae3e",
            "e418776ef5c0579bd9299277374806dd",
            "ab3f77a0107398d23b323e581bb43f5d",
            "23fe42431db2b41bd03ecdc7ea8e97ac",
        ],
    ),
    (
        3,
        "44cf249b68b80fcdc27b47be60c2c145",
        [
            "d6515a3905cd755119b86e311c801e31",
            "16693d9ac9f10c254036ced5f8917fa3",
            "84f74338a48476b99bf5e75a84d3a0d1",
            "3fe8878dc4a5d35811cf3cbcd33dbe52",
            "ad76f92fa9d0a9c4ca0c1533af7f6132",
        ],
    ),
]


def power(base, exponent):
    result = 1
    for _ in range(exponent):
        result = times(result, base)
    return result


@pytest.mark.parametrize(("first", "second"), [(SSSS[0], SSSS[1]), (SSSS[2], SSSS[3])])
def test_published_shares_of_two_halves_give_the_published_key(first, second):
    """ssss adds place^k to every share; what is left is Shamir's scheme as it is here."""
    needed = first[0]
    shares = []
    for place, halves in enumerate(zip(first[2], second[2], strict=True), start=1):
        values = [bytes.fromhex(half) for half in halves]
        plain = [int.from_bytes(value) ^ power(place, needed) for value in values]
        shares.append(Share(place, b"".join(value.to_bytes(16) for value in plain)))
    key = bytes.fromhex(first[1] + second[1])
    public_key = crypto_scalarmult_base(key)

    assert join_key(shares[-needed:], needed=needed, public_key=public_key) == key
    chance = b"".join(share.value for share in shares[: needed - 1])
    assert split_key(key, needed=needed, openers=len(shares), chance=chance) == shares


@pytest.mark.parametrize(
    ("needed", "openers", "chance"),
    [(0, 3, b""), (4, 3, b"c" * 96), (2, MOST_OPENERS + 1, b"c" * 32), (2, 3, b"c"), (2, 3, b"")],
)
def test_a_split_that_is_none_is_refused(needed, openers, chance):
    with pytest.raises(ValueError, match=r"no split|32 bytes"):
        split_key(b"k" * 32, needed=needed, openers=openers, chance=chance)


def test_a_share_is_read_by_its_opener_and_nobody_else():
    share = Share(2, b"v" * 32)
    sealed = seal_share(OPENER.public, PAIR.public, share)

    assert open_share(OPENER.private, PAIR.public, sealed) == share
    assert sealed.commitment == sha256(SHARE_TAG + PAIR.public + b"\0\2" + b"v" * 32).digest()
    with pytest.raises(Unreadable):
        open_share(PAIR.private, PAIR.public, sealed)


@pytest.mark.parametrize("change", [{"place": 3}, {"commitment": b"\0" * 32}])
def test_another_share_than_the_one_dealt_is_found(change):
    sealed = seal_share(OPENER.public, PAIR.public, Share(2, b"v" * 32), b"e" * 32)

    with pytest.raises(CommitmentMismatch):
        open_share(OPENER.private, PAIR.public, replace(sealed, **change))
    with pytest.raises(CommitmentMismatch):
        open_share(OPENER.private, OPENER.public, sealed)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(deadline=None)
def test_a_key_is_unlocked_by_its_passphrase_only(passphrase, other):
    key = locked(passphrase)

    assert unlock_key(key, passphrase) == PAIR.private
    if normal(other) != normal(passphrase):
        with pytest.raises(WrongPassphrase):
            unlock_key(key, other)


@given(st.integers(0, 48 * 8 - 1))
@settings(deadline=None)
def test_one_flipped_bit_of_a_locked_key_does_not_unlock(bit):
    key = locked("四つの言葉を並べる")
    flipped = (int.from_bytes(key.locked) ^ (1 << bit)).to_bytes(48)

    with pytest.raises(WrongPassphrase):
        unlock_key(replace(key, locked=flipped), "四つの言葉を並べる")


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("カラスは ８時に 帰る", "ｶﾗｽは　8時に　帰る"),
        ("café au lait", "cafe\u0301 au lait"),
        ("  two   words\n", "two words"),
    ],
)
def test_a_passphrase_is_the_same_from_every_keyboard(typed, same):
    assert unlock_key(locked(typed), same) == PAIR.private


def test_the_work_is_what_is_stated_and_stays_with_the_key():
    assert (WORK.passes, WORK.memory_kib) == (argon2id.OPSLIMIT_MODERATE, 256 * 1024)
    assert WORK.memory_kib * 1024 == argon2id.MEMLIMIT_MODERATE
    key = locked("a passphrase of several words", work=WORK)

    assert key.work == WORK
    assert unlock_key(key, "a passphrase of several words") == PAIR.private
    with pytest.raises(WrongPassphrase):
        unlock_key(replace(key, work=LIGHT), "a passphrase of several words")


@given(st.binary(max_size=40), st.integers(1, 4), st.integers(8, 64))
@settings(deadline=None)
def test_our_argon2id_is_that_of_another_library(secret, passes, memory_kib):
    """And that one gives what RFC 9106 prints, in the next test; ours takes no secret key."""
    salt = b"s" * SALT_BYTES
    ours = argon2id.kdf(32, secret, salt, opslimit=passes, memlimit=memory_kib * 1024)

    assert ours == low_level.hash_secret_raw(
        secret, salt, passes, memory_kib, parallelism=1, hash_len=32, type=low_level.Type.ID
    )


def test_that_library_gives_the_tag_of_rfc_9106():
    """Section 5.3: t = 3, m = 32 KiB, p = 4, with a secret and associated data."""
    ffi, out = low_level.ffi, low_level.ffi.new("uint8_t[32]")
    parts = [ffi.new("uint8_t[]", bytes([n]) * size) for n, size in enumerate((32, 16, 8, 12), 1)]
    given_parts = dict(zip(("pwd", "salt", "secret", "ad"), parts, strict=True))
    context = ffi.new(
        "argon2_context *",
        given_parts
        | {f"{name}len": size for name, size in zip(given_parts, (32, 16, 8, 12), strict=True)}
        | {"out": out, "outlen": 32, "version": 0x13, "t_cost": 3, "m_cost": 32}
        | {"lanes": 4, "threads": 1, "flags": 0}
        | {"allocate_cbk": ffi.NULL, "free_cbk": ffi.NULL},
    )

    assert low_level.core(context, low_level.Type.ID.value) == 0
    assert bytes(out).hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_the_locked_key_is_a_secret_box_under_argon2id():
    key = locked("two words")
    stretched = argon2id.kdf(32, b"two words", key.salt, opslimit=1, memlimit=8192)

    assert SecretBox(stretched).decrypt(key.locked, key.nonce) == PAIR.private
