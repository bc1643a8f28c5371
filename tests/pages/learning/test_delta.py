"""What a revision asks of those who passed, on the module's card and at the quiz's door."""

from dataclasses import replace

import pytest

from club.operations.withdrawing import withdraw_pass
from club.store import learning
from pages.learning import modules, quiz
from tests.club.operations.trying import MODULE, right, take, with_module


def after_revision(context, render, **changes):
    """The screen in a club whose first question was rewritten."""
    first, *others = context.modules[MODULE].questions
    newer = (replace(first, version=first.version + 1), *others)
    revised = with_module(context, questions=newer, **changes)
    return lambda visit: render(replace(visit, context=revised))


@pytest.mark.parametrize(("changes", "kind"), [({"version": 2}, "required"), ({}, "offered")])
def test_a_short_quiz_is_offered_and_begins_by_its_button(
    open_screen, context, learner, language, say, changes, kind
):
    take(context, learner, right)

    card = open_screen(after_revision(context, modules.render, **changes), learner, language)
    door = open_screen(
        after_revision(context, quiz.render, **changes), learner, language, module=MODULE
    )
    begin = say("progress.delta.start", count=1)
    labels = [button.label for button in door.button]
    told = [[shown.value for shown in at.info] for at in (card, door)]
    rules = "".join(shown.value for shown in door.markdown)
    next(button for button in door.button if button.label == begin).click().run()

    with context.database.read() as tx:
        own = learning.attempts_of_person(tx, learner.person_id)
        [begun] = [a for a in own if a.finished_at is None]
    assert told == [[say(f"progress.delta.{kind}", count=1)]] * 2
    assert card.button(key=f"read {MODULE}").label == say("learning.read_again")
    assert (card.button(key=f"quiz {MODULE}").proto.type == "primary") == (kind == "required")
    assert say("learning.quiz.asks", count=1) in rules
    assert say("progress.delta.passing", mark=80) in rules
    assert {begin, say("progress.delta.take_whole")} <= set(labels)
    assert len(learning.quiz_of(begun).asked) == 1
    assert not door.exception


def the_result(open_screen, render, learner, language, attempt):
    at = open_screen(render, learner, language, **{"module": MODULE, "try": attempt.id})
    return [shown.value for shown in at.info]


def test_a_result_that_has_lapsed_says_so(open_screen, context, learner, language, say, clock):
    attempt = take(context, learner, right)
    clock.forward(days=365)

    why = say("passes.mine.expired", until=clock.at)
    assert the_result(open_screen, quiz.render, learner, language, attempt) == [
        say("progress.counts_no_more", why=why)
    ]


def test_a_result_of_an_earlier_version_leads_to_the_short_quiz(
    open_screen, context, learner, language, say
):
    attempt = take(context, learner, right)

    revised = after_revision(context, quiz.render, version=2)
    assert the_result(open_screen, revised, learner, language, attempt) == [
        say("progress.counts_no_more", why=say("passes.mine.outdated")),
        say("progress.delta.required", count=1),
    ]


def test_a_result_that_was_withdrawn_says_why(
    open_screen, context, learner, facilitator, language, say
):
    attempt = take(context, learner, right)
    withdraw_pass(
        context,
        facilitator,
        request_id="withdraw",
        person_id=learner.person_id,
        module_id=MODULE,
        reason="Answers were shared",
    )

    why = say("passes.mine.withdrawn", reason="Answers were shared")
    assert the_result(open_screen, quiz.render, learner, language, attempt) == [
        say("progress.counts_no_more", why=why)
    ]
