"""The key that signs id_tokens: made on first use, kept in the keyring as PEM."""

from __future__ import annotations

from dataclasses import replace

from joserfc.jwk import RSAKey

from club.keyring import Keyring

NAME = "identity-signing"


def signing_key(keys: Keyring) -> RSAKey:
    """The RSA key with its thumbprint as id; hosts that make one at once end up with one."""
    pem = keys.find(NAME)
    if pem is None:
        made = RSAKey.generate_key(2048).as_pem(private=True)
        pem = replace(keys, random_bytes=lambda _length: made).secret(NAME)
    id = RSAKey.import_key(pem).thumbprint()
    return RSAKey.import_key(pem, {"use": "sig", "alg": "RS256", "kid": id})
