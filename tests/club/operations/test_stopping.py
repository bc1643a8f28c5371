"""A clearing that a person has to look at, on both databases."""

from __future__ import annotations

import pytest

from auctions.refuted import Refuted
from auctions.results import Unproved
from club.domain.notices import NoticeKind
from club.domain.rounds import Phase
from club.operations import computing
from club.operations.closing import Waits, close_due
from club.operations.computing import Stopped, Why, compute
from club.operations.notifying import words
from club.operations.viewing.desk import desk
from club.store import journal
from tests.cleared import over
from tests.club.operations.test_computing import a_task, an_envelope, terms
from tests.fallen import asked, cleared, fall
from tests.markets import stored


def halting(why):
    def engine(_task):
        raise Stopped(why)

    return engine


def notices(context, actor):
    with context.database.read() as tx:
        queued = journal.notices_of(tx, actor.person_id)
        return [
            words(context, tx, each).body
            for each in queued
            if each.kind is NoticeKind.CLEARING_STOPPED
        ]


@pytest.mark.parametrize("why", Why)
def test_the_office_is_told_once_and_reads_the_reason_on_its_desk(context, clock, facilitator, why):
    round_, members, sold = over(context, clock, facilitator)
    for _ in range(3):
        assert close_due(context, halting(why), Waits()) == []

    (body,) = notices(context, facilitator)

    assert context.settings.base_url not in body
    assert desk(context, facilitator, round_.id).stopped is why
    assert stored(context, round_).phase is Phase.CLEARING
    assert [notices(context, each) for each in (members[0], sold[0][0])] == [[], []]


def test_another_reason_is_told_anew_and_what_clears_after_all_has_stopped_no_more(
    context, clock, facilitator
):
    round_, _, _ = over(context, clock, facilitator)
    for why in (Why.UNPROVED, Why.DISPUTED, Why.DISPUTED):
        close_due(context, halting(why), Waits())
    assert len(notices(context, facilitator)) == 2

    assert close_due(context, compute, Waits()) == [round_.id]

    view = desk(context, facilitator, round_.id)
    assert (view.stopped, view.round_.phase) == (None, Phase.SETTLING)


def test_a_search_for_the_next_best_that_stops_is_told_as_well_and_goes_on_later(
    context, clock, facilitator
):
    market = cleared(context, clock, facilitator)
    fall(market, 5_000)
    for _ in range(3):
        assert close_due(context, halting(Why.DISPUTED), Waits()) == []

    assert len(notices(context, facilitator)) == 1
    assert desk(context, facilitator, market.round_.id).stopped is Why.DISPUTED
    assert asked(market) == []
    assert close_due(context, compute, Waits()) == [market.round_.id]
    assert desk(context, facilitator, market.round_.id).stopped is None
    assert len(asked(market)) == 2


@pytest.mark.parametrize(
    ("name", "does", "why"),
    [
        ("clear", Unproved("no bound"), Why.UNPROVED),
        ("opinion", Refuted("kilograms", "pledge"), Why.REFUTED),
        ("opinion", "differs", Why.DISPUTED),
    ],
)
def test_the_engine_says_why_it_stops(monkeypatch, name, does, why):
    def instead(*_args, **_given):
        if isinstance(does, Exception):
            raise does
        return does

    monkeypatch.setattr(computing, name, instead)

    with pytest.raises(Stopped) as stopped:
        compute(a_task(an_envelope(1, terms())))

    assert stopped.value.why is why
