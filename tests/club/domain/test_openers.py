from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.domain.auction_terms import MOST_OPENERS, AuctionTerms, Sealing
from club.domain.errors import InputRefused
from club.domain.openers import (
    Opener,
    check_named,
    has_openers,
    is_eligible,
    is_to_be_reminded,
    waits_until,
)
from club.domain.organisations import Actor, Kind, Standing
from club.domain.rounds import GRACE, Phase
from tests.builders import NOON, a_person, a_round, an_organisation

BY = Actor(person_id="p", organisation_id="o", kind=Kind.OPERATOR, roles=frozenset())
SEALED = AuctionTerms(sealing=Sealing.OPENERS, openers_needed=2, opening_days=3)
DAY = timedelta(days=1)


def an_opener(told_at):
    return Opener(
        round_id="r", person_id="p", place=1, named_at=NOON, named_by="f", told_at=told_at
    )


@given(st.lists(st.sampled_from([f"p{n}" for n in range(30)])), st.integers(2, MOST_OPENERS))
def test_openers_stand_once_each_in_the_order_named_or_are_refused(person_ids, needed):
    distinct = list(dict.fromkeys(person_ids))

    if needed <= len(distinct) <= MOST_OPENERS:
        assert check_named(person_ids, needed) == distinct
    else:
        with pytest.raises(InputRefused, match="openers_miscounted"):
            check_named(person_ids, needed)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("is_active", [True, False])
def test_active_people_of_approved_members_and_of_the_office_may_open(kind, standing, is_active):
    organisation = an_organisation(kind, standing=standing)
    person = a_person(organisation, is_active=is_active)

    expected = kind is not Kind.SUPPLIER and standing is Standing.APPROVED and is_active
    assert is_eligible(person, organisation, []) is expected


def test_kin_of_a_supplier_may_not():
    supplier = an_organisation(Kind.SUPPLIER)
    other = an_organisation(Kind.SUPPLIER)
    parent = an_organisation()
    child = an_organisation(affiliated_with=supplier.id)

    assert not is_eligible(a_person(child), child, [other, supplier])
    assert not is_eligible(a_person(parent), parent, [replace(supplier, affiliated_with=parent.id)])
    assert is_eligible(a_person(child), child, [other])


@pytest.mark.parametrize(
    ("late", "counted_from"),
    [(timedelta(0), timedelta(0)), (GRACE, timedelta(0)), (DAY, DAY)],
)
def test_a_round_waits_the_days_of_its_opening_and_longer_by_what_the_clock_was_late(
    late, counted_from
):
    round_ = a_round(BY, auction=SEALED)

    assert waits_until(round_, NOON, NOON + late) == NOON + counted_from + 3 * DAY


@pytest.mark.parametrize(
    ("phase", "before_close", "since_told", "expected"),
    [
        (Phase.PLEDGING, 4 * DAY, 5 * DAY, False),
        (Phase.PLEDGING, 3 * DAY, DAY, True),
        (Phase.PLEDGING, 3 * DAY, DAY - timedelta(seconds=1), False),
        (Phase.PLEDGING, -DAY, DAY, True),
        (Phase.CLEARING, -DAY, DAY, True),
        (Phase.CLEARING, -DAY, timedelta(hours=1), False),
    ],
)
def test_a_reminder_comes_once_a_day_and_for_a_passphrase_not_too_early(
    phase, before_close, since_told, expected
):
    round_ = a_round(BY, auction=SEALED, phase=phase)
    at = round_.pledging_closes_at - before_close

    assert is_to_be_reminded(an_opener(at - since_told), round_, at) is expected


def test_a_round_has_openers_where_its_terms_say_so():
    assert has_openers(a_round(BY, auction=SEALED))
    assert not has_openers(a_round(BY))
