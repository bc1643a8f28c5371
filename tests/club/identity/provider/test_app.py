"""What the app asks of the provider with nobody looking."""

from dataclasses import replace

from club.identity.provider.keys import NAME, signing_key
from tests.club.identity.app import App, browser


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


def test_the_signing_key_is_made_once_and_its_private_part_is_never_told(context, visitor):
    (context.keys.folder / NAME).unlink()
    made = signing_key(context.keys)
    told = visitor.get("/identity/jwks").json()["keys"][0]

    assert signing_key(context.keys).thumbprint() == made.thumbprint() == made.kid
    assert set(told) == {"kty", "n", "e", "kid", "use", "alg"}
    assert oct((context.keys.folder / NAME).stat().st_mode)[-3:] == "600"
