"""The credential of a passed module, and the list of those that are suspended."""

import base64
import gzip
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum import badges
from curriculum.badges import LISTED, Achievement, Award, Issuer
from curriculum.texts import Text
from tests.curriculum.open_badges import faults

CLUB = Issuer(
    id="https://club.example/badges/issuer",
    name=Text(ja="巴クラブ", en="Tomoe Club"),
    url="https://club.example",
)
TIDES = Achievement(
    id="https://club.example/badges/achievements/tides/3",
    name=Text(ja="潮", en="Tides"),
    description=Text(ja="潮のこと。", en="About tides."),
    criteria=Text(ja="確認テストで 80% 以上。", en="At least 80% in the quiz."),
    version=3,
)
AWARD = Award(
    id="https://club.example/passes/0f" + "a1" * 15,
    holder="試験 一",
    achievement=TIDES,
    issuer=CLUB,
    valid_from=datetime(2026, 11, 22, 3, 0, 0, 987_654, tzinfo=UTC),
    valid_until=datetime(2027, 11, 22, 3, 0, 0, 987_654, tzinfo=UTC),
    status_list="https://club.example/badges/status/1",
    status_index=7,
)
SPAN = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4_000))


def test_the_credential_meets_every_demand_of_open_badges():
    assert faults(badges.credential(AWARD)) == []


def test_it_says_who_holds_what_and_until_when():
    made = badges.credential(AWARD)

    subject = made["credentialSubject"]
    assert made["id"] == AWARD.id
    assert (made["validFrom"], made["validUntil"]) == (
        "2026-11-22T03:00:00Z",
        "2027-11-22T03:00:00Z",
    )
    assert subject["identifier"][0]["identityHash"] == "試験 一"
    assert subject["achievement"] == badges.achievement(TIDES, CLUB)
    assert subject["achievement"]["name"] == "潮 / Tides"
    assert made["issuer"] == badges.profile(CLUB)


@pytest.mark.parametrize(
    "path",
    [
        ("@context",),
        ("id",),
        ("type",),
        ("validFrom",),
        ("issuer", "id"),
        ("issuer", "type"),
        ("credentialSubject", "type"),
        ("credentialSubject", "achievement"),
        ("credentialSubject", "achievement", "criteria"),
        ("credentialSubject", "achievement", "description"),
        ("credentialSchema",),
        ("credentialStatus", "statusListIndex"),
    ],
)
def test_a_credential_that_lacks_something_would_be_found(path):
    broken = deepcopy(badges.credential(AWARD))
    *way, last = path
    at = broken
    for key in way:
        at = at[key]
    del at[last]

    assert faults(broken) != []


@given(SPAN, SPAN)
def test_the_numeric_claims_say_what_the_credential_says(after, lasts):
    passed_at = AWARD.valid_from + after
    made = badges.credential(replace(AWARD, valid_from=passed_at, valid_until=passed_at + lasts))
    claims = badges.payload(made)

    assert claims == made | {key: claims[key] for key in ("iss", "jti", "nbf", "sub", "exp")}
    assert (claims["iss"], claims["jti"]) == (made["issuer"]["id"], made["id"])
    assert claims["sub"] == made["credentialSubject"]["id"]
    for claim, field in (("nbf", "validFrom"), ("exp", "validUntil")):
        assert datetime.fromtimestamp(claims[claim], UTC) == datetime.fromisoformat(made[field])
    assert datetime.fromtimestamp(claims["nbf"], UTC) <= passed_at


def test_two_badges_of_one_person_do_not_tell_that_they_are_one_persons():
    other = replace(AWARD, id=AWARD.id[:-1] + "0")
    ids = [badges.credential(award)["credentialSubject"]["id"] for award in (AWARD, AWARD, other)]

    assert ids[0] == ids[1] != ids[2]


@given(st.sets(st.integers(0, LISTED - 1), max_size=40))
def test_a_bit_stands_for_each_suspended_credential_the_leftmost_for_the_first(ones):
    written = badges.encoded(ones)
    bits = gzip.decompress(base64.urlsafe_b64decode(written[1:] + "=" * (-len(written[1:]) % 4)))
    text = f"{int.from_bytes(bits, 'big'):0{LISTED}b}"

    assert written[0] == "u"
    assert len(bits) * 8 == LISTED
    assert {index for index, bit in enumerate(text) if bit == "1"} == ones
    assert badges.encoded(ones) == written


@pytest.mark.parametrize("index", [-1, LISTED])
def test_a_place_outside_the_list_is_no_place(index):
    with pytest.raises(IndexError):
        badges.encoded([index])


def test_the_list_is_a_credential_of_the_issuer_that_names_its_purpose():
    at = datetime(2026, 11, 22, 3, tzinfo=UTC)
    made = badges.status_list(AWARD.status_list, CLUB, [7], at=at)

    assert made["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert (made["id"], made["issuer"]) == (AWARD.status_list, CLUB.id)
    assert made["credentialSubject"] == {
        "id": f"{AWARD.status_list}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "suspension",
        "encodedList": badges.encoded([7]),
    }
