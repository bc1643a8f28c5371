"""The club as a client of its own provider."""

import pytest

from club import settings
from club.identity.client import auth_secrets, link, redirect_uri
from club.keyring import Keyring


def at(base_url):
    return settings.read({"TOMOE_BASE_URL": base_url})


@pytest.mark.parametrize(
    ("base_url", "metadata"),
    [
        ("https://club.example", "http://127.0.0.1:8502/identity/.well-known/openid-configuration"),
        (
            "http://localhost:8501",
            "http://localhost:8502/identity/.well-known/openid-configuration",
        ),
    ],
)
def test_the_metadata_is_read_over_this_hosts_own_port(tmp_path, base_url, metadata):
    auth = auth_secrets(at(base_url), Keyring(tmp_path, environment={}), 8502)["auth"]

    assert auth["server_metadata_url"] == metadata
    assert auth["redirect_uri"] == f"{base_url}/oauth2callback"
    assert auth["client_kwargs"]["code_challenge_method"] == "S256"


def test_secrets_are_the_same_each_time_and_long(tmp_path):
    keys = Keyring(tmp_path, environment={})
    first, second = (auth_secrets(at("https://club.example"), keys, 1)["auth"] for _ in "ab")

    assert first == second
    assert len(first["client_secret"]) == len(first["cookie_secret"]) == 64
    assert first["client_secret"] != first["cookie_secret"]


def test_addresses_are_the_public_ones():
    assert redirect_uri(at("https://club.example/")) == "https://club.example/oauth2callback"
    assert link(at("https://club.example"), "reset", "t") == (
        "https://club.example/identity/reset?token=t"
    )
