"""Lots hold whole registry units."""

from dataclasses import replace

import pytest

from club.domain.errors import InputRefused, TermsRefused
from club.domain.lots import PREFECTURES, Lot, check, check_project
from club.domain.organisations import Actor, Kind, Role
from tests.builders import NOON, a_project

BY = Actor(person_id="p", organisation_id="o", kind=Kind.OPERATOR, roles=frozenset(Role))


def a_lot(**given):
    values = {
        "id": "l",
        "project_id": "p",
        "supplier_id": "s",
        "vintage": None,
        "quantity_kg": 2_000,
        "created_at": NOON,
        "created_by": "p",
    }
    return Lot(**values | given)


def test_whole_tonnes_are_a_lot():
    assert check(a_lot()) == a_lot()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"quantity_kg": 1_500}, "units_mismatch"),
        ({"quantity_kg": 100, "unit_kg": 100}, "evidence_missing"),
    ],
)
def test_part_units_and_sub_tonne_lots_without_evidence_are_refused(given, code):
    with pytest.raises(TermsRefused) as refusal:
        check(a_lot(**given))

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"quantity_kg": 10**18}, "too_large"),
        ({"unit_kg": 10**18, "quantity_kg": 10**18}, "too_large"),
        ({"quantity_kg": -1_000}, "not_positive"),
        ({"vintage": 10**18}, "unknown_choice"),
        ({"evidence": "a" * 501}, "too_long"),
    ],
)
def test_a_lot_beyond_what_can_be_kept_is_refused(given, code):
    with pytest.raises(InputRefused) as refusal:
        check(a_lot(**given))

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name_ja": " "}, "missing"),
        ({"source": ""}, "missing"),
        ({"programme": "a" * 101}, "too_long"),
        ({"region_ja": "a" * 101}, "too_long"),
        ({"registry_number": "1" * 101}, "too_long"),
        ({"country": "Japan"}, "unknown_choice"),
        ({"country": "J\x00"}, "unknown_choice"),
    ],
)
def test_a_project_says_what_it_must_and_no_more_than_can_be_kept(given, code):
    project = replace(a_project(BY), **given)

    with pytest.raises(InputRefused) as refusal:
        check_project(project)

    assert (refusal.value.code, refusal.value.facts["field"]) == (code, next(iter(given)))


def test_what_no_database_holds_is_left_out_of_a_project():
    project = replace(a_project(BY), story_ja="森\x00林", methodology="\x00")

    read = check_project(project)

    assert (read.story_ja, read.methodology, read.story_en) == ("森林", None, "")


@pytest.mark.parametrize(
    ("country", "prefecture"), [("JP", "00"), ("JP", "48"), ("JP", "1"), ("US", "13")]
)
def test_a_prefecture_is_one_of_the_forty_seven_of_japan(country, prefecture):
    with pytest.raises(InputRefused) as refusal:
        check_project(a_project(BY, country=country, prefecture=prefecture))

    assert (refusal.value.code, refusal.value.facts["field"]) == ("unknown_choice", "prefecture")


def test_a_project_may_say_its_prefecture_and_its_rating():
    project = a_project(BY, prefecture=PREFECTURES[-1], rating=" BeZero A ")

    assert check_project(project) == replace(project, rating="BeZero A")
    assert check_project(replace(project, rating=" ")).rating is None
    assert (PREFECTURES[0], PREFECTURES[-1], len(PREFECTURES)) == ("01", "47", 47)
