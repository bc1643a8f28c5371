"""Posting awards, invoicing and payments, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from auctions.chain import first_broken
from club.domain.errors import NotAllowed, NotFound, TermsRefused
from club.domain.ledger import Account
from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Role
from club.operations.settling import record_payment, reverse_payment
from club.operations.telling import round_facts
from club.operations.viewing.proving import prove
from club.store import books, journal
from tests.bought import a_bought_round, certify, deliver_all, post_awards, retire_all
from tests.builders import NOON, join


def invoices(bought):
    with bought.context.database.read() as tx:
        return sorted(books.invoices_of_round(tx, bought.round_.id), key=lambda i: i.number)


def on_account(context, account):
    """Every holder's balance that is not zero, by holder."""
    with context.database.read() as tx:
        return {
            b.holder_id: b.amount for b in books.balances(tx) if b.account is account if b.amount
        }


def pay(bought, invoice, request_id="p1", amount_jpy=None, actor=None):
    return record_payment(
        bought.context,
        actor or bought.treasurer,
        request_id=request_id,
        invoice_id=invoice.id,
        amount_jpy=invoice.total_jpy if amount_jpy is None else amount_jpy,
    )


def test_each_member_gets_one_invoice_and_together_they_are_the_value_of_the_awards(context):
    bought = a_bought_round(context)

    issued = invoices(bought)

    assert [i.number for i in issued] == ["INV-2026-00001", "INV-2026-00002", "INV-2026-00003"]
    assert [i.quantity_kg for i in issued] == [100_000, 82_900, 50_000]
    assert [i.value_jpy for i in issued] == [449_764, 372_854, 224_882]
    assert sum(i.value_jpy for i in issued) == 117 * 4_000 + 115_900 * 5
    assert [i.tax_jpy for i in issued] == [44_976, 37_285, 22_488]
    assert {i.due_on for i in issued} == {date(2026, 12, 22)}


def test_the_lines_of_invoices_sum_to_the_members_and_to_the_awards(context):
    bought = a_bought_round(
        context,
        awarded=((4_001, 3_333), (3_000, 4_567), (1_999, 7_001)),
        pledged_kg=(4_000, 3_000, 3_000, 1),
    )
    with context.database.read() as tx:
        lines = {i.id: books.invoice_lines_of(tx, i.id) for i in invoices(bought)}

    assert {id: sum(line.value_jpy for line in of) for id, of in lines.items()} == {
        i.id: i.value_jpy for i in invoices(bought)
    }
    for award in bought.awards:
        mine = [line for of in lines.values() for line in of if line.award_id == award.id]
        assert sum(line.quantity_kg for line in mine) == award.quantity_kg
        assert sum(line.value_jpy for line in mine) == award.value_jpy


def test_the_books_tell_who_owes_whom_and_what_is_due(context):
    bought = a_bought_round(context, fee_per_t=100)
    operator_id = bought.facilitator.organisation_id
    first, second = bought.sellers

    assert on_account(context, Account.PAYABLE) == {
        first.organisation_id: -514_800,
        second.organisation_id: -637_450,
    }
    assert on_account(context, Account.TAX_PAID) == {operator_id: 46_800 + 57_950}
    assert on_account(context, Account.CLEARING) == {}
    assert on_account(context, Account.FEE) == {operator_id: -23_290}
    assert on_account(context, Account.RECEIVABLE) == {
        i.organisation_id: i.total_jpy for i in invoices(bought)
    }
    with context.database.read() as tx:
        due = [b for b in books.balances(tx) if b.account is Account.DUE]
    assert sum(b.amount for b in due) == 232_900
    assert {b.lot_id for b in due} == {lot.id for lot in bought.lots}


def test_the_members_buyers_are_told_and_the_chain_names_the_invoices(context):
    bought = a_bought_round(context)
    with context.database.read() as tx:
        told = journal.notices_of(tx, bought.members[0].person_id)
        links = journal.links(tx, bought.round_.id)
    first = invoices(bought)[0]

    assert [n.kind for n in told] == [NoticeKind.INVOICED]
    assert told[0].facts == round_facts(bought.round_) | {
        "invoice_id": first.id,
        "number": first.number,
        "quantity_kg": 100_000,
        "total_jpy": first.total_jpy,
        "due_on": "2026-12-22",
    }
    assert [link.kind for link in links] == ["invoices.issued"]
    assert len(links[0].facts["invoices"]) == 3


def test_amounts_that_miss_the_value_of_the_awards_are_a_bug_and_post_nothing(context):
    bought = a_bought_round(context, post=False)
    bought.amounts_jpy[bought.members[0].organisation_id] += 1

    with pytest.raises(AssertionError):
        post_awards(bought)

    assert invoices(bought) == []
    with context.database.read() as tx:
        assert books.all_entries(tx) == []


