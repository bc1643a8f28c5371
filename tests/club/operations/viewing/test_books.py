"""The books, the papers and the proof, on both databases."""

import csv
import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from club.documents import write_award_note, write_invoice
from club.domain.errors import NotAllowed, NotFound
from club.domain.ledger import Account, Measure
from club.domain.organisations import Kind, Role
from club.operations.delivering import accept_delivery, reverse_acceptance
from club.operations.settling import record_payment, reverse_payment
from club.operations.viewing.books import (
    Law,
    all_invoices,
    award_note,
    invoice_paper,
    ledger_csv,
    ledger_rows,
    my_invoices,
    proof,
    prove,
    trial_balance,
)
from club.store.tables import allocations, invoices, postings
from tests.bought import a_bought_round, certify, deliver_all, retire_all
from tests.builders import colleague, join


def pay_all(bought):
    for number, row in enumerate(all_invoices(bought.context, bought.treasurer)):
        record_payment(
            bought.context,
            bought.treasurer,
            request_id=f"pay{number}",
            invoice_id=row.invoice.id,
            amount_jpy=row.invoice.total_jpy,
        )


def test_the_books_of_an_empty_club_hold(context):
    assert prove(context).holds


def test_the_proof_holds_after_every_step_from_award_to_certificate(context):
    bought = a_bought_round(context, fee_per_t=120)
    steps = [prove(context)]
    pay_all(bought)
    steps.append(prove(context))
    deliveries = deliver_all(bought)
    steps.append(prove(context))
    retire_all(bought, deliveries)
    steps.append(prove(context))
    certify(bought)
    steps.append(prove(context))

    assert [step.differing for step in steps] == [()] * 5
    assert {check.law for check in steps[-1].checks} == set(Law)
    assert f"ok      charged_is_owed {bought.round_.id}: 1047500 = 1047500" in steps[-1].lines


def test_in_the_demos_shape_233_units_leave_100_kg_in_custody(context):
    bought = a_bought_round(context)
    certify(bought, retire_all(bought, deliver_all(bought)))

    stands = {}
    for row in trial_balance(context, bought.treasurer):
        key = row.balance.account
        stands[key] = stands.get(key, 0) + row.balance.amount

    assert {account: amount for account, amount in stands.items() if amount} == {
        Account.SUPPLIED: -233_000,
        Account.RETIRED: 232_900,
        Account.RETIRED_UNASSIGNED: 100,
        Account.CUSTODY: 500,
        Account.TAX_PAID: 46_800 + 57_950 + 50,
        Account.TAX_CHARGED: -(44_976 + 37_285 + 22_488),
        Account.PAYABLE: -(514_800 + 637_450 + 550),
        Account.RECEIVABLE: 1_047_500 + 44_976 + 37_285 + 22_488,
    }


@pytest.mark.parametrize(
    ("spoil", "laws"),
    [
        (
            lambda tx: tx.execute(
                postings.update()
                .where(postings.c.line == 1, postings.c.account == Account.RECEIVABLE)
                .values(amount=postings.c.amount + 1)
            ),
            {Law.ENTRIES_BALANCE, Law.ACCOUNTS_BALANCE, Law.RECEIVABLE_IS_UNPAID},
        ),
        (
            lambda tx: tx.execute(
                allocations.update().values(quantity_kg=allocations.c.quantity_kg + 1)
            ),
            {Law.SHARED_IS_BOUGHT},
        ),
        (
            lambda tx: tx.execute(
                invoices.update().values(
                    value_jpy=invoices.c.value_jpy + 1, total_jpy=invoices.c.total_jpy + 1
                )
            ),
            {Law.CHARGED_IS_OWED, Law.RECEIVABLE_IS_UNPAID},
        ),
    ],
)
def test_what_was_changed_behind_the_books_back_is_found(context, spoil, laws):
    a_bought_round(context)
    with context.database.write() as tx:
        spoil(tx)

    found = prove(context)

    assert not found.holds
    assert {check.law for check in found.differing} == laws
    assert all(line.startswith("DIFFERS") for line in (c.text for c in found.differing))


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    awarded=st.lists(
        st.tuples(st.integers(1_000, 20_000), st.integers(1, 9_999)), min_size=1, max_size=2
    ),
    weights=st.lists(st.integers(1, 9), min_size=1, max_size=3),
)
def test_whatever_was_bought_and_however_often_undone_the_books_hold(context, awarded, weights):
    total_kg = sum(quantity_kg for quantity_kg, _ in awarded)
    bought = a_bought_round(
        context, awarded=tuple(awarded), pledged_kg=tuple(w * total_kg for w in weights)
    )
    bought.prefix = f"{bought.round_.id}-"
    invoice = my_invoices(context, bought.members[0])[0]
    common = {"invoice_id": invoice.id}
    record_payment(
        context, bought.treasurer, request_id=invoice.id, amount_jpy=invoice.total_jpy, **common
    )
    reverse_payment(context, bought.treasurer, request_id=f"not {invoice.id}", **common)
    deliveries = deliver_all(bought)
    again = {"delivery_id": deliveries[0].id}
    reverse_acceptance(context, bought.facilitator, request_id=f"r {deliveries[0].id}", **again)
    accept_delivery(context, bought.facilitator, request_id=f"a {deliveries[0].id}", **again)
    certify(bought, retire_all(bought, deliveries))

    assert prove(context).differing == ()


