"""Openers as rows, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from club.domain.openers import DealtShare, Opener, OpenerKey, Opening
from club.domain.rounds import Phase
from club.store import openers, rounds
from tests.builders import NOON, join, move, open_round


@pytest.fixture
def round_(context, facilitator):
    return open_round(context, facilitator)


@pytest.fixture
def people(context):
    return [join(context).person_id for _ in range(3)]


def opener(round_, person_id, place):
    return Opener(
        round_id=round_.id,
        person_id=person_id,
        place=place,
        named_at=NOON,
        named_by=round_.created_by,
        told_at=NOON,
    )


def key(round_, person_id, mark=b"1"):
    return OpenerKey(
        round_id=round_.id,
        person_id=person_id,
        public_key=mark * 32,
        locked=b"l" * 48,
        salt=b"s" * 16,
        nonce=b"n" * 24,
        passes=1,
        memory_kib=8,
        set_at=NOON,
    )


def share(round_, person_id, place, **given):
    values = {
        "round_id": round_.id,
        "person_id": person_id,
        "place": place,
        "commitment": "c" * 64,
        "ciphertext": b"sealed",
        "dealt_at": NOON,
    }
    return DealtShare(**values | given)


def test_openers_are_read_back_by_place_and_by_person(database, round_, people):
    named = [opener(round_, id, place) for place, id in enumerate(people, start=1)]
    with database.write() as tx:
        openers.name(tx, round_.id, list(reversed(named)))

    with database.read() as tx:
        assert openers.of_round(tx, round_.id) == named
        assert openers.of_person(tx, people[1]) == [named[1]]
        assert openers.of_person(tx, round_.created_by) == []


def test_naming_again_keeps_the_keys_of_who_stays(database, round_, people):
    first, second, third = people
    with database.write() as tx:
        openers.name(tx, round_.id, [opener(round_, first, 1), opener(round_, second, 2)])
        openers.set_key(tx, key(round_, first))
        openers.set_key(tx, key(round_, second))
        openers.set_key(tx, key(round_, second, b"2"))
        openers.name(tx, round_.id, [opener(round_, second, 1), opener(round_, third, 2)])

    with database.read() as tx:
        assert openers.keys(tx, round_.id) == {second: key(round_, second, b"2")}


def test_shares_are_read_back_by_place_and_emptied_when_all_is_over(database, round_, people):
    first, second, _ = people
    given = share(round_, second, 2, given=b"given", given_at=NOON)
    with database.write() as tx:
        openers.deal(tx, given)
        openers.deal(tx, share(round_, first, 1))
        openers.change_opening(tx, Opening(round_id=round_.id, waits_until=NOON))
    with database.read() as tx:
        before = openers.shares(tx, round_.id)
    with database.write() as tx:
        openers.close(tx, round_.id)

    assert list(before.values()) == [share(round_, first, 1), given]
    with database.read() as tx:
        assert list(openers.shares(tx, round_.id).values()) == [
            share(round_, first, 1, ciphertext=None),
            replace(given, ciphertext=None, given=None),
        ]
        assert openers.opening(tx, round_.id) == Opening(round_id=round_.id)


def test_a_share_is_not_given_without_an_instant(database, round_, people):
    with pytest.raises(IntegrityError), database.write() as tx:
        openers.deal(tx, share(round_, people[0], 1, given=b"given"))


def test_two_openers_of_a_round_have_two_places(database, round_, people):
    with pytest.raises(IntegrityError), database.write() as tx:
        openers.name(tx, round_.id, [opener(round_, id, 1) for id in people])


def test_a_round_that_waits_is_not_due_until_it_has_waited(context, database, facilitator):
    round_ = open_round(context, facilitator, phase=Phase.CLEARING)
    until = round_.bidding_closes_at + timedelta(days=3)
    excluded = frozenset({"org1", "org2"})
    opening = Opening(round_id=round_.id, waits_until=until, excluded=excluded)
    with database.write() as tx:
        openers.change_opening(tx, opening)

    with database.read() as tx:
        assert openers.opening(tx, round_.id) == opening
        assert rounds.due(tx, until) == []
        assert rounds.due(tx, until + timedelta(microseconds=1)) == [round_]


def test_who_is_waited_for_is_who_lacks_a_passphrase_or_owes_a_share(
    context, database, facilitator, people
):
    first, second, _ = people
    pledging = open_round(context, facilitator)
    clearing = open_round(context, facilitator, phase=Phase.CLEARING)
    bidding = open_round(context, facilitator, phase=Phase.BIDDING)
    with database.write() as tx:
        for round_ in (pledging, clearing, bidding):
            openers.name(tx, round_.id, [opener(round_, first, 1), opener(round_, second, 2)])
            openers.set_key(tx, key(round_, first))
        openers.deal(tx, share(clearing, first, 1))
        openers.deal(tx, share(clearing, second, 2, given_at=NOON))
        openers.change_opening(tx, Opening(round_id=clearing.id, waits_until=NOON))

    with database.read() as tx:
        waited_for = {(o.round_id, o.person_id) for o in openers.waited_for(tx)}
    assert waited_for == {(pledging.id, second), (clearing.id, first)}


def test_rounds_whose_bidding_waits_are_known(context, database, facilitator, round_):
    ended = move(context, open_round(context, facilitator), Phase.FAILED)
    with database.write() as tx:
        for one in (round_, ended):
            openers.change_opening(tx, Opening(round_id=one.id, waits_until=NOON))

    with database.read() as tx:
        assert openers.delayed(tx) == [round_.id]
