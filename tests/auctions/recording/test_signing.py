import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from auctions.reading import Malformed
from auctions.recording.signing import APPLICATION_ID, MARK, blank_seal, signed, verify_file
from auctions.refuted import Refuted

KEY = b"a key to sign with, of 32 bytes!"
FILE = b"before" + blank_seal(KEY) + b"after"


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_a_signed_file_is_the_same_but_for_the_signature(before, after):
    blank = before + blank_seal(KEY) + after
    assume(blank.count(MARK) == 1)

    file = signed(blank, KEY)

    assert verify_file(file) == bytes(SigningKey(KEY).verify_key).hex()
    assert file == signed(file, KEY)
    assert (len(file), file[: len(before)], file[len(file) - len(after) :]) == (
        len(blank),
        before,
        after,
    )


def test_no_bit_can_be_changed():
    file = signed(FILE, KEY)

    for place in range(8 * len(file)):
        changed = bytearray(file)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises((Refuted, Malformed)):
            verify_file(bytes(changed))


@pytest.mark.parametrize("file", [b"", b"any file", FILE[:20]])
def test_what_has_no_seal_is_no_record(file):
    with pytest.raises(Malformed) as refusal:
        verify_file(file)

    assert refusal.value.code == "not_a_record"


def test_a_record_that_has_lost_its_seal_is_refuted():
    file = bytes(68) + APPLICATION_ID.to_bytes(4) + b"no seal"

    with pytest.raises(Refuted) as refuted:
        verify_file(file)

    assert refuted.value.what == "no_seal"


def test_two_seals_are_none():
    file = signed(FILE, KEY)

    with pytest.raises(Refuted) as refuted:
        verify_file(file + blank_seal(KEY))

    assert refuted.value.what == "two_seals"


def test_an_unsigned_file_is_refuted():
    with pytest.raises(Refuted):
        verify_file(FILE)


def test_only_the_key_in_the_seal_can_sign():
    with pytest.raises(AssertionError):
        signed(FILE, bytes(32))
