"""Founding a club."""

import pytest

from club.domain.errors import PhaseRefused
from club.domain.organisations import ROLES, Kind
from club.operations.accounts import ClubAccounts
from club.operations.founding import found_club, is_founded
from club.store import people

GIVEN = {"name_ja": "巴", "name_en": "Tomoe", "email": "Sato@Club.Example", "person": "佐藤 進"}


def test_an_empty_club_gets_its_operator_and_first_facilitator(context):
    before = is_founded(context)
    link = found_club(context, **GIVEN)
    with context.database.read() as tx:
        founder = people.person_by_email(tx, "sato@club.example")
        operator = people.operator(tx)

    assert (before, is_founded(context)) == (False, True)
    assert founder.organisation_id == operator.id
    assert founder.roles == ROLES[Kind.OPERATOR]
    assert ClubAccounts(context).may_reset(link.rpartition("=")[2])


def test_the_founders_link_lasts_as_long_as_an_invitation(context, clock):
    token = found_club(context, **GIVEN).rpartition("=")[2]
    clock.forward(days=14)
    in_time = ClubAccounts(context).may_reset(token)
    clock.forward(seconds=1)

    assert in_time
    assert not ClubAccounts(context).may_reset(token)


def test_a_club_is_founded_once(context):
    found_club(context, **GIVEN)

    with pytest.raises(PhaseRefused):
        found_club(context, **GIVEN)
