"""What Home asks of a learner: a pass that lapses soon, a short quiz on what is new."""

from dataclasses import replace
from datetime import timedelta

import pytest

from club.operations.learning import start_try
from club.operations.viewing.home import home
from curriculum.progress import SOON
from tests.builders import join
from tests.club.operations.trying import (
    MODULE,
    answer,
    asked,
    right,
    start,
    take,
    with_module,
    wrong,
)


@pytest.fixture
def learner(context):
    return join(context)


def asked_of(context, learner):
    return [(card.kind, card.query) for card in home(context, learner).cards]


def test_a_pass_is_on_home_from_sixty_days_before_it_lapses_until_it_has(context, learner, clock):
    take(context, learner, right)
    days = context.modules[MODULE].valid_days
    lapsing = [("lapsing", {"module": MODULE})]

    clock.forward(days=days - SOON.days, seconds=-1)
    assert asked_of(context, learner) == []
    clock.forward(seconds=1)
    assert asked_of(context, learner) == lapsing
    clock.forward(days=SOON.days, seconds=-1)
    assert asked_of(context, learner) == lapsing
    clock.forward(seconds=1)
    assert asked_of(context, learner) == []


def test_the_card_names_the_pass_and_its_end_and_goes_once_one_has_passed_again(
    context, learner, clock
):
    short = with_module(context, valid_days=SOON.days + 1)
    take(short, learner, right, "early")
    clock.forward(days=1)
    (card,) = home(short, learner).cards
    take(short, learner, right, "late")
    clock.forward(hours=1)

    assert (card.kind, card.module) == ("lapsing", short.modules[MODULE].title)
    assert card.due_at == card.facts["expires_at"] == clock.at - timedelta(hours=1) + SOON
    assert asked_of(short, learner) == []


def test_the_quiz_that_was_begun_last_is_on_home_until_it_is_finished(context, learner, clock):
    _, other, *_ = context.modules
    attempt = start(context, learner)
    clock.forward(days=1)
    start_try(context, learner, request_id="other", module_id=other)
    begun_last = [("left_open", {"module": other})]

    assert asked_of(context, learner) == begun_last
    assert home(context, learner).cards[0].facts == {"started_at": clock.at}
    without_the_other = replace(context, modules={MODULE: context.modules[MODULE]})
    assert asked_of(without_the_other, learner) == [("left_open", {"module": MODULE})]
    for question in asked(context, attempt):
        answer(context, learner, attempt, question, right(question))
    assert asked_of(without_the_other, learner) == []
    assert asked_of(context, join(context)) == []


def revised(context, **changes):
    first, *others = context.modules[MODULE].questions
    newer = (replace(first, version=first.version + 1), *others)
    return with_module(context, questions=newer, **changes)


def test_a_short_quiz_that_a_pass_needs_is_on_home_and_an_offered_one_is_not(context, learner):
    take(context, learner, right)

    assert asked_of(revised(context), learner) == []
    (card,) = home(revised(context, version=2), learner).cards
    assert (card.kind, card.query) == ("renewing", {"module": MODULE})
    assert card.facts == {"count": 1}


def test_who_failed_is_asked_for_nothing_but_the_review(context, learner):
    take(context, learner, wrong)

    kinds = {kind for kind, _ in asked_of(revised(context, version=2), learner)}
    assert kinds <= {"review"}
