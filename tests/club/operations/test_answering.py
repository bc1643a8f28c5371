"""A member says whether it stays: once a request, changed at will, by those who may."""

from __future__ import annotations

import pytest

from club.domain.errors import NotAllowed, NotFound
from club.domain.falling import Answer
from club.domain.organisations import Role
from tests.builders import colleague, join
from tests.fallen import answer, asked, chain, cleared, fall, tick


@pytest.fixture
def market(context, clock, facilitator):
    market = cleared(context, clock, facilitator)
    fall(market, 5_000)
    tick(market)
    return market


def said(market):
    answers = {question.organisation_id: question.answer for question in asked(market)}
    return [answers[id] for id in market.ids]


def test_the_same_request_twice_is_one_answer(market):
    first = answer(market, market.members[0], Answer.LEAVE, request_id="once")
    again = answer(market, market.members[0], Answer.STAY, request_id="once")

    assert first == again
    assert said(market) == [Answer.LEAVE, None]
    assert chain(market).count("question.answered") == 1


def test_an_answer_may_be_changed_and_the_last_one_counts(market):
    answer(market, market.members[0], Answer.LEAVE)
    changed = answer(market, market.members[0], Answer.STAY)

    assert (changed.answer, changed.answered_by) == (Answer.STAY, market.members[0].person_id)
    assert said(market) == [Answer.STAY, None]


def test_only_who_buys_or_approves_for_the_member_answers(market):
    learner = colleague(market.context, market.members[0], Role.LEARNER)
    approver = colleague(market.context, market.members[0], Role.APPROVER)

    for stranger in (learner, market.sellers[0], market.facilitator):
        with pytest.raises(NotAllowed):
            answer(market, stranger)
    assert answer(market, approver).organisation_id == market.ids[0]


def test_who_was_not_asked_has_nothing_to_answer(market):
    with pytest.raises(NotFound):
        answer(market, join(market.context))
    with pytest.raises(NotFound):
        answer(market, market.members[0], number=3)
    assert said(market) == [None, None]
