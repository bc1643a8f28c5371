"""JSON signed as a compact JWS by Ed25519 (RFC 7515, RFC 8037), and read back if it is ours."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from auctions.canonical import canonical_bytes
from auctions.sealing import verify_key_of

LONGEST = 20_000
"""Characters; ours have a tenth of that."""
COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)", re.ASCII)
ALGORITHM = "EdDSA"

Json = dict[str, Any]


def public_jwk(key: bytes) -> Json:
    """The public half of a signing key, as RFC 8037 writes it."""
    return {"kty": "OKP", "crv": "Ed25519", "x": _encoded(verify_key_of(key))}


def sign(key: bytes, payload: Json, *, kid: str, typ: str = "JWT") -> str:
    """Sign the payload; the same payload and key are the same text."""
    header = {"alg": ALGORITHM, "kid": kid, "typ": typ}
    told = f"{_encoded(canonical_bytes(header))}.{_encoded(canonical_bytes(payload))}"
    return f"{told}.{_encoded(SigningKey(key).sign(told.encode()).signature)}"


def read(text: str, key: bytes, *, kid: str) -> Json | None:
    """The payload of what was signed by this key under this id; None for anything else."""
    found = COMPACT.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    try:
        header, payload, signature = (_decoded(part) for part in found.groups())
        named = json.loads(header)
        if not isinstance(named, dict) or named.get("alg") != ALGORITHM or named.get("kid") != kid:
            return None
        told = text.rpartition(".")[0].encode()
        VerifyKey(verify_key_of(key)).verify(told, signature)
        signed = json.loads(payload)
    except (BadSignatureError, binascii.Error, ValueError, RecursionError):
        return None
    return signed if isinstance(signed, dict) else None


def _encoded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
