"""The provider's pages."""

import re

from tests.club.identity.app import App, submit


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


def test_a_body_far_too_large_is_not_read(visitor):
    assert visitor.post("/identity/forgotten", content=b"x" * 100_000).status_code == 400
    assert visitor.post("/identity/forgotten", content=b"\xff\xfe").status_code == 400
