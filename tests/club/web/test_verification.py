"""The public page of a certificate, on both databases."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from club.store import people
from club.web import verification
from tests.bought import a_bought_round, certify, deliver_all, retire_all


@pytest.fixture
def browser(context):
    return TestClient(Starlette(routes=[verification.route(lambda: context)]))


def test_a_certificate_is_told_and_no_name_is_markup(context, browser):
    bought = a_bought_round(context, pledged_kg=(232_900,))
    with context.database.write() as tx:
        member = people.organisation(tx, bought.members[0].organisation_id)
        named = replace(member, name_ja="<script>巴</script>", name_en="<b>Tomoe</b> & Sons")
        people.change_organisation(tx, named)
    (certificate,) = certify(bought, retire_all(bought, deliver_all(bought)))

    page = browser.get(f"/verify/{certificate.token}?lang=en")

    assert page.status_code == 200
    assert certificate.number in page.text
    assert "&lt;b&gt;Tomoe&lt;/b&gt; &amp; Sons" in page.text
    assert "<b>" not in page.text
    assert "<script>" not in browser.get(f"/verify/{certificate.token}").text


@pytest.mark.parametrize(
    "token", ["0" * 32, "INV-2026-00001", "%00", "a" * 5_000, "0" * 31 + "%0A"]
)
def test_what_is_no_certificate_is_unknown_and_nothing_more_is_said(browser, token):
    page = browser.get(f"/verify/{token}")

    assert page.status_code == 404
    assert token not in page.text


@pytest.mark.parametrize(
    ("query", "browsers", "language"),
    [
        ("", "en-US,en;q=0.9", "en"),
        ("", "en", "en"),
        ("", "fr,en;q=0.8,ja;q=0.5", "en"),
        ("", "fr", "ja"),
        ("?lang=ja", "en", "ja"),
        ("?lang=%3Cscript%3E", "en", "en"),
    ],
)
def test_the_page_speaks_the_language_asked_for_else_the_browsers(
    browser, query, browsers, language
):
    page = browser.get(f"/verify/0{query}", headers={"accept-language": browsers})

    assert f'<html lang="{language}">' in page.text