def test_the_year_of_a_number_is_the_clubs_and_not_greenwichs(context, clock):
    clock.at = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)  # midnight in Tokyo
    bought = a_bought_round(context)

    issued = invoices(bought)

    assert [i.number for i in issued] == ["INV-2027-00001", "INV-2027-00002", "INV-2027-00003"]
    assert issued[0].due_on == date(2027, 1, 31)


def test_rounds_posted_at_once_number_their_invoices_without_gaps(context):
    facilitator = join(context, Kind.OPERATOR)
    rounds = [
        a_bought_round(context, by=facilitator, awarded=((9_000, 4_000),), post=False)
        for _ in range(8)
    ]

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(post_awards, rounds))

    with context.database.read() as tx:
        numbers = sorted(i.number for i in books.all_invoices(tx))
    assert numbers == [f"INV-2026-{n:05d}" for n in range(1, 25)]


def test_an_invoice_is_paid_once_and_in_full(context):
    bought = a_bought_round(context)
    invoice = invoices(bought)[0]

    paid = pay(bought, invoice)

    assert (paid.paid_at, paid.paid_by) == (NOON, bought.treasurer.person_id)
    assert on_account(context, Account.BANK) == {
        bought.facilitator.organisation_id: invoice.total_jpy
    }
    assert invoice.organisation_id not in on_account(context, Account.RECEIVABLE)
    with pytest.raises(TermsRefused) as refusal:
        pay(bought, invoice, "p2")
    assert refusal.value.code == "already_done"


def test_another_amount_is_refused(context):
    bought = a_bought_round(context)
    invoice = invoices(bought)[0]

    with pytest.raises(TermsRefused) as refusal:
        pay(bought, invoice, amount_jpy=invoice.total_jpy - 1)

    assert refusal.value.code == "payment_differs"
    assert invoices(bought)[0] == invoice


def test_two_payments_of_one_invoice_at_once_are_one(context):
    bought = a_bought_round(context)
    invoice = invoices(bought)[0]

    def try_to_pay(request_id):
        try:
            return pay(bought, invoice, request_id).number
        except TermsRefused as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(try_to_pay, [f"p{n}" for n in range(8)]))

    assert sorted(outcomes) == [invoice.number] + ["already_done"] * 7
    assert sum(on_account(context, Account.BANK).values()) == invoice.total_jpy


def test_the_same_request_twice_is_one_payment(context):
    bought = a_bought_round(context)
    invoice = invoices(bought)[0]

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: pay(bought, invoice), range(4)))

    assert made == [made[0]] * 4
    assert sum(on_account(context, Account.BANK).values()) == invoice.total_jpy


def test_a_reversed_payment_is_owed_again_and_nothing_is_erased(context):
    bought = a_bought_round(context)
    invoice = invoices(bought)[0]
    pay(bought, invoice)

    owed = reverse_payment(context, bought.treasurer, request_id="p2", invoice_id=invoice.id)
    again = pay(bought, invoice, "p3")

    assert owed == invoice
    assert again == replace(invoice, paid_at=NOON, paid_by=bought.treasurer.person_id)
    with context.database.read() as tx:
        entries = books.entries_about(tx, invoice.id)
        kinds = [link.kind for link in journal.links(tx, bought.round_.id)]
    assert sorted(e.code for e in entries) == ["invoice", "payment", "payment", "reversal"]
    assert kinds[1:] == ["invoice.paid", "invoice.payment_reversed", "invoice.paid"]


def test_what_is_not_paid_cannot_be_reversed(context):
    bought = a_bought_round(context)

    with pytest.raises(TermsRefused):
        reverse_payment(
            context, bought.treasurer, request_id="p1", invoice_id=invoices(bought)[0].id
        )


def test_only_the_treasurer_records_payments(context):
    bought = a_bought_round(context)
    invoice = invoices(bought)[0]

    with pytest.raises(NotAllowed):
        pay(bought, invoice, actor=bought.members[0])
    with pytest.raises(NotAllowed):
        pay(bought, invoice, actor=join(context, Kind.OPERATOR, Role.FACILITATOR))
    with pytest.raises(NotFound):
        pay(bought, replace(invoice, id="nowhere"))


def test_a_round_worth_less_than_a_yen_is_settled_and_nobody_pays(context):
    bought = a_bought_round(context, awarded=((10, 50),), pledged_kg=(6, 4))
    certificates = certify(bought, retire_all(bought, deliver_all(bought)))

    assert invoices(bought) == []
    assert sorted(c.quantity_kg for c in certificates) == [4, 6]
    assert prove(context).holds


def test_amounts_beyond_what_json_holds_exactly_are_posted_to_the_yen(context):
    bought = a_bought_round(context, awarded=((10**12, 10**7 + 1),), pledged_kg=(10**12,))

    (invoice,) = invoices(bought)
    with context.database.read() as tx:
        links, head = journal.links(tx, bought.round_.id), journal.head(tx, bought.round_.id)
    assert invoice.value_jpy == 10**16 + 10**9
    assert links[-1].facts["invoices"][0]["total_jpy"] == invoice.total_jpy
    assert first_broken(links, head) is None
    assert prove(context).holds
