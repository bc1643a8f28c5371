"""Which version of the terms is in force."""

from datetime import date

from club.domain.terms import VERSIONS, in_force


def test_the_newest_version_whose_day_has_come_is_in_force():
    assert in_force(date(2030, 1, 1)) == VERSIONS[-1]
    assert in_force(date(2020, 1, 1)) == VERSIONS[0]


def test_versions_stand_in_the_order_of_their_days():
    days = [terms.effective_on for terms in VERSIONS]

    assert days == sorted(days)
