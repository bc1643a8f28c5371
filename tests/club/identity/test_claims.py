"""Reading an id_token's claims."""

from datetime import UTC, datetime

import pytest

from club.identity.claims import read

GIVEN = {
    "is_logged_in": True,
    "iss": "https://login.example",
    "sub": "s1",
    "nonce": "n1",
    "email": " Tanaka@Member.example ",
    "email_verified": True,
    "name": "田中 花子",
    "locale": "ja-JP",
    "iat": 1_795_000_000,
}


def test_claims_are_read_with_the_address_in_lower_case():
    claims = read(GIVEN)

    assert claims.email == "tanaka@member.example"
    assert claims.is_email_verified
    assert claims.language == "ja"
    assert claims.authenticated_at == datetime.fromtimestamp(1_795_000_000, UTC)


def test_the_time_of_proof_goes_before_the_time_of_issue():
    claims = read(GIVEN | {"auth_time": 1_794_000_000})

    assert claims.authenticated_at == datetime.fromtimestamp(1_794_000_000, UTC)


@pytest.mark.parametrize("missing", ["iss", "sub", "nonce", "iat"])
def test_without_issuer_subject_nonce_or_time_there_is_nobody(missing):
    assert read({name: value for name, value in GIVEN.items() if name != missing}) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"is_logged_in": False},
        {"sub": 7},
        {"sub": "s" * 301},
        {"iat": True},
        {"iat": 10**30},
        {"iat": "1795000000"},
    ],
)
def test_claims_of_another_shape_are_nobodys(changed):
    assert read(GIVEN | changed) is None


@pytest.mark.parametrize("given", [None, {}])
def test_no_claims_are_nobodys(given):
    assert read(given) is None


@pytest.mark.parametrize("said", ["true", 1, None, "yes"])
def test_an_address_is_verified_only_if_the_provider_says_so_outright(said):
    assert not read(GIVEN | {"email_verified": said}).is_email_verified
    assert not read(GIVEN | {"email": ""}).is_email_verified


def test_each_sign_in_has_a_key_of_its_own():
    keys = {read(GIVEN | changed).key for changed in ({}, {"nonce": "n2"}, {"sub": "s2"})}

    assert len(keys) == 3
    assert read(GIVEN).key == read(GIVEN | {"name": "another"}).key
