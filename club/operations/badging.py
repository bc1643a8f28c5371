"""What the school awards, as others may check it: its public addresses, the club's key, the signed
credential, and the list of what is suspended."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any

from auctions.canonical import canonical_bytes
from club.documents.bilingual import say
from club.domain.pass_certificates import PassCertificate, is_token
from club.operations import compact_jws
from club.operations.context import Context
from club.store import pass_certificates
from curriculum import badges
from curriculum.badges import LISTED, Achievement, Award, Issuer
from curriculum.modules import Module
from curriculum.texts import Text

BADGES_KEY = "badges"
"""Under which name the keyring holds the key that signs credentials."""

Json = dict[str, Any]


def issuer(context: Context) -> Issuer:
    """The club, as what it awards names it."""
    settings = context.settings
    return Issuer(
        id=f"{settings.base_url}/badges/issuer",
        name=Text(ja=settings.club_name_ja, en=settings.club_name_en),
        url=settings.base_url,
    )


def achievement(context: Context, module: Module, version: int) -> Achievement:
    """The module in one of its versions, described as it stands today."""
    criteria = say("passes.criteria", pass_mark=module.pass_mark, questions=module.quiz_size)
    return Achievement(
        id=f"{context.settings.base_url}/badges/achievements/{module.id}/{version}",
        name=module.title,
        description=module.summary,
        criteria=Text(ja=criteria.ja, en=criteria.en),
        version=version,
    )


def page_of(context: Context, certificate: PassCertificate) -> str:
    """The certificate's public address, which is also the credential's id."""
    return f"{context.settings.base_url}/passes/{certificate.token}"


def status_of(context: Context, certificate: PassCertificate) -> tuple[str, int]:
    """The list that tells whether a certificate is suspended, and the place in it."""
    number, index = divmod(certificate.number, LISTED)
    return f"{context.settings.base_url}/badges/status/{number + 1}", index


def public_key(context: Context) -> tuple[str, Json]:
    """The address of the key that verifies credentials, and the key (RFC 7638 names it)."""
    jwk = compact_jws.public_jwk(context.keys.secret(BADGES_KEY))
    digest = sha256(canonical_bytes(jwk)).digest()
    thumbprint = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return f"{context.settings.base_url}/badges/keys/{thumbprint}", jwk


def signed(context: Context, award: Award) -> str:
    """The credential of an award as VC-JWT; the same award is always the same text."""
    payload = badges.payload(badges.credential(award))
    key, kid = context.keys.secret(BADGES_KEY), public_key(context)[0]
    return compact_jws.sign(key, payload, kid=kid)


def token_in(context: Context, handed_in: str) -> str | None:
    """The certificate that a credential, its address or its token leads to.

    None for a credential that the club did not sign just so, and for whatever else it may be.
    """
    text, base = handed_in.strip(), f"{context.settings.base_url}/passes/"
    if text.count(".") == 2 and not text.startswith(base):  # noqa: PLR2004 - three parts make a JWS
        kid = public_key(context)[0]
        found = compact_jws.read(text, context.keys.secret(BADGES_KEY), kid=kid)
        text = str((found or {}).get("jti", ""))
        return text.removeprefix(base) if text.startswith(base) else None
    token = text.removeprefix(base).partition("?")[0]
    return token if is_token(token) else None


def status_list(context: Context, number: int) -> str | None:
    """One of the lists, signed; None where it is not begun.

    A bit is set for what was withdrawn, and for a pass of a version that counts no more.
    """
    first = (number - 1) * LISTED
    with context.database.read() as tx:
        at = context.clock(tx)
        listed = pass_certificates.listed(tx, range(first, first + LISTED))
    if number != 1 and not listed:
        return None
    gone = [one.number - first for one in listed if one.is_withdrawn or _is_past(context, one)]
    id = f"{context.settings.base_url}/badges/status/{number}"
    made = badges.status_list(id, issuer(context), gone, at=at)
    key, kid = context.keys.secret(BADGES_KEY), public_key(context)[0]
    return compact_jws.sign(key, made, kid=kid, typ="vc+jwt")


def _is_past(context: Context, one: pass_certificates.Listed) -> bool:
    module = context.modules.get(one.module_id)
    return module is None or module.version != one.module_version
