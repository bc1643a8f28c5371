"""A story in one transaction."""

import pytest

from club.demo.whole import as_one
from club.domain.errors import PhaseRefused
from club.operations.founding import found_club, is_founded

GIVEN = {"name_ja": "巴", "name_en": "Tomoe", "email": "sato@club.example"}


class Broken(Exception):
    pass


def break_off(context):
    with as_one(context) as one:
        found_club(one, **GIVEN)
        raise Broken


def test_nobody_sees_a_story_before_its_end(context):
    with as_one(context) as one:
        found_club(one, **GIVEN)
        seen_inside = is_founded(one)

    assert (seen_inside, is_founded(context)) == (True, True)


def test_a_story_that_breaks_never_happened(context):
    with pytest.raises(Broken):
        break_off(context)

    assert not is_founded(context)


def test_a_deed_that_is_refused_undoes_only_itself(context):
    with as_one(context) as one:
        found_club(one, **GIVEN)
        with pytest.raises(PhaseRefused):
            found_club(one, **GIVEN)
        one.database.dispose()

    assert is_founded(context)
