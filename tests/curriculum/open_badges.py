"""What Open Badges 3.0 demands of an OpenBadgeCredential (Appendix B.1), written down again from
its data model, so that what is signed is held against something else than what made it."""

import re
from datetime import datetime

URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
IDENTITIES = {
    "name", "sourcedId", "systemId", "productId", "userName", "accountId", "emailAddress",
    "nationalIdentityNumber", "isbn", "issn", "lisSourcedId", "oneRosterSourcedId",
    "sisSourcedId", "ltiContextId", "ltiDeploymentId", "ltiToolId", "ltiPlatformId", "ltiUserId",
    "identifier",
}  # fmt: skip


def faults(credential):
    """The demands that the credential does not meet, by the path of what is at fault."""
    return [path for path, is_met in _demands(credential) if not is_met]


def _demands(credential):
    subject = credential.get("credentialSubject", {})
    yield "@context", tuple(credential.get("@context", ())[:2]) == CONTEXTS
    yield "id", _is_uri(credential.get("id"))
    yield "type", credential.get("type") == ["VerifiableCredential", "OpenBadgeCredential"]
    yield "name", _is_text(credential.get("name"))
    yield "validFrom", _is_instant(credential.get("validFrom"))
    yield "validUntil", _is_instant(credential.get("validUntil", credential.get("validFrom")))
    yield from _profile("issuer", credential.get("issuer", {}))
    yield "credentialSubject.type", "AchievementSubject" in subject.get("type", ())
    yield "credentialSubject.id", _is_uri(subject.get("id")) or bool(subject.get("identifier"))
    for identity in subject.get("identifier", ()):
        yield "identifier.type", identity.get("type") == "IdentityObject"
        yield "identifier.hashed", isinstance(identity.get("hashed"), bool)
        yield "identifier.identityHash", _is_text(identity.get("identityHash"))
        yield "identifier.identityType", identity.get("identityType") in IDENTITIES
    yield from _achievement(subject.get("achievement", {}))
    schemas = credential.get("credentialSchema", ())
    yield "credentialSchema", SCHEMA in [schema.get("id") for schema in schemas]
    yield "credentialSchema.type", all(_is_text(schema.get("type")) for schema in schemas)
    yield from _status(credential.get("credentialStatus", {}))


def _achievement(achievement):
    path = "credentialSubject.achievement"
    yield f"{path}.id", _is_uri(achievement.get("id"))
    yield f"{path}.type", "Achievement" in achievement.get("type", ())
    yield f"{path}.name", _is_text(achievement.get("name"))
    yield f"{path}.description", _is_text(achievement.get("description"))
    criteria = achievement.get("criteria", {})
    yield f"{path}.criteria", _is_text(criteria.get("narrative")) or _is_uri(criteria.get("id"))
    yield f"{path}.version", _is_text(achievement.get("version", "-"))
    yield from _profile(f"{path}.creator", achievement.get("creator", {}))


def _profile(path, profile):
    yield f"{path}.id", _is_uri(profile.get("id"))
    yield f"{path}.type", "Profile" in profile.get("type", ())
    yield f"{path}.name", _is_text(profile.get("name", "-"))
    yield f"{path}.url", _is_uri(profile.get("url", "x:-"))


def _status(status):
    """Of a BitstringStatusListEntry (W3C Bitstring Status List 1.0, section 2.1)."""
    yield "credentialStatus.type", status.get("type") == "BitstringStatusListEntry"
    yield "credentialStatus.statusPurpose", _is_text(status.get("statusPurpose"))
    index = status.get("statusListIndex")
    yield "credentialStatus.statusListIndex", _is_text(index) and index.isdigit()
    list_ = status.get("statusListCredential")
    yield "credentialStatus.statusListCredential", _is_uri(list_)
    yield "credentialStatus.id", _is_uri(status.get("id")) and status.get("id") != list_


def _is_uri(value):
    return isinstance(value, str) and URI.fullmatch(value) is not None


def _is_text(value):
    return isinstance(value, str) and bool(value)


def _is_instant(value):
    if not isinstance(value, str) or DATE_TIME.fullmatch(value) is None:
        return False
    return datetime.fromisoformat(value).tzinfo is not None
