"""Delivering awards by serials, accepting and reversing, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from club.domain.errors import InputRefused, NotAllowed, NotFound, PhaseRefused, TermsRefused
from club.domain.ledger import Account
from club.domain.notices import NoticeKind
from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.operations.delivering import accept_delivery, record_delivery, reverse_acceptance
from club.store import books, catalogue, holdings, journal
from club.store.tables import lots
from tests.bought import a_bought_round
from tests.builders import NOON, join, move


def deliver(bought, number=1, serials="JC-2025-1001 to JC-2025-1116", request_id="d1", **given):
    return record_delivery(
        bought.context,
        given.pop("actor", bought.sellers[number]),
        request_id=request_id,
        award_id=bought.awards[number].id,
        serials=serials,
        **given,
    )


def accept(bought, delivery, request_id="a1", actor=None):
    return accept_delivery(
        bought.context,
        actor or bought.facilitator,
        request_id=request_id,
        delivery_id=delivery.id,
    )


def on_account(bought, account, number=1):
    """Kilograms of the award's lot, by holder."""
    with bought.context.database.read() as tx:
        return {
            b.holder_id: b.amount
            for b in books.balances(tx)
            if b.account is account and b.lot_id == bought.lots[number].id and b.amount
        }


def shares(bought, number=1):
    award = bought.awards[number]
    return {a.organisation_id: a.quantity_kg for a in bought.allocations if a.award_id == award.id}


def test_the_surplus_of_the_last_unit_goes_into_custody_at_the_awards_price(context):
    bought = a_bought_round(context)

    delivery = deliver(bought)

    assert (delivery.units, delivery.custody_kg, delivery.custody_jpy) == (116, 100, 500)
    assert on_account(bought, Account.HELD) == {}
    with context.database.read() as tx:
        assert holdings.deliveries_of_round(tx, bought.round_.id) == [delivery]


def test_an_award_of_whole_units_leaves_nothing_in_custody(context):
    bought = a_bought_round(context)

    delivery = deliver(bought, 0, "JC-2024-1 to 117")

    assert (delivery.units, delivery.custody_kg, delivery.custody_jpy) == (117, 0, 0)


def test_after_acceptance_members_hold_what_was_due_and_the_club_the_rest(context):
    bought = a_bought_round(context)
    operator_id = bought.facilitator.organisation_id
    supplier_id = bought.sellers[1].organisation_id

    accepted = accept(bought, deliver(bought))

    assert (accepted.accepted_at, accepted.accepted_by) == (NOON, bought.facilitator.person_id)
    assert on_account(bought, Account.DUE) == {}
    assert on_account(bought, Account.HELD) == shares(bought) | {operator_id: 100}
    assert on_account(bought, Account.SUPPLIED) == {supplier_id: -116_000}
    with context.database.read() as tx:
        yen = {(b.account, b.holder_id): b.amount for b in books.balances(tx)}
    assert yen[Account.CUSTODY, operator_id] == 500
    assert yen[Account.PAYABLE, supplier_id] == -(637_450 + 550)


def test_the_members_buyers_are_told_what_they_hold(context):
    bought = a_bought_round(context)
    accept(bought, deliver(bought))
    member = bought.members[0]

    with context.database.read() as tx:
        told = [
            n for n in journal.notices_of(tx, member.person_id) if n.kind is NoticeKind.DELIVERED
        ]

    assert [n.facts["quantity_kg"] for n in told] == [shares(bought)[member.organisation_id]]


@pytest.mark.parametrize(
    ("serials", "error", "code"),
    [
        ("JC-2025-1001 to JC-2025-1115", TermsRefused, "units_mismatch"),
        ("JC-2025-1001 to JC-2025-1117", TermsRefused, "units_mismatch"),
        ("all of them", InputRefused, "serials_unreadable"),
        ("JC-2025-1116 to JC-2025-1001", InputRefused, "serials_unreadable"),
    ],
)
def test_a_range_that_is_not_the_units_due_is_refused(context, serials, error, code):
    bought = a_bought_round(context)

    with pytest.raises(error) as refusal:
        deliver(bought, serials=serials)

    assert refusal.value.code == code
    with context.database.read() as tx:
        assert holdings.deliveries_of_round(tx, bought.round_.id) == []


def test_no_unit_is_delivered_twice(context):
    bought = a_bought_round(context)
    deliver(bought, 0, "JC-1 to JC-117")

    with pytest.raises(TermsRefused) as refusal:
        deliver(bought, 1, "jc-117 to jc-232", "d2")
    beside = deliver(bought, 1, "JC-118 to JC-233", "d3")

    assert refusal.value.code == "serials_overlap"
    assert refusal.value.facts == {"first": "JC-1", "last": "JC-117"}
    assert beside.units == 116


