"""Payments, what suppliers are owed, balances, the ledger, and the proof."""

import pytest

from club.domain.organisations import Kind, Role
from club.store import books
from pages.facilitating import treasury
from tests.bought import a_bought_round
from tests.builders import colleague
from tests.pages.facilitating.conftest import words


@pytest.fixture
def treasurer(context, facilitator):
    return colleague(context, facilitator, Role.TREASURER)


@pytest.fixture
def bought(context, facilitator):
    return a_bought_round(
        context, by=facilitator, awarded=((117_000, 4_000),), pledged_kg=(117_000,)
    )


def invoice(bought):
    with bought.context.database.read() as tx:
        return books.invoices_of_round(tx, bought.round_.id)[0]


def pay(pressed, bought, typed):
    pressed.press("facilitating.payments.record")
    pressed.at.text_input(key=f"amount pay {invoice(bought).id}").set_value(typed)
    pressed.button("facilitating.payments.record").click()
    return pressed.press("facilitating.payments.act")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("part", ["invoices", "suppliers", "balances", "ledger", "proof"])
def test_every_part_of_the_books_is_shown(open_screen, treasurer, bought, part, language):
    at = open_screen(treasury.render, treasurer, language=language)

    at = at.segmented_control(key="part of the books").set_value(part).run()

    assert not at.exception
    assert len(at.table[0].value) > 0


def test_before_the_first_round_the_books_say_what_will_be_here(open_screen, treasurer):
    at = open_screen(treasury.render, treasurer)

    assert at.info


def test_a_payment_is_recorded_to_the_yen_and_can_be_undone(open_screen, treasurer, bought, hand):
    owed = invoice(bought)
    pressed = hand(open_screen(treasury.render, treasurer))

    at = pay(pressed, bought, f"{owed.total_jpy:,} 円")
    assert invoice(bought).paid_by == treasurer.person_id
    assert at.success

    pressed.press("facilitating.payments.reverse")
    pressed.button("facilitating.payments.reverse").click()
    pressed.press("facilitating.payments.reverse_named", number=owed.number)
    assert invoice(bought) == owed


def test_another_amount_is_refused_and_stays_typed(open_screen, treasurer, bought, hand):
    pressed = hand(open_screen(treasury.render, treasurer))

    at = pay(pressed, bought, "1,000")

    assert "514,800" in at.error[0].value
    assert at.text_input(key=f"amount pay {invoice(bought).id}").value == "1,000"
    assert invoice(bought).paid_at is None


def test_an_overdue_invoice_is_called_so(clock, open_screen, treasurer, bought):
    clock.forward(days=31)

    at = open_screen(treasury.render, treasurer, language="en")

    assert at.metric[2].value == "1"
    assert "Overdue" in at.table[0].value.to_csv()


def test_both_sides_of_the_trial_balance_are_equal(open_screen, treasurer, bought):
    at = open_screen(treasury.render, treasurer, language="en")

    at = at.segmented_control(key="part of the books").set_value("balances").run()

    assert "Debits **¥561,600**, credits **¥561,600**" in words(at)


def test_the_proof_says_that_all_holds(open_screen, treasurer, bought):
    at = open_screen(treasury.render, treasurer, language="en")

    at = at.segmented_control(key="part of the books").set_value("proof").run()

    assert "equations hold" in words(at)
    assert set(at.table[0].value.iloc[:, 0]) == {"✓ holds"}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FACILITATOR])
def test_others_read_and_record_nothing(context, open_screen, facilitator, bought, hand, role):
    reader = colleague(context, facilitator, role)

    pressed = hand(open_screen(treasury.render, reader))

    assert not pressed.has("facilitating.payments.record")
    assert not pressed.at.exception
    assert reader.kind is Kind.OPERATOR
