"""The register of sign-ins and the provider's rows."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from club.store import accounts, people
from club.store.accounts import AuthorizationCode, Credential, SignIn
from tests.builders import NOON, a_person, an_organisation

CODE = AuthorizationCode(
    code_hash="c1",
    subject="s1",
    client_id="club",
    redirect_uri="http://localhost:8501/oauth2callback",
    scope="openid",
    nonce="n1",
    code_challenge="x" * 43,
    code_challenge_method="S256",
    authenticated_at=NOON,
    expires_at=NOON + timedelta(minutes=1),
)
CREDENTIAL = Credential(subject="s1", email="a@member.example", name="A", changed_at=NOON)


@pytest.fixture
def person(context):
    organisation = an_organisation()
    person = a_person(organisation)
    with context.database.write() as tx:
        people.add_organisation(tx, organisation)
        people.add_person(tx, person)
    return person, organisation


def test_a_sign_in_comes_with_its_person_and_organisation(context, person):
    sign_in = SignIn(key="k1", person_id=person[0].id, signed_in_at=NOON, seen_at=NOON)
    with context.database.write() as tx:
        accounts.register(tx, sign_in)
        found, unknown = accounts.signed_in(tx, "k1"), accounts.signed_in(tx, "k2")

    assert found == (sign_in, *person)
    assert unknown is None


def test_a_sign_in_that_ended_is_not_entered_anew(context, person):
    sign_in = SignIn(key="k1", person_id=person[0].id, signed_in_at=NOON, seen_at=NOON)
    with context.database.write() as tx:
        accounts.register(tx, sign_in)
        accounts.end(tx, "k1", NOON)
        accounts.end(tx, "k1", NOON + timedelta(hours=1))
        accounts.register(tx, sign_in)
        found, _, _ = accounts.signed_in(tx, "k1")

    assert found.ended_at == NOON


def test_of_two_who_take_a_code_at_once_one_gets_it(context):
    with context.database.write() as tx:
        accounts.add_credential(tx, CREDENTIAL)
        accounts.add_code(tx, CODE)
    ready, taken = Barrier(4), []

    def take():
        ready.wait()
        with context.database.write() as tx:
            taken.append(accounts.take_code(tx, "c1"))

    threads = [Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken, key=lambda code: code is None) == [CODE, None, None, None]


def test_tries_are_counted_from_zero_and_cleared(context):
    with context.database.write() as tx:
        first = accounts.lock_tries(tx, "t1", NOON)
        accounts.change_tries(tx, accounts.Tries(key="t1", failures=3, last_at=NOON))
        then = accounts.lock_tries(tx, "t1", NOON)
        accounts.clear_tries(tx, "t1")
        again = accounts.lock_tries(tx, "t1", NOON)

    assert (first.failures, then.failures, again.failures) == (0, 3, 0)


def test_only_the_last_return_address_is_kept_and_taken_once(context):
    with context.database.write() as tx:
        accounts.leave(tx, "v1", "pledge", NOON)
        accounts.leave(tx, "v1", "results", NOON)
        left = accounts.has_left(tx, "v1")
        taken = [accounts.take(tx, "v1", NOON) for _ in range(2)]
        accounts.leave(tx, "v1", "pledge", NOON)
        late = accounts.take(tx, "v1", NOON + timedelta(seconds=1))

    assert left
    assert taken == ["results", None]
    assert late is None


def test_forgetting_leaves_what_still_counts(context, person):
    with context.database.write() as tx:
        for key, at in (("old", NOON - timedelta(days=9)), ("new", NOON)):
            accounts.register(
                tx, SignIn(key=key, person_id=person[0].id, signed_in_at=at, seen_at=at)
            )
        accounts.add_credential(tx, CREDENTIAL)
        accounts.add_code(tx, CODE)
        a_day_ago = NOON - timedelta(days=1)
        accounts.forget(tx, sign_ins_before=a_day_ago, at=NOON, a_day_ago=a_day_ago)
        kept = accounts.signed_in(tx, "old"), accounts.signed_in(tx, "new")
        code = accounts.take_code(tx, "c1")

    assert kept[0] is None
    assert kept[1] is not None
    assert code == CODE
