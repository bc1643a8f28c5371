"""A low price: asked about at the clearing, explained, accepted or not; money waits meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from fractions import Fraction

import pytest

from club.domain.errors import InputRefused, NotAllowed, NotFound, PhaseRefused, TermsRefused
from club.domain.falling import Cause
from club.domain.flags import FlagReason, FlagState
from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Role
from club.operations.delivering import record_delivery
from club.operations.justifying import decide_on_price, explain_price, let_unexplained_fall
from club.store import books, clearings, falling, journal
from tests.builders import colleague, join
from tests.cleared import told
from tests.fallen import (
    LOW,
    answer,
    award_at,
    awards,
    chain,
    cleared,
    differing,
    fall,
    flagged,
    invoices,
    owed,
    shares,
    tick,
)

INSTANT = timedelta(microseconds=1)


@pytest.fixture
def market(context, clock, facilitator):
    """A round of which one price has to be explained."""
    return cleared(context, clock, facilitator, offered=LOW)


def explain(market, text="自社林の余剰分のため", *, actor=None, request_id="explain"):
    return explain_price(
        market.context,
        actor or market.sellers[0],
        request_id=request_id,
        award_id=flagged(market)[0].award_id,
        explanation=text,
    )


def decide(market, *, accepts, reason="", actor=None, request_id="decide", seen_at=None):
    (flag,) = flagged(market)
    return decide_on_price(
        market.context,
        actor or market.facilitator,
        request_id=request_id,
        award_id=flag.award_id,
        seen_at=seen_at or flag.explained_at,
        accepts=accepts,
        reason=reason,
    )


def entries(market):
    with market.context.database.read() as tx:
        return books.entries_of_round(tx, market.round_.id)


def test_a_low_price_is_asked_about_and_no_money_is_asked_before_it_is_settled(market, clock):
    (flag,) = flagged(market)

    assert (flag.state, flag.reasons) == (FlagState.ASKED, frozenset(FlagReason))
    assert (flag.price_per_t, flag.mean_per_t, flag.next_per_t) == (2_000, Fraction(5_750), 5_000)
    assert flag.explain_by_at == clock.at + timedelta(days=5)
    assert (shares(market), invoices(market), entries(market)) == ([30_000, 20_000], [None] * 2, [])
    assert NoticeKind.PRICE_ASKED in told(market.context, market.sellers[0])
    assert NoticeKind.INVOICED not in told(market.context, market.members[0])
    assert chain(market)[-2:] == ["round.cleared", "price.asked"]
    assert differing(market) == ()


def test_a_round_without_low_prices_is_invoiced_at_once(context, clock, facilitator):
    market = cleared(context, clock, facilitator)

    assert flagged(market) == []
    assert owed(market) == [135_000, 90_000]
    assert chain(market)[-2:] == ["round.cleared", "invoices.issued"]


def test_an_explanation_that_is_accepted_lets_the_invoices_go_in_the_same_deed(market):
    explain(market)
    decide(market, accepts=True)

    assert owed(market) == [105_000, 70_000]
    assert chain(market)[-3:] == ["price.explained", "price.accepted", "invoices.issued"]
    assert NoticeKind.PRICE_EXPLAINED in told(market.context, market.facilitator)
    assert NoticeKind.PRICE_ACCEPTED in told(market.context, market.sellers[0])
    assert NoticeKind.INVOICED in told(market.context, market.members[0])
    assert tick(market) == []
    assert differing(market) == ()


def test_one_that_is_not_accepted_lets_the_award_fall_and_the_next_best_is_invoiced_once(market):
    explain(market)
    decide(market, accepts=False, reason="根拠が示されていない")
    tick(market)
    for member in market.members:
        answer(market, member)
    assert (invoices(market), differing(market)) == ([None] * 2, ())
    tick(market)

    assert awards(market) == [(25_000, 5_000), (25_000, 6_500)]
    assert owed(market) == [75_000 + 97_500, 50_000 + 65_000]
    assert invoices(market, standing=False) == [None, None]
    assert {entry.reverses for entry in entries(market)} == {None}
    assert "invoices.corrected" not in chain(market)
    assert differing(market) == ()
    with market.context.database.read() as tx:
        (fallen,) = falling.falls_of_round(tx, market.round_.id)
    assert (fallen.cause, fallen.reason, fallen.quantity_kg) == (
        Cause.NOT_ACCEPTED,
        "根拠が示されていない",
        25_000,
    )


def test_one_left_unexplained_falls_after_the_last_instant_and_not_at_it(market, clock):
    (flag,) = flagged(market)
    clock.at = flag.explain_by_at

    assert not let_unexplained_fall(market.context, market.round_.id)
    assert tick(market) == []
    clock.at += INSTANT
    assert tick(market) == [market.round_.id]

    assert flagged(market)[0].state is FlagState.UNEXPLAINED
    assert NoticeKind.AWARD_FELL in told(market.context, market.sellers[0])
    with market.context.database.read() as tx:
        (fallen,) = falling.falls_of_round(tx, market.round_.id)
    assert (fallen.cause, fallen.reason, fallen.number) == (Cause.UNEXPLAINED, None, 2)


def test_an_explanation_a_microsecond_after_the_last_instant_is_refused_with_both_times(
    market, clock
):
    (flag,) = flagged(market)
    clock.at = flag.explain_by_at + INSTANT

    with pytest.raises(PhaseRefused) as refused:
        explain(market)

    assert refused.value.facts == {"closed_at": flag.explain_by_at, "now_at": clock.at}
    assert flagged(market) == [flag]


def test_what_was_explained_in_time_waits_for_the_facilitator_however_long(market, clock):
    (flag,) = flagged(market)
    clock.at = flag.explain_by_at
    explain(market)
    clock.forward(days=100)

    assert tick(market) == []
    assert flagged(market)[0].state is FlagState.EXPLAINED
    with pytest.raises(PhaseRefused, match="explaining_over"):
        explain(market, "追記", request_id="later")


def test_an_explanation_replaced_meanwhile_has_to_be_read_first(market, clock):
    seen_at = explain(market).explained_at
    clock.forward(minutes=1)
    explain(market, "もっと詳しい説明", request_id="again")

    with pytest.raises(TermsRefused, match="changed_meanwhile"):
        decide(market, accepts=True, seen_at=seen_at)
    assert decide(market, accepts=True).explanation == "もっと詳しい説明"


def test_the_same_request_twice_is_one_deed(market):
    first = explain(market)
    again = explain(market)
    decided = decide(market, accepts=True)
    repeated = decide_on_price(
        market.context,
        market.facilitator,
        request_id="decide",
        award_id=decided.award_id,
        seen_at=decided.explained_at,
        accepts=False,
        reason="x",
    )

    assert (first, decided) == (again, repeated)
    assert chain(market).count("price.explained") == chain(market).count("invoices.issued") == 1


def test_of_several_clocks_one_lets_the_award_fall(market, clock):
    clock.at = flagged(market)[0].explain_by_at + INSTANT

    with ThreadPoolExecutor(4) as threads:
        moved = list(
            threads.map(lambda _: let_unexplained_fall(market.context, market.round_.id), range(4))
        )

    assert sorted(moved) == [False] * 3 + [True]
    assert chain(market).count("award.fell") == 1


def test_only_the_supplier_explains_and_only_a_facilitator_decides(market):
    with pytest.raises(NotFound):
        explain(market, actor=market.sellers[1])
    for stranger in (market.members[0], market.facilitator):
        with pytest.raises(NotAllowed):
            explain(market, actor=stranger)
    explain(market)
    for stranger in (market.members[0], market.sellers[0], join(market.context, Kind.SUPPLIER)):
        with pytest.raises(NotAllowed):
            decide(market, accepts=True, actor=stranger)
    with pytest.raises(InputRefused, match="missing"):
        decide(market, accepts=False)


def test_nothing_of_the_round_is_delivered_while_a_price_is_in_question(market):
    for award_price, seller in ((2_000, market.sellers[0]), (5_000, market.sellers[1])):
        with pytest.raises(TermsRefused, match="awards_in_question"):
            record_delivery(
                market.context,
                seller,
                request_id=market.context.new_id(),
                award_id=award_at(market, award_price).id,
                serials="A-0001 to A-0025",
            )


def test_a_fall_recorded_meanwhile_closes_the_question_and_is_answered_by_the_next_best(market):
    fall(market, 2_000)
    tick(market)
    for member in market.members:
        answer(market, member)
    tick(market)

    assert flagged(market)[0].state is FlagState.FELL
    assert awards(market) == [(25_000, 5_000), (25_000, 6_500)]
    assert owed(market) == [172_500, 115_000]
    assert differing(market) == ()


def bought_instead_at_a_low_price(context, clock, facilitator):
    """What is cheap comes in lots too large to be bought beside the first choice."""
    market = cleared(
        context,
        clock,
        facilitator,
        offered=[(40_000, 5_000, 40_000), (25_000, 2_000, 20_000), (10_000, 6_500, 0)],
        pledged=[(50_000, None, 0)],
    )
    assert (awards(market), flagged(market)) == ([(10_000, 6_500), (40_000, 5_000)], [])
    fall(market, 5_000)
    tick(market)
    answer(market, market.members[0])
    tick(market)
    return market


def test_a_low_price_among_what_is_bought_instead_is_asked_about_too(context, clock, facilitator):
    market = bought_instead_at_a_low_price(context, clock, facilitator)
    before = owed(market)

    assert awards(market) == [(10_000, 6_500), (25_000, 2_000)]
    (flag,) = flagged(market)
    assert (flag.price_per_t, flag.mean_per_t, flag.next_per_t) == (2_000, 5_750, 5_000)
    explain(market, actor=market.sellers[1])
    decide(market, accepts=True)

    assert (before, owed(market)) == ([265_000], [115_000])
    assert differing(market) == ()


def test_what_is_bought_instead_at_a_low_price_may_fall_away_in_its_turn(
    context, clock, facilitator
):
    market = bought_instead_at_a_low_price(context, clock, facilitator)
    explain(market, actor=market.sellers[1])
    decide(market, accepts=False, reason="根拠が示されていない")
    tick(market)

    assert (awards(market), owed(market)) == ([(10_000, 6_500)], [65_000])
    assert differing(market) == ()


def test_an_accepted_price_is_not_asked_about_again_when_more_of_the_lot_is_bought(
    context, clock, facilitator
):
    market = cleared(
        context,
        clock,
        facilitator,
        offered=[(30_000, 2_000, 0), (20_000, 5_000, 20_000), (20_000, 7_000, 0)],
        pledged=[(45_000, 6_000, 0)],
    )
    assert awards(market) == [(20_000, 5_000), (25_000, 2_000)]
    explain(market)
    decide(market, accepts=True)
    fall(market, 5_000)
    tick(market)
    answer(market, market.members[0])
    tick(market)

    assert awards(market) == [(5_000, 2_000), (25_000, 2_000)]
    assert [flag.state for flag in flagged(market)] == [FlagState.ACCEPTED]
    assert owed(market) == [60_000]
    assert differing(market) == ()


def test_of_two_facilitators_who_decide_at_once_one_does(market):
    explain(market)
    seen_at = flagged(market)[0].explained_at
    other = colleague(market.context, market.facilitator, Role.FACILITATOR)

    def at_once(number):
        accepts = number % 2 == 0
        try:
            decided = decide(
                market,
                accepts=accepts,
                reason="根拠がない",
                actor=(market.facilitator, other)[number % 2],
                request_id=f"decide {number}",
                seen_at=seen_at,
            )
        except TermsRefused as refused:
            return refused.code
        return decided.state.value

    with ThreadPoolExecutor(4) as threads:
        said = sorted(threads.map(at_once, range(4)))

    assert said.count("already_done") == 3
    assert [flagged(market)[0].state.value] == [each for each in said if each != "already_done"]
    kinds = chain(market)
    assert kinds.count("invoices.issued") + kinds.count("award.fell") == 1
    assert differing(market) == ()


def test_an_explanation_and_the_clock_at_once_leave_it_explained_or_fallen_and_never_both(
    market, clock
):
    clock.at = flagged(market)[0].explain_by_at + INSTANT

    def one(number):
        if number % 2:
            return let_unexplained_fall(market.context, market.round_.id)
        try:
            return explain(market, request_id=f"explain {number}")
        except (PhaseRefused, TermsRefused) as refused:
            return refused.code

    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(one, range(4)))

    assert sorted(said[1::2]) == [False, True]
    assert set(said[0::2]) <= {"explaining_over", "already_done"}
    assert flagged(market)[0].state is FlagState.UNEXPLAINED
    assert chain(market).count("award.fell") == 1


def test_the_figures_are_those_of_the_whole_book(market):
    with market.context.database.read() as tx:
        flags_in_result = clearings.part(tx, market.round_.id, "document", "clearing", "flags")
        facts = next(
            link.facts for link in journal.links(tx, market.round_.id) if link.kind == "price.asked"
        )

    (flag,) = flagged(market)
    assert [each["offer"] for each in flags_in_result] == [flag.award_id]
    assert facts["reasons"] == sorted(flag.reasons)
