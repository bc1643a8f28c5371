"""The public page of a passed module's certificate, and the check of a badge, on both databases."""

import re
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from club.operations.badging import public_key
from club.operations.certifying import stop_sharing
from club.operations.viewing.passed import pass_credential
from club.store import people
from club.web import badges, passes
from tests.builders import join
from tests.club.operations.certified import a_certificate, verified, withdraw
from tests.club.operations.trying import MODULE
from tests.curriculum.open_badges import faults


@pytest.fixture
def browser(context):
    routes = [*passes.routes(lambda: context), *badges.routes(lambda: context)]
    return TestClient(Starlette(routes=routes), base_url="http://localhost:8501")


@pytest.fixture
def learner(context):
    return join(context)


@pytest.fixture
def certificate(context, learner):
    return a_certificate(context, learner)[0]


def words(page):
    return re.sub(r"<[^>]+>", " ", page.text)


def test_a_valid_one_says_so_in_both_languages_and_is_not_to_be_indexed(
    context, browser, certificate
):
    title = context.modules[MODULE].title
    ja = browser.get(f"/passes/{certificate.token}?lang=ja")
    en = browser.get(f"/passes/{certificate.token}?lang=en")

    assert (ja.status_code, en.status_code) == (200, 200)
    assert "この修了証は有効です。" in words(ja)
    assert "This certificate is valid." in words(en)
    assert title.ja in words(ja)
    assert title.en in words(en)
    assert ja.headers["x-robots-tag"] == "noindex, nofollow"
    assert ja.headers["cache-control"] == "no-store"


def test_one_that_lapsed_and_one_that_was_withdrawn_say_so(
    context, browser, learner, certificate, facilitator, clock
):
    clock.forward(days=context.modules[MODULE].valid_days)
    assert "This certificate has expired." in words(
        browser.get(f"/passes/{certificate.token}?lang=en")
    )

    withdraw(context, facilitator, learner)
    page = browser.get(f"/passes/{certificate.token}?lang=en")
    assert "This certificate was withdrawn by its issuer." in words(page)
    assert "同僚" not in page.text
    assert "取り消しました" in words(browser.get(f"/passes/{certificate.token}?lang=ja"))


def test_it_shows_no_more_than_the_certificate_says(browser, learner, certificate):
    page = browser.get(f"/passes/{certificate.token}?lang=en").text

    for private in (learner.person_id, learner.organisation_id, "@club.example", " KK", "score"):
        assert private not in page


def test_unknown_closed_and_malformed_ones_look_alike(context, browser, learner, certificate):
    stop_sharing(context, learner, request_id="stop", certificate_id=certificate.id)
    tokens = [certificate.token, "0" * 32, "INV-2026-00001", "a" * 5_000]
    pages = [browser.get(f"/passes/{token}") for token in tokens]

    assert [page.status_code for page in pages] == [404] * 4
    assert len({page.text for page in pages}) == 1


def test_a_badge_that_is_pasted_or_chosen_leads_to_its_page(context, browser, learner, certificate):
    text = pass_credential(context, learner, certificate.id)
    url = f"/passes/{certificate.token}?lang=en"
    pasted = browser.post(
        "/passes?lang=en", files={"pasted": (None, f" {text}\n")}, follow_redirects=False
    )
    chosen = browser.post(
        "/passes?lang=en",
        files={"chosen": ("badge.jwt", text.encode()), "pasted": (None, "")},
        follow_redirects=False,
    )

    assert (pasted.status_code, pasted.headers["location"]) == (303, url)
    assert (chosen.status_code, chosen.headers["location"]) == (303, url)


def test_a_forged_badge_nothing_and_too_much_get_a_sentence_each(
    context, browser, learner, certificate
):
    text = pass_credential(context, learner, certificate.id)
    forged = text[:-8] + "AAAAAAAA"
    asked = browser.get("/passes?lang=en")
    answers = [
        browser.post("/passes?lang=en", files={"chosen": ("x", given)}, follow_redirects=False)
        for given in (forged.encode(), b"", b"\xff\xfe" * 40_000, b"\xff\xfe")
    ]

    assert asked.status_code == 200
    assert [page.status_code for page in answers] == [422, 422, 413, 422]
    assert "This certificate does not carry this club&#x27;s signature" in answers[0].text
    assert forged in answers[0].text
    assert "Choose a file, or paste its content." in words(answers[1])
    assert "too large" in words(answers[2])


def test_what_was_refused_stands_in_the_form_still_as_text(browser):
    page = browser.post("/passes", files={"pasted": (None, "</textarea><script>x</script>")})

    assert page.status_code == 422
    assert "<script>" not in page.text
    assert "&lt;/textarea&gt;&lt;script&gt;" in page.text


def test_names_are_no_markup(context, browser, learner, certificate):
    with context.database.write() as tx:
        person = people.person(tx, learner.person_id)
        people.change_person(tx, replace(person, name="<script>巴</script>"))

    page = browser.get(f"/passes/{certificate.token}").text
    assert "<script>" not in page
    assert "&lt;script&gt;巴" in page


def test_all_that_a_credential_names_can_be_looked_up(context, browser, learner, certificate):
    claims = verified(context, pass_credential(context, learner, certificate.id))
    achievement = claims["credentialSubject"]["achievement"]
    status = browser.get(claims["credentialStatus"]["statusListCredential"])

    assert faults(claims) == []
    assert browser.get(claims["id"]).status_code == 200
    assert browser.get(claims["iss"]).json().items() >= claims["issuer"].items()
    assert browser.get(achievement["id"]).json().items() >= achievement.items()
    assert verified(context, status.text)["issuer"] == claims["iss"]
    assert status.headers["content-type"] == "application/vc+jwt"
    assert status.headers["access-control-allow-origin"] == "*"


def test_the_key_stands_at_the_address_that_the_header_names(context, browser, certificate):
    url, jwk = public_key(context)

    assert browser.get(url).json() == jwk
    assert browser.get("/badges/keys").json() == {"keys": [jwk | {"kid": url, "use": "sig"}]}


@pytest.mark.parametrize(
    "path",
    [
        "/badges/keys/other",
        f"/badges/achievements/{MODULE}/0",
        f"/badges/achievements/{MODULE}/99",
        "/badges/achievements/none/1",
        "/badges/status/0",
        "/badges/status/2",
        "/badges/status/99999999999999999999",
    ],
)
def test_what_there_is_not_is_not_found(browser, path):
    assert browser.get(path).status_code == 404
