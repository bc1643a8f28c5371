"""Addresses of mail and of pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from club.domain.errors import InputRefused
from club.identity.addresses import email, local_path


def test_an_address_is_kept_in_lower_case():
    assert email(" Sato@Club.Example\n") == "sato@club.example"


@pytest.mark.parametrize(
    "typed",
    ["", "sato", "sato@club", "a b@club.example", "a@b@c.example", "a@b.example\nBcc: x@y.example"],
)
def test_what_cannot_be_an_address_is_refused(typed):
    with pytest.raises(InputRefused) as refused:
        email(typed)

    assert refused.value.code == "not_an_email"


@pytest.mark.parametrize("path", ["pledge", "pledge?round=abc-1", "modules/01?lesson=2&x=%E9"])
def test_a_page_of_the_club_may_be_come_back_to(path):
    assert local_path(path) == path
    assert local_path("/" + path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "../etc",
        "pledge/../../x",
        "pledge#x",
        "pledge?next=//evil.example",
        "pledge\r\nLocation: x",
        "pledge\n",
        "evil.example/x",
        "%2f%2fevil",
        "auth/logout",
        "/oauth2callback?code=1",
        "identity/authorize",
        "p" * 501,
    ],
)
def test_nothing_else_may(path):
    assert local_path(path) is None


@settings(max_examples=100)
@given(st.text(max_size=30))
def test_whatever_is_let_through_stays_on_this_host(path):
    safe = local_path(path)

    assert safe is None or (safe[:1].isalnum() or safe[0] in "_-")
