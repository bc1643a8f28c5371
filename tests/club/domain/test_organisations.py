"""Roles and affiliations."""

from itertools import product

import pytest

from club.domain.errors import NotAllowed
from club.domain.organisations import ROLES, Actor, Kind, Role, are_affiliated, conflicts, require
from tests.builders import an_organisation


def actor(kind, *roles):
    return Actor(person_id="p", organisation_id="o", kind=kind, roles=frozenset(roles))


@pytest.mark.parametrize(("kind", "role"), list(product(Kind, Role)))
def test_a_role_counts_only_in_a_kind_that_may_hold_it(kind, role):
    if role in ROLES[kind]:
        require(actor(kind, role), role)
        return
    with pytest.raises(NotAllowed):
        require(actor(kind, role), role)


def test_without_the_role_one_is_not_let_in():
    with pytest.raises(NotAllowed):
        require(actor(Kind.OPERATOR, Role.TREASURER), Role.FACILITATOR)


def test_mother_daughter_and_sister_are_affiliated_and_strangers_are_not():
    mother = an_organisation()
    daughter = an_organisation(affiliated_with=mother.id)
    sister = an_organisation(affiliated_with=mother.id)
    stranger = an_organisation()

    assert are_affiliated(mother, daughter)
    assert are_affiliated(daughter, sister)
    assert not are_affiliated(daughter, stranger)
    assert conflicts(daughter, [stranger, sister])
    assert not conflicts(stranger, [mother, daughter, sister])
