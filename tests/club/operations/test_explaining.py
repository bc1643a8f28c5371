"""Rounds are explained once they are cleared, and further when somebody asks; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from auctions.reasons import Reason
from auctions.winning_price import WinningPrice
from club.domain.errors import NotAllowed, NotFound, Refused
from club.domain.explaining import ShownPrice
from club.domain.organisations import Kind, Role
from club.operations.clearing import clear_round
from club.operations.closing import Waits
from club.operations.explaining import explain_due, find_out
from club.operations.questions import ask_here, untold
from club.operations.worker import Worker
from club.store import explanations, offers
from tests.builders import colleague, join
from tests.cleared import over
from tests.club.operations.asked import Endless
from tests.markets import a_market

ONE_MEMBER = [(50_000, None, 0)]
WHOLE_LOTS = [(30_000, 4_000, 30_000), (40_000, 5_000, 40_000)]
"""Only one of them fits, and more is bought of the second."""


@pytest.fixture
def round_(context, clock, facilitator):
    round_, _, _ = over(context, clock, facilitator)
    clear_round(context, round_.id)
    return round_


@pytest.fixture
def unfinished(context, facilitator):
    """A round whose bidding goes on."""
    return a_market(context, facilitator, ONE_MEMBER, WHOLE_LOTS)[0]


@pytest.fixture
def bound(context, clock, facilitator):
    """A cleared round in which a minimum decides, and its suppliers."""
    round_, _, sold = over(context, clock, facilitator, ONE_MEMBER, WHOLE_LOTS)
    clear_round(context, round_.id)
    return round_, [seller for seller, _ in sold]


def found(context, round_):
    """What is kept of each offer, in the order of acknowledgement."""
    with context.database.read() as tx:
        kept = explanations.of_round(tx, round_.id)
        return [kept.get(offer.id) for offer in offers.of_round(tx, round_.id)]


def as_merit_tells(question, told=untold):
    """An answer for want of time: nothing is cleared again."""
    return ask_here(replace(question, most_clears=0), told)


def refuse(question, told=untold):
    raise Refused("takes_too_long")


def test_every_offer_of_a_cleared_round_gets_its_reason_and_the_price_that_wins(context, round_):
    assert explain_due(context) == [round_.id]

    first, second, third = found(context, round_)
    assert [each.reason.outcome for each in (first, second, third)] == [
        "won_whole",
        "won_whole",
        "lost",
    ]
    assert third.reason == Reason(
        offer=third.offer,
        outcome="lost",
        because="above_limit",
        limit_per_t=6_000,
        wanted_kg=30_000,
    )
    assert (third.effective_per_t, third.price) == (6_500, WinningPrice(4_999, "highest"))
    assert (third.shown_reason.limit_per_t, third.shown_reason.wanted_kg) == (None, None)
    assert third.shown_price == ShownPrice(4_999, "highest")


def test_a_round_is_explained_once_and_not_before_it_is_cleared(context, clock, facilitator):
    round_, _, _ = over(context, clock, facilitator)
    before = explain_due(context)
    clear_round(context, round_.id)

    first, kept = explain_due(context), found(context, round_)
    again = explain_due(context, refuse)

    assert (before, first, again) == ([], [round_.id], [])
    assert found(context, round_) == kept


def test_of_four_hosts_that_explain_at_once_all_keep_the_same(context, round_):
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: explain_due(context), range(4)))

    assert [each.reason.outcome for each in found(context, round_)] == [
        "won_whole",
        "won_whole",
        "lost",
    ]


def test_what_a_killed_process_leaves_is_done_again_after_a_wait(context, clock, round_):
    worker, waits = Worker(), Waits()

    def killed(question, told=untold):
        return worker.ask(Endless(), lambda _done, _of: worker.close())

    first = explain_due(context, killed, waits)
    assert (first, found(context, round_)) == ([], [None] * 3)

    at_once = explain_due(context, worker.ask, waits)
    clock.forward(minutes=1)

    assert (at_once, explain_due(context, worker.ask, waits)) == ([], [round_.id])
    assert all(found(context, round_))


def test_where_it_takes_too_long_what_needs_no_clearing_is_told_at_once(context, bound):
    round_, _ = bound
    asked = []

    def first_too_long(question, told=untold):
        asked.append(question.most_clears)
        return ask_here(question) if len(asked) > 1 else refuse(question)

    explain_due(context, first_too_long)

    lost, won = found(context, round_)
    assert asked == [500, 0]
    assert (won.reason.outcome, won.is_open) == ("won_whole", False)
    assert (lost.reason.because, lost.price, lost.is_open) == ("not_looked_into", None, True)


def test_whoever_asks_has_the_rest_worked_out_and_kept(context, facilitator, bound):
    round_, _ = bound
    explain_due(context, as_merit_tells)
    heard = []

    find_out(context, facilitator, round_.id, told=lambda *step: heard.append(step), ask=ask_here)
    find_out(context, facilitator, round_.id, ask=refuse)

    lost, _ = found(context, round_)
    assert (lost.reason.because, lost.price) == ("own_minimum", WinningPrice(None, "highest"))
    assert (lost.is_final, lost.is_open) == (True, False)
    assert heard == [(0, 1), (1, 1)]


def test_a_supplier_has_only_its_own_worked_out(context, bound):
    round_, (loser, winner) = bound
    explain_due(context, as_merit_tells)

    find_out(context, winner, round_.id, ask=refuse)
    asked = []
    find_out(
        context,
        loser,
        round_.id,
        ask=lambda question, told: asked.append(question.offers) or ask_here(question, told),
    )

    lost, won = found(context, round_)
    assert asked == [{lost.offer}]
    assert (lost.is_final, won.is_final) == (True, False)


def test_members_and_the_uninvited_may_not_ask_and_unfinished_rounds_have_no_answer(
    context, facilitator, unfinished, bound
):
    round_, _ = bound
    buyer, stranger = join(context, Kind.MEMBER), join(context, Kind.SUPPLIER)
    explain_due(context, as_merit_tells)
    kept = found(context, round_)

    with pytest.raises(NotAllowed):
        find_out(context, buyer, round_.id, ask=refuse)
    with pytest.raises(NotFound):
        find_out(context, facilitator, "no such round", ask=refuse)
    find_out(context, stranger, round_.id, ask=refuse)
    find_out(context, facilitator, unfinished.id, ask=refuse)

    assert found(context, round_) == kept


def test_an_auditor_may_ask(context, facilitator, bound):
    round_, _ = bound
    explain_due(context, as_merit_tells)

    find_out(context, colleague(context, facilitator, Role.AUDITOR), round_.id, ask=ask_here)

    assert not any(each.is_open for each in found(context, round_))


def test_what_was_found_before_it_took_too_long_is_kept(context, facilitator, clock, monkeypatch):
    monkeypatch.setattr("club.operations.explaining.TOGETHER", 2)
    dear = [(10_000, 9_000, 10_000)] * 3
    round_, _, _ = over(context, clock, facilitator, [(20_000, 8_000, 0)], dear)
    clear_round(context, round_.id)
    explain_due(context, as_merit_tells)
    asked = []

    def once(question, told):
        asked.append(question)
        return ask_here(question, told) if len(asked) == 1 else refuse(question)

    with pytest.raises(Refused):
        find_out(context, facilitator, round_.id, ask=once)

    assert [each.is_open for each in found(context, round_)] == [False, False, True]


def test_a_slower_host_does_not_take_back_what_was_found_out(context, facilitator, bound):
    round_, _ = bound
    explain_due(context, as_merit_tells)
    with context.database.write() as tx:
        tx.execute(explanations.explanations.delete())

    def overtaken(question, told=untold):
        answer = as_merit_tells(question)
        find_out(context, facilitator, round_.id, ask=ask_here)
        return answer

    explain_due(context, overtaken)

    assert [each.is_final for each in found(context, round_)] == [True, True]
