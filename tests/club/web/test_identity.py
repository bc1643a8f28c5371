"""The built-in provider, mounted: the whole walk of a sign-in, and every way it is refused."""

import base64
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from argon2 import PasswordHasher
from joserfc.jwk import RSAKey

from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Role
from club.identity import client, passwords
from club.identity.lockout import BY_ADDRESS
from club.identity.provider.keys import NAME, signing_key
from club.operations import joining
from club.operations.signing_in import Absence, Known, Nobody, end_sign_in, who
from club.store import journal, people
from tests.builders import join
from tests.club.identity.app import PASSWORD, App, browser, submit, tokens_in

EMAIL = "hanako@member.example"


@pytest.fixture(scope="session")
def signing_pem():
    return RSAKey.generate_key(2048).as_pem(private=True)


@pytest.fixture(autouse=True)
def _light_secrets(monkeypatch, context, signing_pem):
    """The same argon2id with less work, and one signing key for all, so that tests are quick."""
    light = PasswordHasher(time_cost=1, memory_cost=1_024, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", light)
    replace(context.keys, random_bytes=lambda _length: signing_pem).secret(NAME)


@pytest.fixture
def facilitator(context):
    return join(context, Kind.OPERATOR, Role.FACILITATOR)


@pytest.fixture
def link(context, facilitator):
    """The address an invited person finds in the mail."""
    member = join(context)
    joining.invite(
        context,
        facilitator,
        request_id="r1",
        organisation_id=member.organisation_id,
        email=EMAIL,
        roles={Role.BUYER},
    )
    return mailed(context, NoticeKind.INVITED)


@pytest.fixture
def visitor(context):
    return browser(context)


@pytest.fixture
def registered(visitor, link):
    """Somebody who has accepted the invitation."""
    fields = {"name": "田中 花子", "password": PASSWORD, "again": PASSWORD}
    assert submit(visitor, link, **fields).status_code == 200
    return EMAIL


def mailed(context, kind):
    with context.database.write() as tx:
        notices = [notice for notice in journal.waiting(tx) if notice.kind is kind]
    return tokens_in(notices[-1].facts["link"])


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


def test_a_form_without_its_token_or_with_anothers_is_refused(context, visitor, registered):
    address = App(context, visitor).request()
    fields = {"email": registered, "password": PASSWORD}
    another = browser(context)
    theirs = re.search(r'name="form_token" value="([^"]+)"', another.get(address).text)[1]
    visitor.get(address)
    bare = visitor.post(address, data=fields)
    forged = visitor.post(address, data=fields | {"form_token": theirs})
    without_cookie = browser(context).post(address, data=fields | {"form_token": theirs})

    assert [a.status_code for a in (bare, forged, without_cookie)] == [403, 403, 403]


def test_wrong_unknown_and_waiting_look_alike(context, visitor, registered):
    def shown(email, password):
        answer = App(context, visitor).sign_in(email, password)
        text = re.sub(r'value="[^"]*"|ui_locales=\w+|\?[^"]*"', "", answer.text)
        return answer.status_code, text

    wrong = [shown(registered, "not the password") for _ in range(BY_ADDRESS.free)]
    unknown = shown("nobody@member.example", "not the password")
    waiting = shown(registered, PASSWORD)

    assert {*wrong, unknown, waiting} == {wrong[0]}
    assert wrong[0][0] == 401


def test_the_wait_ends_and_a_right_try_lets_the_count_begin_anew(
    context, clock, visitor, registered
):
    app = App(context, visitor)
    for _ in range(BY_ADDRESS.free):
        app.sign_in(registered, "not the password")
    too_early = app.sign_in(registered)
    clock.forward(seconds=31)
    in_time = app.sign_in(registered)
    afterwards = [app.sign_in(registered, "no").status_code, app.sign_in(registered).status_code]

    assert (too_early.status_code, in_time.status_code) == (401, 302)
    assert afterwards == [401, 302]


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


def test_an_invitation_is_used_once(context, visitor, link, registered):
    again = visitor.get(link)

    assert again.status_code == 400
    assert "form_token" not in again.text


def test_an_invitation_expires(clock, visitor, link):
    clock.forward(days=14, seconds=1)

    assert visitor.get(link).status_code == 400


def test_an_unknown_invitation_says_so(visitor):
    assert visitor.get("/identity/invitation?token=guess").status_code == 400
    assert visitor.get("/identity/invitation").status_code == 400


def test_a_poor_password_or_no_name_keeps_the_invitation_open(visitor, link):
    good = {"name": "田中 花子", "password": PASSWORD, "again": PASSWORD}
    for changed in (
        {"password": "short", "again": "short"},
        {"password": "password1234", "again": "password1234"},
        {"name": " "},
        {"name": "x" * 201},
    ):
        answer = submit(visitor, link, **good | changed)

        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
    assert submit(visitor, link, **good).status_code == 200


def test_a_forgotten_password_is_reset_by_a_link_that_is_good_once(context, visitor, registered):
    claims = App(context, visitor).whole(registered)
    who(context, claims)
    submit(visitor, "/identity/forgotten", email=f" {EMAIL.upper()}")
    link = mailed(context, NoticeKind.PASSWORD_RESET)
    new = {"password": "ein neues Kennwort", "again": "ein neues Kennwort"}
    first = submit(visitor, link, **new)
    app = App(context, visitor)

    assert first.status_code == 200
    assert visitor.get(link).status_code == 400
    assert app.sign_in(registered).status_code == 401
    assert app.sign_in(registered, "ein neues Kennwort").status_code == 302
    assert who(context, claims) == Nobody(Absence.ENDED)


def test_a_reset_link_expires(context, clock, visitor, registered):
    submit(visitor, "/identity/forgotten", email=registered)
    link = mailed(context, NoticeKind.PASSWORD_RESET)
    clock.forward(hours=2, seconds=1)

    assert visitor.get(link).status_code == 400


def test_asking_for_a_link_tells_nobody_whether_the_address_is_known(context, visitor, registered):
    def shown(email):
        return submit(visitor, "/identity/forgotten", email=email).text

    assert shown(registered) == shown("nobody@member.example") == shown("not an address")
    with context.database.write() as tx:
        resets = [n for n in journal.waiting(tx) if n.kind is NoticeKind.PASSWORD_RESET]
    assert [notice.address for notice in resets] == [EMAIL]


def test_links_are_sent_a_few_times_and_then_more_slowly(context, visitor, registered):
    for _ in range(6):
        submit(visitor, "/identity/forgotten", email=registered)
    with context.database.write() as tx:
        resets = [n for n in journal.waiting(tx) if n.kind is NoticeKind.PASSWORD_RESET]

    assert len(resets) == 3


def test_a_person_switched_off_gets_no_link(context, visitor, registered):
    with context.database.write() as tx:
        person = people.person_by_email(tx, registered)
        people.change_person(tx, replace(person, is_active=False))
    submit(visitor, "/identity/forgotten", email=registered)
    with context.database.write() as tx:
        kinds = {notice.kind for notice in journal.waiting(tx)}

    assert NoticeKind.PASSWORD_RESET not in kinds


def demo(context, **changed):
    values = {"is_demo": True, "base_url": "http://localhost:8501"} | changed
    return replace(context, settings=replace(context.settings, **values))


@pytest.fixture
def persona(context):
    actor = join(context, is_invented=True)
    with context.database.read() as tx:
        return people.person(tx, actor.person_id)


def test_in_the_demo_one_click_signs_in_as_an_invented_person(context, persona):
    shown = demo(context)
    app = App(shown, browser(shown, host="127.0.0.1"))
    address = app.request()
    page = app.browser.get(address).text
    answer = submit(app.browser, address, persona=persona.email)
    claims = app.claims(app.exchange(app.code(answer)).json()["id_token"])
    known = who(shown, claims)

    assert f'value="{persona.email}"' in page
    assert isinstance(known, Known)
    assert known.person.id == persona.id


def test_nowhere_else_is_there_such_a_click(context, persona):
    proxied = {"X-Forwarded-For": "203.0.113.7"}
    for host, changed, headers in (
        ("127.0.0.1", {"is_demo": False}, {}),
        ("203.0.113.7", {}, {}),
        ("127.0.0.1", {"base_url": "https://club.example"}, {}),
        ("127.0.0.1", {}, proxied),
    ):
        shown = demo(context, **changed)
        app = App(shown, browser(shown, host=host, base=shown.settings.base_url))
        app.browser.headers.update(headers)
        address = app.request()
        page = app.browser.get(address).text
        answer = submit(app.browser, address, persona=persona.email)

        assert persona.email not in page
        assert answer.status_code == 401


def test_in_the_demo_real_people_are_no_buttons(context, persona, registered):
    shown = demo(context)
    app = App(shown, browser(shown, host="127.0.0.1"))
    address = app.request()

    assert registered not in app.browser.get(address).text
    assert submit(app.browser, address, persona=registered).status_code == 401
    assert app.browser.get(f"{address}&persona={persona.email}").status_code == 200


def test_metadata_keeps_the_app_inside_and_browsers_outside(context):
    shown = replace(context, settings=replace(context.settings, base_url="https://club.example"))
    inside = browser(shown, base="http://127.0.0.1:8502").get(
        "/identity/.well-known/openid-configuration"
    )
    outside = browser(shown, base="https://evil.example").get(
        "/identity/.well-known/openid-configuration"
    )

    assert inside.json()["issuer"] == outside.json()["issuer"] == "https://club.example/identity"
    assert inside.json()["authorization_endpoint"] == "https://club.example/identity/authorize"
    assert inside.json()["token_endpoint"] == "http://127.0.0.1:8502/identity/token"
    assert inside.json()["code_challenge_methods_supported"] == ["S256"]
    assert outside.json()["token_endpoint"] == "https://club.example/identity/token"


def test_behind_a_proxy_tokens_come_over_the_inner_address(context, visitor, registered):
    shown = replace(context, settings=replace(context.settings, base_url="https://club.example"))
    outside = App(shown, browser(shown, base="https://club.example"))
    answer = outside.sign_in(registered)
    inside = replace(outside, browser=browser(shown, base="http://127.0.0.1:8501"))
    cookie = next(c for c in outside.browser.cookies.jar if c.name == "tomoe_form")

    assert answer.headers["location"].startswith("https://club.example/oauth2callback?")
    assert "id_token" in inside.exchange(outside.code(answer)).json()
    assert cookie.secure


def test_pages_speak_the_browsers_language_until_switched(context, visitor):
    address = App(context, visitor).request()
    english = visitor.get(address, headers={"Accept-Language": "en-GB,en;q=0.9,ja;q=0.8"}).text
    switched = re.search(r'<nav[^>]*><a href="([^"]+)"', english)[1].replace("&amp;", "&")
    japanese = visitor.get("/identity/authorize" + switched).text

    assert '<html lang="en">' in english
    assert '<html lang="ja">' in japanese
    assert "form_token" in japanese


def test_pages_need_no_script_and_name_every_field(context, visitor, link):
    for address in (App(context, visitor).request(), link, "/identity/forgotten"):
        answer = visitor.get(address)
        fields = re.findall(r'<input id="(\w+)"', answer.text)

        assert fields
        assert all(f'<label for="{name}">' in answer.text for name in fields)
        assert not re.search(r"<script|<style| style=| on\w+=", answer.text)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
    assert visitor.get("/identity/style.css").headers["content-type"].startswith("text/css")


def test_what_is_typed_comes_back_escaped(context, visitor, link):
    typed = '"><script>alert(1)</script>'
    failed = App(context, visitor).sign_in(typed, "x").text
    refused = submit(visitor, link, name=typed, password="short", again="short").text
    queried = visitor.get(App(context, visitor).request(state=typed)).text

    assert not any("<script" in page for page in (failed, refused, queried))


def test_the_signing_key_is_made_once_and_its_private_part_is_never_told(context, visitor):
    (context.keys.folder / NAME).unlink()
    made = signing_key(context.keys)
    told = visitor.get("/identity/jwks").json()["keys"][0]

    assert signing_key(context.keys).thumbprint() == made.thumbprint() == made.kid
    assert set(told) == {"kty", "n", "e", "kid", "use", "alg"}
    assert oct((context.keys.folder / NAME).stat().st_mode)[-3:] == "600"


def test_a_body_far_too_large_is_not_read(visitor):
    assert visitor.post("/identity/forgotten", content=b"x" * 100_000).status_code == 400
    assert visitor.post("/identity/forgotten", content=b"\xff\xfe").status_code == 400


def test_a_name_in_the_id_token_is_what_the_club_knows_now(context, visitor, registered):
    with context.database.write() as tx:
        person = people.person_by_email(tx, registered)
        people.change_person(tx, replace(person, name="田中 はな子", language="en"))
    claims = App(context, visitor).whole(registered)

    assert (claims["name"], claims["locale"]) == ("田中 はな子", "en")
