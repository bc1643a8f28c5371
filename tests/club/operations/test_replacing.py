"""An award falls away, the next best takes its place: the clock's part, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from auctions.chain import first_broken
from club.domain.errors import PhaseRefused, TermsRefused
from club.domain.falling import ANSWER_DAYS, Answer, Stage
from club.domain.notices import NoticeKind
from club.domain.rounds import Phase
from club.operations.computing import compute
from club.operations.delivering import accept_delivery, record_delivery
from club.operations.replacing import replace_fallen
from club.operations.settling import record_payment, reverse_payment
from club.store import books, catalogue, clearings, falling, journal
from tests.builders import NOON
from tests.cleared import told
from tests.fallen import (
    answer,
    asked,
    award_at,
    awards,
    chain,
    cleared,
    differing,
    fall,
    invoices,
    owed,
    shares,
    tick,
)
from tests.markets import bidding_round, offer, stored

AFTER = timedelta(microseconds=1)
LATER = {
    "pledging_opens_at": NOON + timedelta(days=3),
    "pledging_closes_at": NOON + timedelta(days=4),
    "bidding_closes_at": NOON + timedelta(days=30),
}
"""Another round that is open when the first has been cleared."""


@pytest.fixture
def market(context, clock, facilitator):
    return cleared(context, clock, facilitator)


def test_the_next_best_takes_the_place_of_what_fell_once_those_it_is_for_have_been_asked(
    market, clock
):
    fall(market, 5_000)

    assert tick(market) == [market.round_.id]
    assert (awards(market), shares(market)) == (
        [(25_000, 4_000), (25_000, 5_000)],
        [30_000, 20_000],
    )
    assert [(q.organisation_id, q.answer) for q in asked(market)] == [
        (id, None) for id in sorted(market.ids)
    ]
    assert asked(market)[0].answer_by_at == clock.at + timedelta(days=ANSWER_DAYS)
    for member in market.members:
        answer(market, member)
    assert tick(market) == [market.round_.id]

    assert (awards(market), shares(market)) == (
        [(25_000, 4_000), (25_000, 6_500)],
        [30_000, 20_000],
    )
    assert owed(market) == [60_000 + 97_500, 40_000 + 65_000]
    assert differing(market) == ()


def test_untouched_awards_stay_as_they_are_with_everybodys_kilograms_of_them(market):
    before = award_at(market, 4_000)
    with market.context.database.read() as tx:
        cells = [
            a
            for a in clearings.allocations_of_round(tx, market.round_.id)
            if a.award_id == before.id
        ]
    fall(market, 5_000)
    tick(market)
    for member in market.members:
        answer(market, member)
    tick(market)

    assert award_at(market, 4_000) == before
    with market.context.database.read() as tx:
        after = clearings.allocations_of_round(tx, market.round_.id)
    assert [a for a in after if a.award_id == before.id] == cells


def test_silence_is_to_stay_and_nothing_is_bought_before_the_last_instant_is_over(market, clock):
    fall(market, 5_000)
    tick(market)

    clock.at = asked(market)[0].answer_by_at
    assert tick(market) == []
    clock.at += AFTER
    assert tick(market) == [market.round_.id]

    assert awards(market) == [(25_000, 4_000), (25_000, 6_500)]


def test_for_a_member_who_leaves_nothing_is_bought_and_what_stands_stays_theirs(market):
    fall(market, 5_000)
    tick(market)
    answer(market, market.members[0], Answer.LEAVE)
    answer(market, market.members[1])
    tick(market)

    assert (awards(market), shares(market)) == (
        [(10_000, 6_500), (25_000, 4_000)],
        [15_000, 20_000],
    )
    assert owed(market) == [60_000, 40_000 + 65_000]
    assert differing(market) == ()


def test_where_all_leave_nothing_is_bought_and_the_invoices_are_for_what_stands(market):
    fall(market, 5_000)
    tick(market)
    for member in market.members:
        answer(market, member, Answer.LEAVE)
    tick(market)

    assert (awards(market), owed(market)) == ([(25_000, 4_000)], [60_000, 40_000])
    assert differing(market) == ()


def test_a_member_is_not_asked_about_what_is_dearer_than_its_limit(context, clock, facilitator):
    market = cleared(context, clock, facilitator, pledged=[(30_000, None, 0), (20_000, 5_500, 0)])
    fall(market, 5_000)
    tick(market)

    assert [q.organisation_id for q in asked(market)] == [market.ids[0]]
    answer(market, market.members[0])
    tick(market)

    assert shares(market) == [30_000, 10_000]
    assert owed(market) == [60_000 + 97_500, 40_000]
    assert differing(market) == ()


def test_where_nothing_can_be_bought_nobody_is_asked_and_the_books_are_put_right_at_once(
    context, clock, facilitator
):
    market = cleared(context, clock, facilitator, offered=[(25_000, 4_000, 0), (25_000, 5_000, 0)])
    fall(market, 5_000)

    assert tick(market) == [market.round_.id]

    assert (asked(market), awards(market), owed(market)) == (
        [],
        [(25_000, 4_000)],
        [60_000, 40_000],
    )
    assert chain(market)[-2:] == ["round.cleared_again", "invoices.corrected"]
    assert differing(market) == ()


def test_a_round_of_which_nothing_stands_has_failed_and_what_was_paid_is_to_be_paid_back(
    context, clock, facilitator
):
    market = cleared(context, clock, facilitator, offered=[(50_000, 4_000, 0)])
    first, _ = invoices(market)
    pay(market, first)
    fall(market, 4_000)
    tick(market)

    assert stored(context, market.round_).phase is Phase.FAILED
    back, nothing = invoices(market)
    assert (back.total_jpy, back.due_jpy, back.is_owed) == (0, -first.total_jpy, True)
    assert nothing is None
    assert differing(market) == ()
    pay(market, back)
    assert differing(market) == ()
    assert NoticeKind.ROUND_FAILED in told(context, market.members[0])


def pay(market, invoice, amount_jpy=None):
    return record_payment(
        market.context,
        market.facilitator,
        request_id=market.context.new_id(),
        invoice_id=invoice.id,
        amount_jpy=invoice.due_jpy if amount_jpy is None else amount_jpy,
    )


def test_a_wrong_invoice_is_cancelled_by_a_credit_note_and_what_was_paid_counts_for_the_new_one(
    market,
):
    old = pay(market, invoices(market)[0])
    fall(market, 5_000)
    tick(market)
    for member in market.members:
        answer(market, member)
    tick(market)

    credited, new = invoices(market, standing=False)[0], invoices(market)[0]
    assert (credited.credit_number, credited.paid_at) == ("CRN-2026-00001", old.paid_at)
    assert (new.replaces, new.paid_before_jpy) == (old.id, old.total_jpy)
    assert (new.due_jpy, new.is_owed) == (new.total_jpy - old.total_jpy, True)
    assert differing(market) == ()
    pay(market, new)
    assert differing(market) == ()
    reverse_payment(market.context, market.facilitator, request_id="r", invoice_id=new.id)
    assert differing(market) == ()


def test_who_paid_the_same_sum_before_owes_nothing_more(context, clock, facilitator):
    market = cleared(
        context,
        clock,
        facilitator,
        offered=[(25_000, 4_000, 0), (25_000, 5_000, 0), (50_000, 5_000, 0)],
    )
    paid = pay(market, invoices(market)[0])
    fall(market, 5_000)
    tick(market)
    for member in market.members:
        answer(market, member)
    tick(market)

    new = invoices(market)[0]
    assert (new.total_jpy, new.due_jpy, new.paid_at) == (paid.total_jpy, 0, paid.paid_at)
    assert differing(market) == ()


def test_a_supplier_whose_awards_stand_keeps_its_entry_and_one_that_fell_has_it_reversed(market):
    def purchases():
        with market.context.database.read() as tx:
            entries = books.entries_of_round(tx, market.round_.id)
        return [
            (e.subject_id, e.code, e.reverses is not None) for e in entries if e.subject_id in ids
        ]

    ids = {seller.organisation_id for seller in market.sellers}
    before = purchases()
    fall(market, 5_000)
    tick(market)
    for member in market.members:
        answer(market, member)
    tick(market)

    stays, falls, comes = (seller.organisation_id for seller in market.sellers)
    assert sorted(supplier for supplier, _, _ in before) == sorted([stays, falls])
    assert sorted(each for each in purchases() if each not in before) == sorted(
        [(falls, "reversal", True), (comes, "purchase", False)]
    )


def test_who_is_told_what(market):
    context = market.context
    fall(market, 5_000)
    tick(market)
    asked_kinds = [told(context, member) for member in market.members]
    for member in market.members:
        answer(market, member)
    tick(market)

    stays, falls, comes = (told(context, seller) for seller in market.sellers)
    assert all(NoticeKind.STAY_ASKED in kinds for kinds in asked_kinds)
    assert NoticeKind.AWARD_FELL in falls
    assert NoticeKind.AWARDED in comes
    assert NoticeKind.AWARD_FELL not in stays | comes
    for member in market.members:
        assert {NoticeKind.SHARE_CHANGED, NoticeKind.INVOICE_CORRECTED} <= told(context, member)


def test_the_chain_tells_it_in_order_and_both_clearings_are_kept(market):
    before = len(chain(market))
    fall(market, 5_000)
    tick(market)
    answer(market, market.members[0], Answer.LEAVE)
    answer(market, market.members[1])
    tick(market)

    assert chain(market)[before:] == [
        "award.fell",
        "next_best.frozen",
        "members.asked",
        "question.answered",
        "question.answered",
        "next_best.frozen",
        "round.cleared_again",
        "invoices.corrected",
    ]
    with market.context.database.read() as tx:
        links, head = journal.links(tx, market.round_.id), journal.head(tx, market.round_.id)
        rows = [falling.row(tx, market.round_.id, 2, stage) for stage in Stage]
        all_awards = clearings.all_awards_of_round(tx, market.round_.id)
    assert first_broken(links, head) is None
    told_again = next(link for link in links if link.kind == "round.cleared_again").facts
    assert (told_again["result_hash"], told_again["left"]) == (
        rows[1].result_hash,
        [market.ids[0]],
    )
    assert sorted((a.clearing_number, a.fell_at is not None) for a in all_awards) == [
        (1, False),
        (1, True),
        (2, False),
    ]


def test_the_next_best_may_fall_away_too(context, clock, facilitator):
    market = cleared(
        context,
        clock,
        facilitator,
        offered=[(25_000, 4_000, 0), (25_000, 5_000, 0), (30_000, 5_500, 0), (30_000, 6_000, 0)],
    )
    fall(market, 5_000)
    tick(market)
    for member in market.members:
        answer(market, member)
    tick(market)
    fall(market, 5_500, request_id="again")
    tick(market)
    for member in market.members:
        answer(market, member, number=3)
    tick(market)

    assert awards(market) == [(25_000, 4_000), (25_000, 6_000)]
    assert [i.credit_number for i in invoices(market, standing=False)] != [None, None]
    assert differing(market) == ()


def test_awards_that_fall_while_members_are_asked_wait_their_turn(market):
    fall(market, 5_000)
    tick(market)
    fall(market, 4_000, request_id="another")
    for member in market.members:
        answer(market, member)
    tick(market)

    assert awards(market) == [(25_000, 4_000), (25_000, 6_500)]
    assert invoices(market, standing=False) == [None, None]
    tick(market)
    for member in market.members:
        answer(market, member, number=3)
    tick(market)

    assert awards(market) == [(25_000, 6_500), (25_000, 6_500)]
    assert owed(market) == [195_000, 130_000]
    assert differing(market) == ()


def test_an_answer_counts_at_the_last_instant_and_not_after_it(market, clock):
    fall(market, 5_000)
    tick(market)
    clock.at = asked(market)[0].answer_by_at
    answer(market, market.members[0], Answer.LEAVE)
    clock.at += AFTER
    with pytest.raises(PhaseRefused) as refused:
        answer(market, market.members[1], Answer.LEAVE)
    tick(market)

    facts = {"closed_at": asked(market)[0].answer_by_at, "now_at": clock.at}
    assert refused.value.facts == facts
    assert shares(market) == [15_000, 20_000]
    assert differing(market) == ()


def test_an_answer_after_the_clock_has_gone_on_is_refused(market, clock):
    fall(market, 5_000)
    tick(market)
    for member in market.members:
        answer(market, member)
    tick(market)

    with pytest.raises(PhaseRefused, match="answering_over"):
        answer(market, market.members[0], Answer.LEAVE)


def test_killed_after_freezing_or_computing_the_next_run_goes_on_and_does_it_once(market):
    class Killed(Exception):
        pass

    def killed(job):
        compute(job)
        raise Killed

    fall(market, 5_000)
    for step in (lambda: None, lambda: [answer(market, m) for m in market.members]):
        step()
        before = (awards(market), asked(market), chain(market).count("next_best.frozen"))
        with pytest.raises(Killed):
            replace_fallen(market.context, market.round_.id, killed)
        with pytest.raises(Killed):
            replace_fallen(market.context, market.round_.id, killed)
        assert (awards(market), asked(market)) == before[:2]
        assert chain(market).count("next_best.frozen") == before[2] + 1
        assert replace_fallen(market.context, market.round_.id)
        assert not replace_fallen(market.context, market.round_.id)

    assert awards(market) == [(25_000, 4_000), (25_000, 6_500)]
    assert differing(market) == ()


def test_of_six_that_take_the_same_step_at_once_one_does(market):
    fall(market, 5_000)
    for step in (lambda: None, lambda: [answer(market, m) for m in market.members]):
        step()
        with ThreadPoolExecutor(6) as threads:
            moved = list(
                threads.map(lambda _: replace_fallen(market.context, market.round_.id), range(6))
            )
        assert sorted(moved) == [False] * 5 + [True]

    kinds = chain(market)
    assert [kinds.count(k) for k in ("members.asked", "round.cleared_again")] == [1, 1]
    assert differing(market) == ()


def test_a_lot_sold_elsewhere_meanwhile_is_looked_for_no_more(market):
    context = market.context
    fall(market, 5_000)
    tick(market)
    for member in market.members:
        answer(market, member)
    seller = market.sellers[2]

    def sold_meanwhile(job):
        found = compute(job)
        with context.database.write() as tx:
            (lot,) = catalogue.lots_of(tx, seller.organisation_id)
            catalogue.change_lot(tx, replace(lot, quantity_kg=5_000))
        return found

    assert replace_fallen(context, market.round_.id, sold_meanwhile)
    assert awards(market) == [(25_000, 4_000), (25_000, 5_000)]
    assert replace_fallen(context, market.round_.id)

    assert awards(market) == [(5_000, 6_500), (25_000, 4_000)]
    assert differing(market) == ()


def test_what_is_offered_in_another_round_meanwhile_is_not_bought_twice(market):
    context, seller = market.context, market.sellers[2]
    fall(market, 5_000)
    tick(market)
    for member in market.members:
        answer(market, member)
    other = bidding_round(context, market.facilitator, seller, **LATER)
    with context.database.read() as tx:
        (lot,) = catalogue.lots_of(tx, seller.organisation_id)
    offer(context, seller, other, lot)
    tick(market)

    assert awards(market) == [(25_000, 4_000)]
    assert differing(market) == ()


def test_deliveries_of_what_stands_go_on_and_of_what_falls_are_refused(market):
    context = market.context
    seller = market.sellers[0]
    stands, falls = award_at(market, 4_000), award_at(market, 5_000)
    fall(market, 5_000)

    delivery = record_delivery(
        context, seller, request_id="d1", award_id=stands.id, serials="A-0001 to A-0025"
    )
    accept_delivery(context, market.facilitator, request_id="a1", delivery_id=delivery.id)

    with pytest.raises(TermsRefused, match="award_falling"):
        record_delivery(
            context,
            market.sellers[1],
            request_id="d2",
            award_id=falls.id,
            serials="B-0001 to B-0025",
        )
    tick(market)
    for member in market.members:
        answer(market, member)
    tick(market)
    assert differing(market) == ()