def test_the_invoice_paper_says_what_the_invoice_says_and_can_be_written(context):
    bought = a_bought_round(context, fee_per_t=120)
    member = bought.members[0]
    [invoice] = my_invoices(context, member)

    paper = invoice_paper(context, member, invoice.id)

    assert paper == invoice_paper(context, bought.treasurer, invoice.id)
    assert (paper.number, paper.total_jpy) == (invoice.number, invoice.total_jpy)
    assert (paper.issued_on, paper.due_on) == (date(2026, 11, 22), date(2026, 12, 22))
    assert [line.price_per_t for line in paper.lines] == [4_000, 5_000]
    assert paper.quantity_kg == 100_000
    assert write_invoice(paper).startswith(b"%PDF")


def test_a_member_sees_its_own_invoices_and_no_others(context):
    bought = a_bought_round(context)
    one, other = bought.members[:2]
    [theirs] = my_invoices(context, other)

    assert [i.organisation_id for i in my_invoices(context, one)] == [one.organisation_id]
    for stranger in (one, bought.sellers[0], join(context, Kind.OPERATOR, Role.LEARNER)):
        with pytest.raises(NotFound):
            invoice_paper(context, stranger, theirs.id)
    with pytest.raises(NotFound):
        invoice_paper(context, one, "nowhere")


def test_the_award_note_says_what_is_due_and_what_the_surplus_brings(context):
    bought = a_bought_round(context)
    seller = bought.sellers[1]
    wanted = {"round_id": bought.round_.id, "supplier_id": seller.organisation_id}

    note = award_note(context, seller, **wanted)

    assert note == award_note(context, bought.facilitator, **wanted)
    assert (note.value_jpy, note.custody_jpy) == (579_500, 500)
    assert [(a.units, a.custody_kg) for a in note.awards] == [(116, 100)]
    assert write_award_note(note).startswith(b"%PDF")
    with pytest.raises(NotFound):
        award_note(context, bought.sellers[0], **wanted)
    with pytest.raises(NotFound):
        award_note(context, bought.facilitator, round_id=bought.round_.id, supplier_id="nowhere")


def test_only_those_who_keep_the_books_read_them(context):
    bought = a_bought_round(context)
    auditor = colleague(context, bought.facilitator, Role.AUDITOR)
    readers = (trial_balance, ledger_rows, ledger_csv, all_invoices, proof)

    for read in readers:
        read(context, auditor)
        for stranger in (
            bought.members[0],
            bought.sellers[0],
            colleague(context, bought.facilitator, Role.LEARNER),
        ):
            with pytest.raises(NotAllowed):
                read(context, stranger)


def test_the_ledger_as_csv_sums_to_zero(context):
    bought = a_bought_round(context)
    a_bought_round(context, by=bought.facilitator, awarded=((5_000, 4_000),), pledged_kg=(5_000,))

    whole = list(csv.DictReader(io.StringIO(ledger_csv(context, bought.treasurer))))
    of_round = list(
        csv.DictReader(
            io.StringIO(ledger_csv(context, bought.treasurer, round_id=bought.round_.id))
        )
    )

    assert len(whole) == len(ledger_rows(context, bought.treasurer))
    assert {row["round_id"] for row in of_round} == {bought.round_.id}
    assert len(of_round) < len(whole)
    for measure in Measure:
        assert sum(int(row["amount"]) for row in whole if row["measure"] == measure) == 0
    assert whole[0]["made_at"] == "2026-11-22T03:00:00+00:00"
    assert "holder_ja" not in whole[0]
