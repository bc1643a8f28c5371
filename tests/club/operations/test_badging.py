"""The signed credential, checked by another library's hand, and what is handed in to be checked."""

import base64
import gzip
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc.jwk import OKPKey

from club.operations import badging, compact_jws
from club.operations.badging import BADGES_KEY, public_key, status_list, token_in
from club.operations.viewing.passed import pass_credential
from curriculum.badges import LISTED
from tests.builders import join
from tests.club.operations.certified import a_certificate, reinstate, verified, withdraw
from tests.club.operations.trying import with_module
from tests.curriculum.open_badges import faults


@pytest.fixture
def learner(context):
    return join(context)


@pytest.fixture
def handed(context, learner):
    """A credential, and the certificate it is of."""
    certificate, _ = a_certificate(context, learner)
    return pass_credential(context, learner, certificate.id), certificate


def part(text, place):
    raw = text.split(".")[place]
    return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))


def encode(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bits(context, number=1):
    """The places that are set in a status list."""
    made = verified(context, status_list(context, number))
    written = made["credentialSubject"]["encodedList"][1:]
    raw = gzip.decompress(base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)))
    text = f"{int.from_bytes(raw, 'big'):0{LISTED}b}"
    return {index for index, bit in enumerate(text) if bit == "1"}


def test_another_library_verifies_the_credential_by_the_published_key(context, handed):
    text, certificate = handed
    claims = verified(context, text)
    raw = base64.urlsafe_b64decode(public_key(context)[1]["x"] + "=")

    Ed25519PublicKey.from_public_bytes(raw).verify(
        part(text, 2), text.rpartition(".")[0].encode("ascii")
    )
    assert claims["id"] == claims["jti"] == f"http://localhost:8501/passes/{certificate.token}"
    assert faults(claims) == []


def test_the_header_names_the_key_and_nothing_that_the_specification_does_not_allow(
    context, handed
):
    assert json.loads(part(handed[0], 0)) == {
        "alg": "EdDSA",
        "kid": public_key(context)[0],
        "typ": "JWT",
    }


def test_the_key_is_named_by_its_thumbprint_and_has_no_private_part(context):
    url, jwk = public_key(context)

    assert url == f"http://localhost:8501/badges/keys/{OKPKey.import_key(jwk).thumbprint()}"
    assert set(jwk) == {"kty", "crv", "x"}


def test_the_credential_tells_no_score_no_company_no_address_and_no_id_of_the_club(
    context, learner, handed
):
    told = json.dumps(verified(context, handed[0]), ensure_ascii=False)

    for private in (learner.person_id, learner.organisation_id, "score", "@club.example"):
        assert private not in told


def test_the_same_certificate_is_the_same_text(context, learner, handed):
    assert pass_credential(context, learner, handed[1].id) == handed[0]


def test_what_was_handed_in_leads_to_its_certificate(context, handed):
    text, certificate = handed
    page = badging.page_of(context, certificate)

    for given in (text, f"  {text}\n", page, f"{page}?lang=en", certificate.token):
        assert token_in(context, given) == certificate.token


def test_one_changed_letter_anywhere_is_noticed(context, handed):
    text, _ = handed
    for place in range(0, len(text) - 1, 37):
        letter = "A" if text[place] != "A" else "B"
        assert token_in(context, text[:place] + letter + text[place + 1 :]) is None


def test_what_another_key_signed_is_not_the_clubs_even_if_it_says_so(context, handed):
    claims = verified(context, handed[0])
    kid = public_key(context)[0]
    forged = compact_jws.sign(bytes(32), claims, kid=kid)
    other = compact_jws.sign(context.keys.secret(BADGES_KEY), claims, kid="https://evil.example/1")
    head = encode(b'{"alg":"none"}')
    unsigned = f"{head}.{forged.split('.')[1]}."

    assert [token_in(context, text) for text in (forged, other, unsigned)] == [None] * 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "a.b.c",
        "..",
        "A.A.A",
        "é.é.é",
        "x" * 30_000,
        "[" * 5_000,
        "0" * 31,
        "https://evil.example/passes/" + "0" * 32,
        f"{encode(b'[]')}.{encode(b'{}')}.{encode(bytes(64))}",
    ],
)
def test_anything_else_is_no_certificate(context, text):
    assert token_in(context, text) is None


def test_the_status_list_shows_what_was_withdrawn_until_it_is_given_back(
    context, learner, handed, facilitator
):
    _, certificate = handed
    a_certificate(context, join(context))
    assert bits(context) == set()

    withdraw(context, facilitator, learner)
    assert bits(context) == {certificate.number}
    entry = verified(context, handed[0])["credentialStatus"]
    assert entry["statusListIndex"] == str(certificate.number)
    assert entry["statusListCredential"] == verified(context, status_list(context, 1))["id"]

    reinstate(context, facilitator, learner)
    assert bits(context) == set()


def test_the_status_list_shows_what_a_newer_version_outdates(context, handed):
    assert bits(with_module(context, version=2)) == {handed[1].number}


def test_a_list_that_is_not_begun_is_none(context):
    assert status_list(context, 2) is None
    assert bits(context, 1) == set()
