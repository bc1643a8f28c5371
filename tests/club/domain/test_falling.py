"""An award that falls away, and what members are asked then."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.domain.errors import PhaseRefused, TermsRefused
from club.domain.falling import (
    ANSWER_DAYS,
    Answer,
    answer,
    is_asking_over,
    leaving,
    questions,
    require_fallable,
)
from tests.builders import NOON

LAST = NOON + timedelta(days=ANSWER_DAYS)
INSTANT = timedelta(microseconds=1)


def asked(*ids):
    return questions("r", 2, ids, at=NOON)


def test_everybody_is_asked_in_one_order_and_by_one_instant():
    assert [(q.organisation_id, q.number, q.answer_by_at) for q in asked("b", "a")] == [
        ("a", 2, LAST),
        ("b", 2, LAST),
    ]


def test_an_answer_counts_until_the_last_instant_and_may_be_changed():
    (question,) = asked("a")

    left = answer(question, Answer.LEAVE, at=NOON, by="p1")
    stayed = answer(left, Answer.STAY, at=LAST, by="p2")

    assert (left.is_leaving, stayed.is_leaving, stayed.answered_by) == (True, False, "p2")
    with pytest.raises(PhaseRefused, match="answering_over"):
        answer(question, Answer.LEAVE, at=LAST + INSTANT, by="p1")


@given(st.lists(st.sampled_from([None, *Answer]), max_size=6))
def test_silence_is_to_stay_and_the_asking_ends_with_the_last_answer_or_the_last_instant(said):
    ids = [str(number) for number in range(len(said))]
    answered = [
        question if each is None else answer(question, each, at=NOON, by="p1")
        for question, each in zip(asked(*ids), said, strict=True)
    ]

    assert leaving(answered) == [
        id for id, each in zip(ids, said, strict=True) if each is Answer.LEAVE
    ]
    assert is_asking_over(answered, LAST) == (None not in said)
    assert is_asking_over(answered, LAST + INSTANT)


def test_what_is_delivered_or_falls_already_does_not_fall():
    require_fallable(is_delivered=False, is_falling=False)
    with pytest.raises(TermsRefused, match="award_delivered"):
        require_fallable(is_delivered=True, is_falling=False)
    with pytest.raises(TermsRefused, match="award_falling"):
        require_fallable(is_delivered=True, is_falling=True)
