"""The short quiz after a change: what it asks, what it carries, and when the whole one is due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from club.operations.learning import answer_question, start_try
from club.operations.viewing.learning import DeltaCard, ModuleState, my_module
from club.store import journal, learning
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


def revised(context, ids, **changes):
    """The module in its next version, these questions of it rewritten, none stale for long."""
    module = context.modules[MODULE]
    questions = tuple(
        replace(q, version=q.version + (q.id in ids), review_by=date(2030, 1, 1))
        for q in module.questions
    )
    return with_module(context, **{"version": module.version + 1, "questions": questions} | changes)


CHANGED = ("why-hierarchy", "why-benefits")


def take_delta(context, learner, choose, request_id="delta"):
    attempt = start(context, learner, request_id)
    for question in asked(context, attempt):
        attempt = answer(context, learner, attempt, question, choose(question))
    return attempt


def card(context, learner):
    return my_module(context, learner, MODULE)


def test_after_a_revision_only_what_changed_is_asked(context, learner):
    passed = take(context, learner, right)
    newer = revised(context, CHANGED)

    before = card(newer, learner)
    attempt = take_delta(newer, learner, right)
    after = card(newer, learner)

    assert (before.state, before.expires_at) == (ModuleState.NOT_YET, None)
    assert before.delta == DeltaCard(quiz_size=2, is_required=True)
    assert {q.id for q in asked(newer, attempt)} == set(CHANGED)
    assert learning.quiz_of(attempt).carries == passed.id
    assert (after.state, after.delta) == (ModuleState.PASSED, None)


def test_a_delta_renews_nothing(context, learner, clock):
    take(context, learner, right)
    lapses_at = clock.at + timedelta(days=365)
    newer = revised(context, CHANGED)
    clock.forward(days=100)
    take_delta(newer, learner, right)

    assert card(newer, learner).expires_at == lapses_at
    clock.at = lapses_at
    assert card(newer, learner).expires_at is None


def test_the_chain_holds_what_a_delta_carried(context, learner):
    passed = take(context, learner, right)
    newer = revised(context, CHANGED)
    take_delta(newer, learner, right)

    with context.database.read() as tx:
        [_, link] = journal.links(tx, journal.CLUB)
    assert (link.kind, link.facts["carries"], link.facts["version"]) == (
        "module.passed",
        passed.id,
        2,
    )


def test_a_failed_delta_carries_nothing_and_may_be_tried_again(context, learner):
    take(context, learner, right)
    newer = revised(context, CHANGED)

    failed = take_delta(newer, learner, wrong, "d1")

    assert card(newer, learner).expires_at is None
    again = start(newer, learner, "d2")
    assert again.id != failed.id
    assert len(learning.quiz_of(again).asked) == 2


def test_a_changed_question_alone_leaves_the_pass_and_offers_a_short_quiz(context, learner):
    take(context, learner, right)
    newer = revised(context, CHANGED[:1], version=context.modules[MODULE].version)

    shown = card(newer, learner)

    assert (shown.state, shown.delta) == (
        ModuleState.PASSED,
        DeltaCard(quiz_size=1, is_required=False),
    )


def test_who_never_passed_takes_the_whole_quiz(context, learner):
    take(context, learner, wrong)
    newer = revised(context, CHANGED)

    attempt = start(newer, learner, "r2")

    assert len(learning.quiz_of(attempt).asked) == newer.modules[MODULE].quiz_size
    assert learning.quiz_of(attempt).carries is None


def test_who_passed_long_ago_takes_the_whole_quiz(context, learner, clock):
    take(context, learner, right)
    newer = revised(context, CHANGED)
    clock.forward(days=365)

    assert card(newer, learner).delta is None
    assert learning.quiz_of(start(newer, learner, "r2")).carries is None


def test_who_prefers_the_whole_quiz_gets_it(context, learner):
    take(context, learner, right)
    newer = revised(context, CHANGED)

    attempt = start_try(newer, learner, request_id="whole", module_id=MODULE, takes_whole=True)

    assert len(learning.quiz_of(attempt).asked) == newer.modules[MODULE].quiz_size


def test_a_delta_begun_before_its_pass_lapsed_is_left_behind(context, learner, clock):
    take(context, learner, right)
    newer = revised(context, CHANGED)
    delta = start(newer, learner, "d1")
    clock.forward(days=365)

    assert card(newer, learner).open_try_id is None
    assert start(newer, learner, "d2").id != delta.id


def test_a_delta_finished_after_its_pass_lapsed_is_no_pass(context, learner, clock):
    take(context, learner, right)
    newer = revised(context, CHANGED)
    delta = start(newer, learner, "d1")
    clock.forward(days=365)
    for question in asked(newer, delta):
        answer_question(
            newer,
            learner,
            request_id=question.id,
            try_id=delta.id,
            question_id=question.id,
            given=right(question),
        )

    assert card(newer, learner).state is ModuleState.LAPSED


def test_a_try_from_before_the_bank_was_kept_leads_to_the_whole_quiz(context, learner):
    passed = take(context, learner, right)
    before = {name: passed.questions[name] for name in ("pass_mark", "asked")}
    with context.database.write() as tx:
        learning.change_attempt(tx, replace(passed, questions=before))

    assert card(context, learner).state is ModuleState.PASSED
    assert card(revised(context, CHANGED), learner).delta is None


def test_one_persons_pass_carries_nothing_for_another(context, learner):
    take(context, learner, right)
    other = join(context)

    assert card(revised(context, CHANGED), other).delta is None
