"""Certificates on the result's page and on "my learning", in both languages."""

from dataclasses import replace

import pytest

from club.domain.organisations import Kind
from club.store import pass_certificates
from pages.learning import my_learning, quiz
from tests.builders import join
from tests.club.operations.certified import WHY, a_certificate, certify, withdraw
from tests.club.operations.trying import MODULE, right, take, wrong
from tests.pages.hand import Hand, words


def on_result(open_screen, learner, attempt, language):
    query = {"module": MODULE, "try": attempt.id}
    return open_screen(quiz.render, learner, language, **query)


def labels(at):
    return [button.label for button in (*at.button, *at.download_button)]


def test_before_a_pass_the_page_says_how_to_come_by_one(open_screen, learner, language, say):
    at = open_screen(my_learning.render, learner, language)

    assert not at.exception
    assert say("passes.mine.none") in words(at)


@pytest.mark.parametrize("where", ["result", "mine"])
def test_a_pass_is_certified_by_a_button_that_says_what_others_will_see(
    open_screen, context, learner, language, say, where
):
    attempt = take(context, learner, right)
    if where == "result":
        at = on_result(open_screen, learner, attempt, language)
    else:
        at = open_screen(my_learning.render, learner, language)
    assert not at.exception
    assert say("passes.mine.explained") in words(at)

    at = Hand(at, language).press("passes.mine.issue")

    assert not at.exception
    with context.database.read() as tx:
        [certificate] = pass_certificates.of_person(tx, learner.person_id)
    assert certificate.attempt_id == attempt.id
    assert {say("passes.mine.pdf"), say("passes.mine.badge")} <= set(labels(at))


def test_a_failure_offers_no_certificate(open_screen, context, learner, language, say):
    at = on_result(open_screen, learner, take(context, learner, wrong), language)

    assert not at.exception
    assert say("passes.mine.issue") not in labels(at)


def test_sharing_is_stopped_after_a_confirmation_and_taken_up_again(
    open_screen, context, learner, language, say
):
    certificate, _ = a_certificate(context, learner)
    at = open_screen(my_learning.render, learner, language)
    hand = Hand(at, language)

    assert say("passes.mine.stops") in words(hand.press("passes.mine.stop"))
    hand.button("passes.mine.stop").click()
    at = hand.press("passes.mine.stop_act")
    assert say("passes.mine.closed") in words(at)
    assert say("passes.mine.pdf") not in labels(at)

    at = hand.press("passes.mine.share")
    with context.database.read() as tx:
        assert pass_certificates.get(tx, certificate.id) == replace(certificate, closed_at=None)
    assert say("passes.mine.pdf") in labels(at)


@pytest.mark.parametrize("is_certified", [True, False])
def test_one_that_was_withdrawn_says_so_with_the_reason_and_is_no_longer_handed_out(
    open_screen, context, learner, language, say, is_certified
):
    attempt = take(context, learner, right)
    if is_certified:
        certify(context, learner, attempt)
    withdraw(context, join(context, Kind.OPERATOR), learner)
    at = open_screen(my_learning.render, learner, language)

    assert not at.exception
    assert say("passes.mine.withdrawn", reason=WHY) in words(at)
    assert say("passes.mine.issue") not in labels(at)
    assert say("passes.mine.pdf") not in labels(at)


def test_ones_statements_can_be_downloaded(open_screen, learner, language, say):
    at = open_screen(my_learning.render, learner, language)

    assert say("passes.statements.download") in labels(at)
