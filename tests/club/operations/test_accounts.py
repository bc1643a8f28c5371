"""The built-in provider's accounts."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from argon2 import PasswordHasher

from club.domain.errors import InputRefused, PhaseRefused, Refused
from club.domain.organisations import Kind, Role
from club.identity import passwords
from club.identity.lockout import BY_ADDRESS, BY_HOST
from club.operations import accounts as operations
from club.operations import joining
from club.operations.accounts import ClubAccounts
from club.operations.deed import begin_system
from club.store import accounts, journal, outbox, people
from tests.builders import join

HOST = "203.0.113.7"
PASSWORD = "leise rieselt der Schnee"


@pytest.fixture(autouse=True)
def _light_hashes(monkeypatch):
    """The same argon2id with less work, so that the tests are quick."""
    light = PasswordHasher(time_cost=1, memory_cost=1_024, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", light)


@pytest.fixture
def club(context):
    return ClubAccounts(context)


def a_person(context, **given):
    actor = join(context, **given)
    with context.database.read() as tx:
        return people.person(tx, actor.person_id)


def token_for(context, person, lasts=timedelta(hours=2)):
    with begin_system(context) as deed:
        return operations.reset_link(deed, person, lasts).rpartition("=")[2]


@pytest.fixture
def person(context, club):
    """Somebody with a password."""
    person = a_person(context)
    assert club.reset(token_for(context, person), PASSWORD)
    return person


def test_the_right_password_gives_the_account_of_the_person(club, person):
    account = club.sign_in(f" {person.email.upper()} ", PASSWORD, HOST)

    assert account == club.account(account.subject)
    assert (account.email, account.name, account.language) == (person.email, person.name, "ja")


def test_a_password_hashed_with_less_work_is_hashed_anew_at_sign_in(
    context, club, person, monkeypatch
):
    def stored():
        with context.database.read() as tx:
            return accounts.credential_of(tx, person.email).password_hash

    before = stored()
    monkeypatch.setattr(
        passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=1_024, parallelism=1)
    )
    club.sign_in(person.email, "wrong", HOST)
    untouched = stored()
    club.sign_in(person.email, PASSWORD, HOST)

    assert untouched == before
    assert ",t=2," in f"{stored().replace('$', ',')},"
    assert club.sign_in(person.email, PASSWORD, HOST) is not None


def test_guesses_sent_all_at_once_are_counted_one_by_one(context, club, person, monkeypatch):
    compared = []
    real = passwords.is_right

    def is_right(password, stored):
        compared.append(stored is not None)
        return real(password, stored)

    monkeypatch.setattr(passwords, "is_right", is_right)
    ready = Barrier(10)

    def guess(number):
        ready.wait()
        club.sign_in(person.email, f"guess {number}", HOST)

    threads = [Thread(target=guess, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(compared) == 10
    assert sum(compared) == BY_ADDRESS.free


def test_one_host_trying_many_addresses_must_wait(context, club, person):
    for number in range(BY_HOST.free):
        club.sign_in(f"nobody{number}@member.example", "guess", HOST)

    assert club.sign_in(person.email, PASSWORD, HOST) is None
    assert club.sign_in(person.email, PASSWORD, "198.51.100.1") is not None


def test_colleagues_behind_one_address_who_sign_in_rightly_do_not_add_up(club, person):
    tries = [club.sign_in(person.email, PASSWORD, HOST) for _ in range(BY_HOST.free + 5)]

    assert None not in tries


def test_a_new_link_makes_the_older_one_void(context, club):
    person = a_person(context)
    older, newer = token_for(context, person), token_for(context, person)

    assert not club.may_reset(older)
    assert not club.reset(older, PASSWORD)
    assert club.reset(newer, PASSWORD)
    assert not club.reset(newer, PASSWORD)


def test_a_poor_new_password_keeps_the_link(context, club):
    token = token_for(context, a_person(context))

    with pytest.raises(InputRefused):
        club.reset(token, "short")

    assert club.reset(token, PASSWORD)


def test_a_reset_lets_the_tries_begin_anew(context, club, person):
    for _ in range(BY_ADDRESS.free):
        club.sign_in(person.email, "wrong", HOST)
    club.reset(token_for(context, person), PASSWORD)

    assert club.sign_in(person.email, PASSWORD, "198.51.100.1") is not None


def test_who_signs_in_elsewhere_is_sent_no_link(context, club):
    person = a_person(context)
    with context.database.write() as tx:
        people.change_person(tx, replace(person, issuer="https://login.example", subject="s1"))
    club.send_reset(person.email, HOST)
    with context.database.write() as tx:
        assert outbox.waiting(tx) == []


def test_neither_password_nor_address_nor_token_is_in_the_chain(context, club, person):
    club.send_reset(person.email, HOST)
    with context.database.read() as tx:
        links = journal.links(tx, journal.CLUB)

    assert [link.kind for link in links] == ["password.reset", "password.reset_sent"]
    assert [link.facts for link in links] == [{"id": person.id}] * 2


def test_personas_are_the_active_invented_people_of_a_demo(context):
    invented = a_person(context, is_invented=True)
    a_person(context)
    off = a_person(context, is_invented=True)
    with context.database.write() as tx:
        people.change_person(tx, replace(off, is_active=False))
    demo = ClubAccounts(replace(context, settings=replace(context.settings, is_demo=True)))

    assert [persona.email for persona in demo.demo_personas()] == [invented.email]
    assert demo.sign_in_as(invented.email) == demo.sign_in_as(invented.email)
    assert demo.sign_in_as(off.email) is None
    assert ClubAccounts(context).demo_personas() == []
    assert ClubAccounts(context).sign_in_as(invented.email) is None


def test_an_account_without_a_password_cannot_be_signed_in_to(context, club):
    person = a_person(context)
    token_for(context, person)

    assert club.sign_in(person.email, "", HOST) is None
    assert club.sign_in(person.email, PASSWORD, HOST) is None


def test_of_two_who_accept_one_invitation_at_once_one_does(context, club):
    token = invited(context)
    ready, outcomes = Barrier(2), []

    def accept(name):
        ready.wait()
        try:
            club.accept_invitation(token, name=name, password=PASSWORD, language="ja")
            outcomes.append("admitted")
        except (PhaseRefused, Refused) as refused:
            outcomes.append(refused.code)

    threads = [Thread(target=accept, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) in (
        ["admitted", "already_member"],
        ["admitted", "invitation_used"],
    )


def invited(context):
    facilitator = join(context, Kind.OPERATOR, Role.FACILITATOR)
    joining.invite(
        context,
        facilitator,
        request_id="r1",
        organisation_id=join(context).organisation_id,
        email="new@member.example",
        roles={Role.BUYER},
    )
    with context.database.write() as tx:
        return outbox.waiting(tx)[0].facts["link"].rpartition("=")[2]


def test_an_address_that_no_database_holds_is_nobodys(club, person):
    assert club.sign_in("nobody\x00@club.example", PASSWORD, HOST) is None
    assert club.sign_in("\x00", PASSWORD, HOST) is None
    club.send_reset("nobody\x00@club.example", HOST)
