"""The signature inside a file: one changed bit anywhere, and it no longer fits.

Somewhere in the file stands a seal: 16 bytes that mark it, 32 of the public key, 64 of the Ed25519
signature. What is signed is the SHA-256 of the whole file with those 64 bytes as zeros. So nothing
has to be parsed before the signature is known to fit, and any program that reads such files reads
this one.
"""

from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from auctions.reading import Malformed
from auctions.refuted import Refuted

FILE_TAG = b"tomoe/record/1\0"
MARK = b"\xff\xfetomoe-seal\xfe\xff\xfe\xff"
"""No UTF-8 text holds these bytes."""
KEY_BYTES, SIGNATURE_BYTES = 32, 64
APPLICATION_ID = int.from_bytes(b"Tomo")
"""What SQLite keeps for the file's maker, at bytes 68 to 71."""


def blank_seal(signing_key: bytes) -> bytes:
    """Return what a file must hold, once, before it can be signed."""
    return MARK + bytes(SigningKey(signing_key).verify_key) + bytes(SIGNATURE_BYTES)


def signed(file: bytes, signing_key: bytes) -> bytes:
    """Write the signature into a file's blank seal."""
    place = _place(file)
    key = SigningKey(signing_key)
    assert file[place - KEY_BYTES : place] == bytes(key.verify_key)
    signature = key.sign(_message(file, place)).signature
    return file[:place] + signature + file[place + SIGNATURE_BYTES :]


def verify_file(file: bytes) -> str:
    """Return the key, in hex, that a file is signed by.

    Raises Refuted where the signature does not fit, and Malformed for a file that is no record.
    """
    place = _place(file)
    key = file[place - KEY_BYTES : place]
    signature = file[place : place + SIGNATURE_BYTES]
    try:
        VerifyKey(key).verify(_message(file, place), signature)
    except (BadSignatureError, ValueError) as error:
        raise Refuted("signature", "file") from error
    return key.hex()


def _place(file: bytes) -> int:
    """Find where the signature begins."""
    mark = file.find(MARK)
    if mark < 0 or len(file) < (end := mark + len(MARK) + KEY_BYTES) + SIGNATURE_BYTES:
        if file[68:72] == APPLICATION_ID.to_bytes(4):
            raise Refuted("no_seal", "file")
        raise Malformed("not_a_record", "This file is not the record of a round.", "file")
    if file.find(MARK, mark + 1) >= 0:
        raise Refuted("two_seals", "file")
    return end


def _message(file: bytes, place: int) -> bytes:
    over = sha256(file[:place])
    over.update(bytes(SIGNATURE_BYTES))
    over.update(memoryview(file)[place + SIGNATURE_BYTES :])
    return FILE_TAG + over.digest()
