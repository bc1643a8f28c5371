"""What every answer carries."""

from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from club.web.headers import (
    OWN_SCRIPTS,
    VISITOR_COOKIE,
    SecurityHeaders,
    content_policy,
    inline_scripts,
)

POLICY = content_policy(OWN_SCRIPTS)


def hello(_request):
    answer = PlainTextResponse("hello")
    answer.set_cookie("theirs", "x")
    return answer


def client(base_url="http://localhost:8501"):
    app = Starlette(
        routes=[Route("/hello", hello)],
        middleware=[Middleware(SecurityHeaders, policy=POLICY, base_url="http://localhost:8501")],
    )
    return TestClient(app, base_url=base_url, follow_redirects=False)


def test_every_answer_carries_the_policy_and_a_visitor_gets_a_cookie():
    answer = client().get("/hello")

    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert VISITOR_COOKIE in answer.cookies
    assert "Strict-Transport-Security" not in answer.headers


def test_a_known_visitor_keeps_the_cookie():
    known = client()
    known.get("/hello")

    assert VISITOR_COOKIE not in known.get("/hello").cookies


def test_a_stylesheet_brings_no_cookie():
    answer = client().get("/hello", headers={"Sec-Fetch-Dest": "style"})

    assert VISITOR_COOKIE not in answer.cookies


def test_behind_https_every_cookie_is_secure():
    answer = client().get("/hello", headers={"X-Forwarded-Proto": "https"})

    cookies = answer.headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("; Secure" in cookie for cookie in cookies)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_loopback_number_is_sent_to_the_one_name():
    answer = client("http://127.0.0.1:8501").get("/hello?a=1")

    assert (answer.status_code, answer.headers["location"]) == (
        307,
        "http://localhost:8501/hello?a=1",
    )


def test_the_policy_allows_neither_eval_nor_unlisted_scripts():
    scripts = next(part for part in POLICY.split("; ") if part.startswith("script-src"))

    assert scripts.count("sha256-") == len(OWN_SCRIPTS)
    assert "unsafe" not in scripts


@pytest.mark.parametrize("html", ["<script>a()</script>", "<body><script>a()</script></body>"])
def test_inline_scripts_are_found(html):
    assert inline_scripts(html) == ["a()"]


def test_the_installed_streamlit_has_inline_scripts_to_allow():
    index = Path(streamlit.__file__).parent / "static" / "index.html"

    assert inline_scripts(index.read_text("utf-8")) != []