def test_of_overlapping_ranges_delivered_at_once_in_different_rounds_one_is_taken(context):
    facilitator = join(context, Kind.OPERATOR)
    rounds = [
        a_bought_round(context, by=facilitator, awarded=((5_000, 4_000),), pledged_kg=(5_000,))
        for _ in range(6)
    ]

    def try_to_deliver(numbered):
        number, bought = numbered
        try:
            return deliver(bought, 0, f"JC-{10 + number} to JC-{14 + number}").units
        except TermsRefused as refusal:
            return refusal.code

    with ThreadPoolExecutor(6) as threads:
        outcomes = list(threads.map(try_to_deliver, enumerate(rounds)))

    with context.database.read() as tx:
        taken = [d.serials for b in rounds for d in holdings.deliveries_of_round(tx, b.round_.id)]
    assert outcomes.count(5) == len(taken) >= 1
    assert outcomes.count("serials_overlap") == 6 - len(taken)
    assert not any(one.overlaps(other) for one in taken for other in taken if one != other)


def test_before_acceptance_the_supplier_corrects_and_after_it_no_more(context):
    bought = a_bought_round(context)
    first = deliver(bought)

    corrected = deliver(bought, serials="JC-2025-1002 to JC-2025-1117", request_id="d2")
    accept(bought, corrected)
    with pytest.raises(TermsRefused) as refusal:
        deliver(bought, request_id="d3")

    assert (corrected.id, corrected.serial_first) == (first.id, 1002)
    assert refusal.value.code == "already_done"
    with context.database.read() as tx:
        kinds = [link.kind for link in journal.links(tx, bought.round_.id)]
    assert kinds[1:] == ["delivery.recorded", "delivery.corrected", "delivery.accepted"]


def test_only_the_serials_that_were_seen_are_accepted(context):
    bought = a_bought_round(context)
    seen = deliver(bought)
    corrected = deliver(bought, serials="JC-2025-1002 to JC-2025-1117", request_id="d2")

    def accept_seen(serials):
        return accept_delivery(
            context,
            bought.facilitator,
            request_id="a1",
            delivery_id=seen.id,
            serials=serials,
        )

    with pytest.raises(TermsRefused) as refusal:
        accept_seen(seen.serials)
    accepted = accept_seen(corrected.serials)

    assert refusal.value.code == "changed_meanwhile"
    assert accepted.serial_first == 1002


def test_a_reversed_acceptance_leaves_the_books_as_before_and_can_be_done_again(context):
    bought = a_bought_round(context)
    with context.database.read() as tx:
        before = [b for b in books.balances(tx) if b.amount]
    delivery = deliver(bought)
    accept(bought, delivery)

    again_open = reverse_acceptance(
        context, bought.facilitator, request_id="a2", delivery_id=delivery.id
    )
    with context.database.read() as tx:
        after = [b for b in books.balances(tx) if b.amount]
    accepted = accept(bought, delivery, "a3")

    assert after == before
    assert again_open == delivery
    assert accepted.accepted_at == NOON
    assert on_account(bought, Account.DUE) == {}


def test_two_acceptances_at_once_are_one(context):
    bought = a_bought_round(context)
    delivery = deliver(bought)

    def try_to_accept(request_id):
        try:
            return accept(bought, delivery, request_id).id
        except TermsRefused as refusal:
            return refusal.code

    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(try_to_accept, ["a1", "a2", "a3", "a4"]))

    assert sorted(outcomes) == sorted([delivery.id] + ["already_done"] * 3)
    assert sum(on_account(bought, Account.HELD).values()) == 116_000


def test_after_the_last_day_only_the_facilitator_takes_delivery_and_says_so(context, clock):
    bought = a_bought_round(context)
    last_day = (NOON + timedelta(days=3)).date()
    with context.database.write() as tx:
        tx.execute(lots.update().values(deliver_by_on=last_day))
        lot = catalogue.lot(tx, bought.lots[1].id)
    clock.forward(days=3)
    on_the_day = deliver(bought)
    clock.forward(hours=12)  # past midnight in Tokyo

    for given in ({}, {"accepts_late": True}, {"actor": bought.facilitator}):
        with pytest.raises(TermsRefused) as refusal:
            deliver(bought, request_id="d2", **given)
        assert refusal.value.code == "delivery_late"
        assert refusal.value.facts == {"due_on": lot.deliver_by_on}
    late = deliver(bought, request_id="d3", actor=bought.facilitator, accepts_late=True)

    assert late.id == on_the_day.id
    assert late.delivered_by == bought.facilitator.person_id


def test_another_supplier_finds_no_such_award_and_members_may_not(context):
    bought = a_bought_round(context)

    with pytest.raises(NotFound):
        deliver(bought, actor=bought.sellers[0])
    with pytest.raises(NotAllowed):
        deliver(bought, actor=bought.members[0])
    with pytest.raises(NotAllowed):
        accept(bought, deliver(bought), actor=bought.sellers[1])


def test_only_a_round_in_settling_takes_deliveries(context):
    bought = a_bought_round(context)
    move(context, bought.round_, Phase.CLOSED)

    with pytest.raises(PhaseRefused) as refusal:
        deliver(bought)

    assert refusal.value.code == "wrong_phase"
