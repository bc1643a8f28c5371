"""Somebody invited, registered and at their browser."""

from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from joserfc.jwk import RSAKey

from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Role
from club.identity import passwords
from club.identity.provider.keys import NAME
from club.operations import joining
from tests.builders import join
from tests.club.identity.app import EMAIL, PASSWORD, browser, mailed, submit


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
