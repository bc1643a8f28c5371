"""A passed module as an Open Badges 3.0 credential: values in, the JSON that is signed out.

1EdTech, Open Badges Specification 3.0, with sections 8.2 (JSON Web Token proof) and Appendix B
(data model); W3C Verifiable Credentials Data Model 2.0; W3C Bitstring Status List 1.0.
"""

import base64
import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from curriculum.texts import Text

CONTEXT = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0"
SCHEMA = f"{BADGES}/schema/json/ob_v3p0_achievementcredential_schema.json"
LISTED = 131_072
"""The entries of one status list: the least that the standard allows, so that one is a crowd."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who awards, and the public address where its profile stands."""

    id: str
    name: Text
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """What is awarded: a module in one version, at its public address."""

    id: str
    name: Text
    description: Text
    criteria: Text
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """The achievement as one person holds it; `id` is the public page."""

    id: str
    holder: str
    """The name by which the person lets themselves be known."""
    achievement: Achievement
    issuer: Issuer
    valid_from: datetime
    valid_until: datetime
    status_list: str
    """The address of the list that holds the credential's bit, and its place there."""
    status_index: int


def profile(issuer: Issuer) -> Json:
    return {
        "id": issuer.id,
        "type": ["Profile"],
        "name": both(issuer.name),
        "url": issuer.url,
    }


def achievement(of: Achievement, issuer: Issuer) -> Json:
    return {
        "id": of.id,
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": both(of.name),
        "description": both(of.description),
        "criteria": {"narrative": f"{of.criteria.ja}\n\n{of.criteria.en}"},
        "creator": profile(issuer),
        "version": str(of.version),
    }


def credential(award: Award) -> Json:
    """The OpenBadgeCredential; nothing of how well the person did, and no address of theirs.

    The holder's id is made from the credential's alone, so that two badges of one person do not
    tell that they are one person's.
    """
    return {
        "@context": [CONTEXT, f"{BADGES}/context-3.0.3.json", f"{BADGES}/extensions.json"],
        "id": award.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": both(award.achievement.name),
        "issuer": profile(award.issuer),
        "validFrom": instant(award.valid_from),
        "validUntil": instant(award.valid_until),
        "credentialSubject": {
            "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{award.id}#holder')}",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": award.holder,
                    "identityType": "name",
                }
            ],
            "achievement": achievement(award.achievement, award.issuer),
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": {
            "id": f"{award.status_list}#{award.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "suspension",
            "statusListIndex": str(award.status_index),
            "statusListCredential": award.status_list,
        },
    }


def payload(signed: Json) -> Json:
    """The credential with the claims that the proof by JSON Web Token asks for (8.2.4.1)."""
    claims = {
        "iss": signed["issuer"]["id"],
        "jti": signed["id"],
        "nbf": _numeric(signed["validFrom"]),
        "sub": signed["credentialSubject"]["id"],
    }
    if "validUntil" in signed:
        claims["exp"] = _numeric(signed["validUntil"])
    return signed | claims


def status_list(id: str, issuer: Issuer, suspended: Iterable[int], *, at: datetime) -> Json:
    """The list of what is suspended, for whoever relies on a credential: one bit each.

    Suspended, not revoked, because a pass that was withdrawn may be given back. Raises
    IndexError for a place outside the list.
    """
    return {
        "@context": [CONTEXT],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.id,
        "validFrom": instant(at),
        "credentialSubject": {
            "id": f"{id}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "suspension",
            "encodedList": encoded(suspended),
        },
    }


def encoded(ones: Iterable[int]) -> str:
    """The bits as multibase base64url of their GZIP; the bit of index 0 is the leftmost."""
    bits = bytearray(LISTED // 8)
    for index in ones:
        if index < 0:
            raise IndexError(index)
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits, mtime=0)).rstrip(b"=").decode()


def instant(at: datetime) -> str:
    """An instant to the whole second before it, so that text and numeric date say the same."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def both(text: Text) -> str:
    """One line that holds both languages; wallets show a name as it is."""
    return text.ja if text.ja == text.en else f"{text.ja} / {text.en}"


def _numeric(written: str) -> int:
    return (datetime.fromisoformat(written) - EPOCH) // timedelta(seconds=1)
