"""What a round comes to: laws of entries, bills and invoice lines, over invented rounds."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auctions import sharing
from club.domain import invoices, ledger, settlement
from club.domain.invoices import Invoice
from club.domain.ledger import Account, Entry, EntryCode, Made
from club.domain.offers import Allocation, Award, LotAwards
from club.domain.organisations import Actor, Kind
from club.domain.retirements import Batch, backing, deliver, units_due
from club.domain.serials import Serials
from tests.builders import NOON, a_round

MADE = Made(id="e1", at=NOON, by="system")
OPERATOR = "operator"
SOMEBODY = Actor(person_id="p1", organisation_id=OPERATOR, kind=Kind.OPERATOR, roles=frozenset())
SEED = b"a fixed seed for all who test it"


@st.composite
def markets(draw):
    """Awards of up to three suppliers, shared among up to six members by their pledges."""
    offered = draw(
        st.lists(
            st.tuples(st.integers(1, 50_000), st.integers(1, 20_000), st.integers(1, 3)),
            min_size=1,
            max_size=4,
        )
    )
    awards = [
        Award(
            id=f"award{n}",
            round_id="round1",
            offer_id=f"offer{n}",
            lot_id=f"lot{n}",
            supplier_id=f"supplier{supplier}",
            quantity_kg=quantity_kg,
            price_per_t=price_per_t,
            value_jpy=quantity_kg * price_per_t // 1_000,
        )
        for n, (quantity_kg, price_per_t, supplier) in enumerate(offered)
    ]
    total_kg = sum(award.quantity_kg for award in awards)
    weights = draw(st.lists(st.integers(1, 100), min_size=1, max_size=6))
    claims = {f"org{n}": weight * total_kg for n, weight in enumerate(weights)}
    totals_kg = sharing.share(total_kg, claims, SEED)
    columns = {award.id: award.quantity_kg for award in awards}
    allocations = [
        Allocation(
            round_id="round1", organisation_id=member, award_id=award_id, quantity_kg=quantity_kg
        )
        for member, cells in sharing.matrix(totals_kg, columns, SEED).items()
        for award_id, quantity_kg in cells.items()
        if quantity_kg
    ]
    amounts_jpy = sharing.amounts(sum(a.value_jpy for a in awards), totals_kg, SEED)
    return awards, allocations, amounts_jpy


def a_settling_round(fee_per_t=0, tax_percent=10):
    return a_round(SOMEBODY, id="round1", fee_per_t=fee_per_t, tax_percent=tax_percent)


def invoice_of(bill, round_):
    return Invoice(
        id=f"invoice-{bill.organisation_id}",
        number="INV-2026-00001",
        round_id=round_.id,
        organisation_id=bill.organisation_id,
        quantity_kg=bill.quantity_kg,
        value_jpy=bill.value_jpy,
        fee_jpy=bill.fee_jpy,
        tax_percent=round_.tax_percent,
        tax_jpy=bill.tax_jpy,
        total_jpy=bill.total_jpy,
        issued_at=NOON,
        due_on=(NOON + timedelta(days=30)).date(),
    )


def everything_entered(market, round_):
    """All entries of a round from purchase to retirement, every invoice paid."""
    awards, allocations, amounts_jpy = market
    entries = []
    for supplier_id in sorted({award.supplier_id for award in awards}):
        own = [award for award in awards if award.supplier_id == supplier_id]
        purchase = settlement.purchase(
            MADE, own, allocations, operator_id=OPERATOR, tax_percent=round_.tax_percent
        )
        entries.append(purchase)
    for bill in settlement.bills(round_, allocations, amounts_jpy):
        invoice = invoice_of(bill, round_)
        entries.append(settlement.charge(MADE, invoice, operator_id=OPERATOR))
        entries.append(settlement.payment(MADE, invoice, operator_id=OPERATOR))
    for award in awards:
        entries += delivered_and_retired(award, allocations, round_)
    return entries


def delivered_and_retired(award, allocations, round_):
    shares_kg = {a.organisation_id: a.quantity_kg for a in allocations if a.award_id == award.id}
    serials = Serials(prefix="JC-", first=1, last=units_due(award.quantity_kg, 1_000))
    bought = LotAwards(awards=(award,))
    delivery = deliver(bought, 1_000, serials, id="d1", at=NOON, by="p1")
    batch = Batch(
        id="b1",
        round_id=round_.id,
        delivery_id="d1",
        lot_id=award.lot_id,
        units=serials.units,
        unit_kg=1_000,
        serial_prefix=serials.prefix,
        serial_first=serials.first,
        serial_last=serials.last,
        serial_width=1,
        retired_on=NOON.date(),
        registry_reference="R1",
        beneficiary="試験",
        purpose_ja="試験",
        purpose_en="test",
        recorded_at=NOON,
        recorded_by="p1",
    )
    accepted = settlement.acceptance(
        MADE, delivery, bought, shares_kg, operator_id=OPERATOR, tax_percent=round_.tax_percent
    )
    backed = backing(delivery, serials, shares_kg)
    return [accepted, settlement.retirement(MADE, batch, backed, operator_id=OPERATOR)]


@given(market=markets(), fee_per_t=st.integers(0, 500))
def test_from_purchase_to_retirement_every_account_ends_where_it_should(market, fee_per_t):
    awards, allocations, amounts_jpy = market
    round_ = a_settling_round(fee_per_t)
    settlement.require_whole(awards, allocations, amounts_jpy)

    stands = ledger.balances(everything_entered(market, round_))

    def on(account):
        return sum(amount for (each, _, _), amount in stands.items() if each is account)

    bills = settlement.bills(round_, allocations, amounts_jpy)
    bought_kg = sum(award.quantity_kg for award in awards)
    units = sum(units_due(award.quantity_kg, 1_000) for award in awards)
    assert sum(stands.values()) == 0
    for empty in (Account.CLEARING, Account.RECEIVABLE, Account.DUE, Account.HELD):
        assert on(empty) == 0
    assert on(Account.BANK) == sum(bill.total_jpy for bill in bills)
    assert -on(Account.FEE) == sum(bill.fee_jpy for bill in bills)
    assert -on(Account.TAX_CHARGED) == sum(bill.tax_jpy for bill in bills)
    assert on(Account.RETIRED) == bought_kg
    assert on(Account.RETIRED_UNASSIGNED) == units * 1_000 - bought_kg
    assert -on(Account.SUPPLIED) == units * 1_000
    value_jpy = sum(award.value_jpy for award in awards)
    assert -on(Account.PAYABLE) == value_jpy + on(Account.TAX_PAID) + on(Account.CUSTODY)


@given(market=markets(), fee_per_t=st.integers(0, 500), tax_percent=st.sampled_from([0, 8, 10]))
def test_bills_are_the_value_of_the_awards_with_tax_once_on_each(market, fee_per_t, tax_percent):
    awards, allocations, amounts_jpy = market
    round_ = a_settling_round(fee_per_t, tax_percent)

    bills = settlement.bills(round_, allocations, amounts_jpy)

    assert sum(bill.value_jpy for bill in bills) == sum(award.value_jpy for award in awards)
    for bill in bills:
        assert 0 <= (bill.value_jpy + bill.fee_jpy) * tax_percent - 100 * bill.tax_jpy < 100
        assert 0 <= bill.quantity_kg * fee_per_t - 1_000 * bill.fee_jpy < 1_000
    assert [bill.organisation_id for bill in bills] == sorted(b.organisation_id for b in bills)


@given(market=markets())
def test_invoice_lines_sum_to_members_and_to_awards(market):
    awards, allocations, amounts_jpy = market

    lines = settlement.lines("round1", awards, allocations, amounts_jpy)

    by_member = {member: sum(line.value_jpy for line in own) for member, own in lines.items()}
    by_award_jpy, by_award_kg = Counter(), Counter()
    for line in (line for own in lines.values() for line in own):
        by_award_jpy[line.award_id] += line.value_jpy
        by_award_kg[line.award_id] += line.quantity_kg
    assert by_member == {m: jpy for m, jpy in amounts_jpy.items() if m in lines}
    assert +by_award_jpy == +Counter({a.id: a.value_jpy for a in awards})
    assert by_award_kg == Counter({a.id: a.quantity_kg for a in awards})


@given(market=markets(), more=st.integers(1, 9))
def test_a_yen_or_a_kilogram_too_many_is_noticed(market, more):
    awards, allocations, amounts_jpy = market
    payer = min(amounts_jpy)
    assume(allocations)

    with pytest.raises(AssertionError):
        settlement.require_whole(
            awards, allocations, amounts_jpy | {payer: amounts_jpy[payer] + more}
        )
    with pytest.raises(AssertionError):
        settlement.require_whole(awards, allocations[1:], amounts_jpy)


def test_by_hand_two_awards_of_one_supplier_are_taxed_once_on_their_sum():
    awards = [
        Award(
            id=f"a{n}",
            round_id="round1",
            offer_id=f"o{n}",
            lot_id=f"l{n}",
            supplier_id="s",
            quantity_kg=1_003,
            price_per_t=5_000,
            value_jpy=5_015,
        )
        for n in (1, 2)
    ]
    allocations = [
        Allocation(round_id="round1", organisation_id="m", award_id=a.id, quantity_kg=1_003)
        for a in awards
    ]

    entry = settlement.purchase(MADE, awards, allocations, operator_id=OPERATOR, tax_percent=10)

    assert entry.postings == (
        ledger.jpy(Account.PAYABLE, "s", -11_033),
        ledger.jpy(Account.CLEARING, OPERATOR, 10_030),
        ledger.jpy(Account.TAX_PAID, OPERATOR, 1_003),
        ledger.kg(Account.SUPPLIED, "s", "l1", -1_003),
        ledger.kg(Account.SUPPLIED, "s", "l2", -1_003),
        ledger.kg(Account.DUE, "m", "l1", 1_003),
        ledger.kg(Account.DUE, "m", "l2", 1_003),
    )


@pytest.mark.parametrize(
    ("value_jpy", "percent", "tax_jpy"), [(5_015, 10, 501), (999, 10, 99), (9, 10, 0), (100, 8, 8)]
)
def test_tax_drops_fractions(value_jpy, percent, tax_jpy):
    assert invoices.tax(value_jpy, percent) == tax_jpy


@given(market=markets())
def test_an_entry_and_its_reversal_leave_nothing(market):
    for entry in everything_entered(market, a_settling_round()):
        undone = ledger.reverse(Made(id="e2", at=NOON, by="p1"), entry)

        assert set(ledger.balances([entry, undone]).values()) == {0}
        assert (undone.reverses, undone.subject_id) == (entry.id, entry.subject_id)
        assert ledger.standing([entry, undone], entry.code) is None


def test_an_entry_that_does_not_balance_cannot_be_made():
    def entry(*postings):
        return Entry(
            id="e1",
            round_id=None,
            code=EntryCode.PAYMENT,
            subject_id="i1",
            made_at=NOON,
            made_by="p1",
            postings=postings,
        )

    for postings in (
        (),
        (ledger.jpy(Account.BANK, "o", 1),),
        (ledger.kg(Account.HELD, "m", "l1", 5), ledger.kg(Account.RETIRED, "m", "l2", -5)),
        (ledger.jpy(Account.BANK, "o", 5), ledger.kg(Account.HELD, "m", "l1", -5)),
    ):
        with pytest.raises(AssertionError):
            entry(*postings)
