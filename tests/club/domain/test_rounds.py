"""Phases, instants, and what becomes of a round when pledging closes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from club.domain import rounds as rules
from club.domain.auction_terms import AuctionTerms, Format
from club.domain.errors import InputRefused, PhaseRefused
from club.domain.organisations import Actor, Kind, Role
from club.domain.rounds import NEXT, Phase, WhenShort
from tests.builders import NOON, a_round

BY = Actor(person_id="p", organisation_id="o", kind=Kind.OPERATOR, roles=frozenset(Role))
ROUND = a_round(BY)
INSTANT = timedelta(microseconds=1)
AT = ROUND.pledging_closes_at + INSTANT


@pytest.mark.parametrize("phase", list(Phase))
def test_only_the_changes_of_phase_in_the_table_are_possible(phase):
    possible = set()
    for target in Phase:
        try:
            possible.add(rules.move(replace(ROUND, phase=phase), target).phase)
        except PhaseRefused:
            continue

    assert possible == NEXT[phase]


def test_pledging_is_open_at_its_closing_instant_and_not_after():
    rules.require_pledging(ROUND, ROUND.pledging_closes_at)
    with pytest.raises(PhaseRefused) as refusal:
        rules.require_pledging(ROUND, ROUND.pledging_closes_at + INSTANT)

    assert refusal.value.code == "pledging_closed"


def test_before_pledging_opens_the_opening_is_told():
    with pytest.raises(PhaseRefused) as refusal:
        rules.require_pledging(ROUND, ROUND.pledging_opens_at - INSTANT)

    assert refusal.value.facts == {"opens_at": ROUND.pledging_opens_at}


def test_bidding_opens_when_pledging_has_closed():
    with pytest.raises(PhaseRefused) as refusal:
        rules.require_bidding(ROUND, NOON)
    rules.require_bidding(replace(ROUND, phase=Phase.BIDDING), ROUND.bidding_closes_at)

    assert refusal.value.code == "bidding_not_open"


def test_a_pool_at_the_minimum_goes_on_to_bidding():
    assert rules.close_pledging(ROUND, ROUND.minimum_kg, AT).phase is Phase.BIDDING


def test_a_short_pool_fails_or_is_prolonged_once():
    patient = replace(ROUND, when_short=WhenShort.PROLONG)

    prolonged = rules.close_pledging(patient, ROUND.minimum_kg - 1, AT)

    assert rules.close_pledging(ROUND, ROUND.minimum_kg - 1, AT).phase is Phase.FAILED
    assert prolonged.phase is Phase.PLEDGING
    assert prolonged.pledging_closes_at - patient.pledging_closes_at == timedelta(days=7)
    assert prolonged.bidding_closes_at - patient.bidding_closes_at == timedelta(days=7)
    assert rules.close_pledging(prolonged, 0, AT).phase is Phase.FAILED


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"pledging_closes_at": ROUND.bidding_closes_at}, "dates_out_of_order"),
        ({"member_minimum_kg": 100_001}, "minimum_above_quantity"),
        ({"minimum_kg": 100_001}, "minimum_above_quantity"),
        ({"maximum_kg": 99_999}, "minimum_above_quantity"),
    ],
)
def test_terms_that_contradict_themselves_are_refused(terms, code):
    with pytest.raises(InputRefused) as refusal:
        rules.check(replace(ROUND, **terms))

    assert refusal.value.code == code


@pytest.mark.parametrize("field", sorted(rules.MOST))
def test_a_round_beyond_what_can_be_kept_is_refused_and_not_found_out_at_its_end(field):
    with pytest.raises(InputRefused) as refusal:
        rules.check(replace(ROUND, **{field: 10**18}))

    assert refusal.value.code in {"too_large", "minimum_above_quantity"}


@pytest.mark.parametrize("field", sorted(rules.MOST))
def test_nothing_of_a_round_is_below_zero(field):
    with pytest.raises(InputRefused):
        rules.check(replace(ROUND, **{field: -1}))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name_ja": ""}, "missing"),
        ({"name_en": "\x00 "}, "missing"),
        ({"name_ja": "あ" * 201}, "too_long"),
        ({"purpose_en": "a" * 4_001}, "too_long"),
    ],
)
def test_a_round_has_a_name_in_both_languages_that_can_be_kept(given, code):
    with pytest.raises(InputRefused) as refusal:
        rules.check(replace(ROUND, **given))

    assert (refusal.value.code, refusal.value.facts["field"]) == (code, next(iter(given)))


def test_what_no_database_holds_is_left_out_of_a_name():
    assert rules.check(replace(ROUND, name_ja=" 第1\x00回\ud800 ")).name_ja == "第1回"


def test_a_clock_that_comes_late_takes_no_time_from_the_bidders():
    late = timedelta(hours=30)

    bidding = rules.close_pledging(ROUND, ROUND.minimum_kg, ROUND.pledging_closes_at + late)

    assert bidding.phase is Phase.BIDDING
    assert bidding.bidding_closes_at == ROUND.bidding_closes_at + late


def test_a_prolonging_decided_late_gives_all_its_days():
    patient = replace(ROUND, when_short=WhenShort.PROLONG)
    at = ROUND.pledging_closes_at + timedelta(days=30)

    prolonged = rules.close_pledging(patient, 0, at)

    week = timedelta(days=7)
    assert prolonged.pledging_closes_at == at + week
    assert prolonged.bidding_closes_at == ROUND.bidding_closes_at + timedelta(days=30) + week


def test_when_bidding_closes_later_so_does_the_hard_end_of_a_live_auction():
    end = ROUND.bidding_closes_at + timedelta(hours=1)
    auction = AuctionTerms(format=Format.DESCENDING, hard_end_at=end)
    live = replace(ROUND, auction=auction, when_short=WhenShort.PROLONG)
    late = timedelta(hours=30)

    prolonged = rules.close_pledging(live, 0, AT)
    bidding = rules.close_pledging(live, ROUND.minimum_kg, ROUND.pledging_closes_at + late)

    assert prolonged.auction == replace(auction, hard_end_at=end + timedelta(days=7))
    assert bidding.auction == replace(auction, hard_end_at=end + late)


def test_a_round_is_held_to_the_terms_of_its_auction():
    with pytest.raises(InputRefused) as refusal:
        rules.check(replace(ROUND, auction=AuctionTerms(format=Format.DESCENDING)))

    assert refusal.value.facts == {"field": "hard_end_at"}
