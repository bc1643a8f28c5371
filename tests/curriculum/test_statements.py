"""Statements about tries: what each says, and the demands that all of them meet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.statements import (
    Answered,
    Records,
    Tried,
    Verb,
    duration,
    response,
    statements,
)
from curriculum.texts import Text
from tests.curriculum.xapi import faults, faults_together, verb

NOON = datetime(2026, 11, 22, 3, 0, 0, 250_999, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RECORDS = Records(
    home="https://club.example", words={word: Text(ja=f"動詞 {word}", en=word) for word in Verb}
)
ANSWER = Answered(
    question_id="tides-001",
    question_version=2,
    interaction="choice",
    response="a[,]c",
    mark=Fraction(1, 3),
    confidence=3,
    answered_at=NOON + MINUTE,
)
PASSED = Tried(
    id="try1",
    module_id="tides",
    module_version=3,
    title=Text(ja="潮", en="Tides"),
    pass_mark=Fraction(4, 5),
    started_at=NOON,
    answers=(ANSWER,),
    finished_at=NOON + 2 * MINUTE,
    score=Fraction(5, 6),
)
TURNS = tuple(NOON + timedelta(days=day) for day in (1, 2, 3, 4, 5))
"""Withdrawn, given back, and so on."""


def told(*tries):
    return statements(RECORDS, "p1", tries)


def of(verb_, made):
    return [statement for statement in made if verb(statement) == verb_]


def test_a_try_is_attempted_answered_completed_and_passed():
    made = told(PASSED)

    assert [verb(one) for one in made] == ["attempted", "answered", "completed", "passed"]
    assert {str(one["actor"]) for one in made} == {
        str(
            {
                "objectType": "Agent",
                "account": {"homePage": "https://club.example", "name": "p1"},
            }
        )
    }
    assert made[0]["object"]["definition"]["name"] == {"ja": "潮", "en": "Tides"}
    assert made[0]["timestamp"] == "2026-11-22T03:00:00.250Z"


def test_an_answer_tells_what_was_given_what_it_earned_and_how_sure_one_was():
    [answered] = of("answered", told(PASSED))

    assert answered["object"]["id"] == "https://club.example/questions/tides-001/2"
    assert str(answered["result"]["score"]["scaled"]) == "0.3333"
    assert answered["result"]["success"] is False
    assert answered["result"]["response"] == "a[,]c"
    assert answered["result"]["extensions"] == {"https://club.example/xapi/confidence": 3}


def test_each_answer_to_a_question_answered_again_is_a_statement_of_its_own():
    again = replace(ANSWER, number=2, answered_at=ANSWER.answered_at + MINUTE, mark=Fraction(1))
    made = told(replace(PASSED, answers=(ANSWER, again)))

    assert [one["result"]["success"] for one in of("answered", made)] == [False, True]
    assert faults_together(made) == []


def test_what_is_not_to_be_told_or_no_longer_known_is_left_out():
    bare = replace(ANSWER, response=None, mark=None, confidence=None, interaction="other")
    [answered] = of("answered", told(replace(PASSED, answers=(bare,))))

    assert "result" not in answered
    assert faults(answered) == []


@pytest.mark.parametrize(
    ("score", "outcome", "scaled"),
    [
        (Fraction(4, 5), "passed", "0.8000"),
        (Fraction(799_999, 1_000_000), "failed", "0.7999"),
        (Fraction(1), "passed", "1.0000"),
        (Fraction(0), "failed", "0.0000"),
    ],
)
def test_passed_reaches_the_mastery_score_and_failed_does_not(score, outcome, scaled):
    [made] = of(outcome, told(replace(PASSED, score=score)))

    assert str(made["result"]["score"]["scaled"]) == scaled
    assert faults(made) == []


def test_a_mark_that_four_decimals_do_not_hold_still_parts_passed_from_failed():
    mark = Fraction(2, 3)
    for score in (mark, mark - Fraction(1, 10**9)):
        assert [faults(one) for one in told(replace(PASSED, pass_mark=mark, score=score))] == (
            [[]] * 4
        )


def test_an_unfinished_try_has_no_outcome():
    open_ = replace(PASSED, finished_at=None, score=None)

    assert [verb(one) for one in told(open_)] == ["attempted", "answered"]


def test_after_a_pass_another_registration_begins_and_failures_before_it_share_one():
    failed = replace(PASSED, score=Fraction(0), answers=())
    tries = [
        replace(one, id=str(day), started_at=NOON + timedelta(days=day), finished_at=NOON
                + timedelta(days=day) + MINUTE)
        for day, one in enumerate([failed, replace(PASSED, answers=()), failed])
    ]  # fmt: skip
    first, second, third = (one["context"]["registration"] for one in of("attempted", told(*tries)))

    assert first == second != third


def test_a_withdrawn_pass_is_voided_by_the_club_and_told_anew_when_it_is_given_back():
    [passed] = of("passed", told(PASSED))
    made = told(replace(PASSED, turns=TURNS[:2]))
    [voided], [again] = of("voided", made), [p for p in of("passed", made) if p != passed]

    assert voided["object"] == {"objectType": "StatementRef", "id": passed["id"]}
    assert voided["actor"]["account"]["name"] == "club"
    assert again == passed | {"id": again["id"]}


@pytest.mark.parametrize("number", range(len(TURNS)))
def test_whatever_was_told_before_a_turn_is_told_after_it(number):
    before = told(replace(PASSED, turns=TURNS[:number]))
    after = told(replace(PASSED, turns=TURNS[: number + 1]))

    assert len(after) == len(before) + 1
    assert [one for one in after if one in before] == before


def test_of_what_was_withdrawn_and_given_back_again_and_again_the_last_stands():
    made = told(replace(PASSED, turns=TURNS))
    voided = {one["object"]["id"] for one in of("voided", made)}

    assert voided == {one["id"] for one in of("passed", made)}
    assert faults_together(told(replace(PASSED, turns=TURNS[:-1]))) == []


def test_the_same_facts_are_the_same_statements_in_whatever_order_they_come():
    other = replace(PASSED, id="try2", module_id="winds", started_at=NOON - MINUTE)

    assert told(PASSED, other) == told(other, PASSED)


@st.composite
def tried(draw):
    started_at = NOON + timedelta(minutes=draw(st.integers(0, 10_000)))
    number = draw(st.integers(0, 6))
    answers = tuple(
        replace(
            ANSWER,
            question_id=f"q{place}",
            mark=draw(st.none() | st.fractions(0, 1, max_denominator=7)),
            confidence=draw(st.none() | st.integers(1, 3)),
            response=draw(st.sampled_from([None, "a", "a[,]c", "追加性"])),
            answered_at=started_at + place * MINUTE,
        )
        for place in range(number)
    )
    is_finished = draw(st.booleans())
    pass_mark = draw(st.fractions(Fraction(1, 9), 1, max_denominator=9))
    score = draw(st.fractions(0, 1, max_denominator=9)) if is_finished else None
    finished_at = started_at + 9 * MINUTE if is_finished else None
    turns = draw(st.integers(0, 3)) if is_finished and score >= pass_mark else 0
    return replace(
        PASSED,
        module_id=draw(st.sampled_from(["tides", "winds"])),
        started_at=started_at,
        answers=answers,
        finished_at=finished_at,
        score=score,
        pass_mark=pass_mark,
        turns=tuple(finished_at + turn * MINUTE for turn in range(1, turns + 1)),
    )


@given(st.lists(tried(), max_size=6))
def test_all_statements_meet_the_demands_of_xapi_and_of_cmi5(tries):
    made = told(*(replace(one, id=f"try{number}") for number, one in enumerate(tries)))

    assert [fault for statement in made for fault in faults(statement)] == []
    assert faults_together(made) == []
    assert [one["timestamp"] for one in made] == sorted(one["timestamp"] for one in made)


@pytest.mark.parametrize(
    ("interaction", "given_", "written"),
    [
        ("choice", ("a",), "a"),
        ("choice", ("a", "c"), "a[,]c"),
        ("true-false", ("true",), "true"),
        ("numeric", ("1,200",), "1,200"),
        ("fill-in", ("追加性",), "追加性"),
        ("matching", ("p=x", "q=y"), "p[.]x[,]q[.]y"),
        ("sequencing", ("i", "k", "j"), "i[,]k[,]j"),
    ],
)
def test_responses_are_written_as_xapi_has_them(interaction, given_, written):
    assert response(interaction, given_) == written


def test_a_duration_is_rounded_down_to_the_hundredth():
    assert duration(timedelta(hours=1, seconds=2, milliseconds=349)) == "PT3602.34S"


@pytest.mark.parametrize(
    "change",
    [
        {"id": "not-a-uuid"},
        {"actor": {"mbox": "mailto:a@b.example", "account": {"homePage": "x:y", "name": "z"}}},
        {"timestamp": "yesterday"},
        {"verb": {"id": "passed", "display": {"en": "passed"}}},
        {"result": {"score": {"scaled": None}}},
    ],
)
def test_a_statement_that_breaks_a_rule_would_be_found(change):
    broken = told(PASSED)[0] | change
    try:
        found = faults(broken)
    except (ValueError, TypeError, KeyError):
        found = ["unreadable"]

    assert found != []
