"""The walk of a sign-in from the form to the claims, and every way it is refused."""

import base64
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from club.domain.organisations import Role
from club.identity import client
from club.operations.signing_in import Absence, Known, Nobody, end_sign_in, who
from club.store import people
from tests.club.identity.app import EMAIL, PASSWORD, App, submit


def test_an_invited_person_registers_signs_in_and_is_known(context, visitor, registered):
    app = App(context, visitor)
    claims = app.whole(registered)
    known = who(context, claims)

    assert isinstance(known, Known)
    assert known.person.email == EMAIL
    assert known.actor.roles == {Role.BUYER}
    assert claims | {"sub": "", "at_hash": ""} == {
        "iss": client.issuer(context.settings),
        "aud": "club",
        "sub": "",
        "nonce": app.nonce,
        "iat": claims["auth_time"],
        "auth_time": int(context.now().timestamp()),
        "exp": claims["auth_time"] + 600,
        "email": EMAIL,
        "email_verified": True,
        "name": "田中 花子",
        "locale": "ja",
        "at_hash": "",
    }


def test_the_access_token_opens_userinfo_until_it_expires(context, clock, visitor, registered):
    app = App(context, visitor)
    tokens = app.exchange(app.code(app.sign_in(registered))).json()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    told = visitor.get("/identity/userinfo", headers=bearer)
    clock.forward(minutes=11)

    assert told.json()["email"] == EMAIL
    assert visitor.get("/identity/userinfo", headers=bearer).status_code == 401
    assert visitor.get("/identity/userinfo").status_code == 401


def test_a_code_is_good_once_and_for_its_own_verifier_address_and_minute(
    context, clock, visitor, registered
):
    app = App(context, visitor)
    used = app.code(app.sign_in(registered))
    first = app.exchange(used)
    refused = {
        "again": app.exchange(used),
        "verifier": app.exchange(app.code(app.sign_in(registered)), code_verifier="x" * 50),
        "no verifier": app.exchange(app.code(app.sign_in(registered)), code_verifier=""),
        "address": app.exchange(
            app.code(app.sign_in(registered)), redirect_uri="http://localhost:8501/elsewhere"
        ),
        "unknown": app.exchange("never issued"),
    }
    late = app.code(app.sign_in(registered))
    clock.forward(seconds=61)
    refused["late"] = app.exchange(late)

    assert first.status_code == 200
    assert {name: answer.status_code for name, answer in refused.items()} == dict.fromkeys(
        refused, 400
    )
    assert not any("id_token" in answer.json() for answer in refused.values())


def test_a_code_that_was_tried_with_the_wrong_verifier_is_spent(context, visitor, registered):
    app = App(context, visitor)
    code = app.code(app.sign_in(registered))

    assert app.exchange(code, code_verifier="x" * 50).json()["error"] == "invalid_grant"
    assert app.exchange(code).json()["error"] == "invalid_grant"


def test_only_the_app_with_its_secret_gets_tokens(context, visitor, registered):
    app = App(context, visitor)
    code = app.code(app.sign_in(registered))

    assert app.exchange(code, secret="a guess").status_code == 401
    garbled = {"Authorization": "Basic " + base64.b64encode(b"\xff\xfe:").decode()}
    fields = {"grant_type": "authorization_code", "code": code}
    assert visitor.post("/identity/token", data=fields, headers=garbled).status_code in {400, 401}
    assert app.exchange(code).status_code == 200


def test_a_request_of_somebody_else_is_answered_here_and_sent_nowhere(context, visitor):
    home = "http://localhost:8501"
    for changed in (
        {"client_id": "another"},
        {"redirect_uri": "https://evil.example/oauth2callback"},
        {"redirect_uri": f"{home}/oauth2callback/../x"},
        {"redirect_uri": f"{home}/oauth2callback?x=1"},
        {"redirect_uri": f'{home}/"<script>'},
    ):
        answer = visitor.get(App(context, visitor).request(**changed))

        assert answer.status_code == 400
        assert "location" not in answer.headers
        assert "form_token" not in answer.text


def test_the_app_is_told_what_its_request_lacks(context, visitor):
    for changed, error in (
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"nonce": "n" * 301}, "invalid_request"),
        ({"scope": "openid everything"}, "invalid_scope"),
        ({"scope": "email"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"prompt": "none"}, "login_required"),
    ):
        answer = visitor.get(App(context, visitor).request(**changed))
        address = urlsplit(answer.headers["location"])

        assert address.netloc + address.path == "localhost:8501/oauth2callback"
        assert parse_qs(address.query)["error"] == [error]


def test_the_address_is_not_taken_from_the_form(context, visitor, registered):
    answer = submit(
        visitor,
        App(context, visitor).request(),
        email=registered,
        password=PASSWORD,
        redirect_uri="https://evil.example/",
        client_id="another",
    )

    assert answer.headers["location"].startswith("http://localhost:8501/oauth2callback?code=")


def test_claims_copied_before_signing_out_are_good_no_more(context, visitor, registered):
    claims = App(context, visitor).whole(registered)
    before = who(context, claims)
    end_sign_in(context, claims)

    assert isinstance(before, Known)
    assert who(context, dict(claims)) == Nobody(Absence.ENDED)
    assert isinstance(who(context, App(context, visitor).whole(registered)), Known)


def test_signing_out_at_the_provider_ends_the_sign_in_and_comes_back(context, visitor, registered):
    app = App(context, visitor)
    tokens = app.exchange(app.code(app.sign_in(registered))).json()
    claims = app.claims(tokens["id_token"])
    who(context, claims)
    home = client.redirect_uri(context.settings)
    answer = visitor.get(
        "/identity/end-session",
        params={
            "client_id": "club",
            "post_logout_redirect_uri": home,
            "id_token_hint": tokens["id_token"],
        },
    )

    assert answer.headers["location"] == home
    assert who(context, claims) == Nobody(Absence.ENDED)


def test_signing_out_leads_nowhere_but_home(visitor):
    for address in ("https://evil.example/", "//evil.example", ""):
        answer = visitor.get("/identity/end-session", params={"post_logout_redirect_uri": address})

        assert answer.status_code == 200
        assert 'href="https://evil' not in answer.text
        assert 'href="//evil' not in answer.text


def test_a_forged_hint_ends_nothing(context, visitor, registered):
    app = App(context, visitor)
    tokens = app.exchange(app.code(app.sign_in(registered))).json()
    claims = app.claims(tokens["id_token"])
    header, body, signature = tokens["id_token"].split(".")
    forged = f"{header}.{body}.{signature[::-1]}"
    visitor.get("/identity/end-session", params={"id_token_hint": forged})

    assert isinstance(who(context, claims), Known)


def test_a_name_in_the_id_token_is_what_the_club_knows_now(context, visitor, registered):
    with context.database.write() as tx:
        person = people.person_by_email(tx, registered)
        people.change_person(tx, replace(person, name="田中 はな子", language="en"))
    claims = App(context, visitor).whole(registered)

    assert (claims["name"], claims["locale"]) == ("田中 はな子", "en")
