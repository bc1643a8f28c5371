"""Recording retirements and certifying them, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from club.domain.errors import InputRefused, NotAllowed, PhaseRefused, TermsRefused
from club.domain.ledger import Account
from club.domain.notices import NoticeKind
from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.operations.delivering import accept_delivery, record_delivery, reverse_acceptance
from club.operations.retiring import RetirementTerms, issue_certificates, record_retirement
from club.store import books, clearings, holdings, journal, rounds
from tests.bought import a_bought_round
from tests.builders import NOON, join

TERMS = RetirementTerms(
    serials="JC-2025-1001 to JC-2025-1116",
    retired_on=date(2026, 11, 22),
    registry_reference="JCR-2026-0001",
    beneficiary="巴クラブ参加企業",
    purpose_ja="2025年度の出張に伴う排出のオフセット",
    purpose_en="Offsetting business travel in fiscal 2025",
)
RANGES = ("JC-2024-0001 to JC-2024-0117", "JC-2025-1001 to JC-2025-1116")


def delivered(context, **given):
    """A bought round whose awards have all been delivered and accepted."""
    bought = a_bought_round(context, **given)
    deliveries = [
        accept_delivery(
            context,
            bought.facilitator,
            request_id=f"accept-{award.id}",
            delivery_id=record_delivery(
                context,
                seller,
                request_id=f"deliver-{award.id}",
                award_id=award.id,
                serials=serials,
            ).id,
        )
        for award, seller, serials in zip(bought.awards, bought.sellers, RANGES, strict=False)
    ]
    return bought, deliveries


def retire(bought, delivery, serials=RANGES[1], request_id="t1", **given):
    return record_retirement(
        bought.context,
        bought.facilitator,
        request_id=request_id,
        delivery_id=delivery.id,
        terms=replace(TERMS, serials=serials, **given),
    )


def issue(bought, request_id="c1", actor=None):
    return issue_certificates(
        bought.context,
        actor or bought.facilitator,
        request_id=request_id,
        round_id=bought.round_.id,
    )


def totals(context, account):
    with context.database.read() as tx:
        return {
            (b.holder_id, b.lot_id): b.amount
            for b in books.balances(tx)
            if b.account is account and b.amount
        }


def test_233_units_retired_back_232_900_kg_of_members_and_100_kg_of_nobody(context):
    bought, (first, second) = delivered(context)

    retire(bought, first, RANGES[0], "t1")
    retire(bought, second, RANGES[1], "t2")

    operator_id = bought.facilitator.organisation_id
    assert totals(context, Account.RETIRED) == {
        (a.organisation_id, lot.id): a.quantity_kg
        for a in bought.allocations
        for award, lot in zip(bought.awards, bought.lots, strict=True)
        if a.award_id == award.id
    }
    assert sum(totals(context, Account.RETIRED).values()) == 232_900
    assert totals(context, Account.RETIRED_UNASSIGNED) == {(operator_id, bought.lots[1].id): 100}
    assert totals(context, Account.HELD) == {}


def test_every_members_kilogram_points_to_the_batch_that_backs_it(context):
    bought, (first, second) = delivered(context)
    for number, (delivery, serials) in enumerate(
        [
            (first, "JC-2024-0001 to JC-2024-0050"),
            (first, "JC-2024-0051 to JC-2024-0117"),
            (second, "JC-2025-1100 to JC-2025-1116"),
            (second, "JC-2025-1001 to JC-2025-1099"),
        ]
    ):
        retire(bought, delivery, serials, f"t{number}")

    issued = issue(bought)

    with context.database.read() as tx:
        lines = [line for c in issued for line in holdings.certificate_lines_of(tx, c.id)]
        batches = {b.id: b for b in holdings.batches_of_round(tx, bought.round_.id)}
        certified = holdings.certified_kg(tx)
    assert {c.organisation_id: c.quantity_kg for c in issued} == {
        member.organisation_id: sum(
            a.quantity_kg for a in bought.allocations if a.organisation_id == member.organisation_id
        )
        for member in bought.members
    }
    for certificate in issued:
        for award, lot in zip(bought.awards, bought.lots, strict=True):
            backed_kg = sum(
                line.quantity_kg
                for line in lines
                if line.certificate_id == certificate.id and batches[line.batch_id].lot_id == lot.id
            )
            assert backed_kg == sum(
                a.quantity_kg
                for a in bought.allocations
                if a.organisation_id == certificate.organisation_id and a.award_id == award.id
            )
    left_kg = {id: b.units * b.unit_kg - certified[id] for id, b in batches.items()}
    last = next(b for b in batches.values() if b.serial_last == 1116)
    assert {id: kg for id, kg in left_kg.items() if kg} == {last.id: 100}


def test_certificates_close_the_round_and_are_numbered_without_gaps(context):
    bought, deliveries = delivered(context)
    for delivery, serials in zip(deliveries, RANGES, strict=True):
        retire(bought, delivery, serials, serials)

    issued = issue(bought)

    assert [c.number for c in issued] == [f"CERT-2026-{n:05d}" for n in (1, 2, 3)]
    assert len({c.token for c in issued}) == 3
    assert {len(c.token) for c in issued} == {32}
    assert issued[0].issued_at == NOON
    with context.database.read() as tx:
        assert rounds.get(tx, bought.round_.id).phase is Phase.CLOSED
        assert holdings.certificates_of_round(tx, bought.round_.id) == issued
        told = journal.notices_of(tx, bought.members[0].person_id)
        kinds = [link.kind for link in journal.links(tx, bought.round_.id)]
    assert NoticeKind.CERTIFIED in [n.kind for n in told]
    assert kinds[-3:] == ["batch.retired", "batch.retired", "certificates.issued"]


def test_the_same_request_at_once_issues_once(context):
    bought, deliveries = delivered(context)
    for delivery, serials in zip(deliveries, RANGES, strict=True):
        retire(bought, delivery, serials, serials)

    with ThreadPoolExecutor(4) as threads:
        issued = list(threads.map(lambda _: issue(bought), range(4)))

    assert issued == [issued[0]] * 4
    with pytest.raises(PhaseRefused):
        issue(bought, "c2")


def test_rounds_certified_at_once_number_without_gaps(context):
    facilitator = join(context, Kind.OPERATOR)
    ready = []
    for number in range(8):
        bought = a_bought_round(
            context, by=facilitator, awarded=((2_500, 4_000),), pledged_kg=(2_000, 1_000)
        )
        serials = f"JC-{number}-1 to JC-{number}-3"
        delivery = record_delivery(
            context,
            facilitator,
            request_id=f"d{number}",
            award_id=bought.awards[0].id,
            serials=serials,
        )
        accept_delivery(context, facilitator, request_id=f"a{number}", delivery_id=delivery.id)
        retire(bought, delivery, serials, f"t{number}")
        ready.append(bought)

    with ThreadPoolExecutor(8) as threads:
        issued = list(threads.map(lambda b: issue(b, b.round_.id), ready))

    assert sorted(c.number for each in issued for c in each) == [
        f"CERT-2026-{n:05d}" for n in range(1, 17)
    ]


def test_until_everything_is_retired_nothing_is_certified(context):
    bought, (first, second) = delivered(context)
    retire(bought, first, RANGES[0], "t1")
    retire(bought, second, "JC-2025-1001 to JC-2025-1115", "t2")

    with pytest.raises(TermsRefused) as refusal:
        issue(bought)

    assert refusal.value.code == "not_all_retired"
    assert refusal.value.facts == {"left_kg": 115_900}
    with context.database.read() as tx:
        assert holdings.certificates_of_round(tx, bought.round_.id) == []


@pytest.mark.parametrize(
    ("serials", "code"),
    [
        ("JC-2025-1000 to JC-2025-1116", "serials_outside"),
        ("JC-2025-1001 to JC-2025-1117", "serials_outside"),
        ("JC-2026-1001 to JC-2026-1116", "serials_outside"),
        ("JC-2025-1100 to JC-2025-1116", "serials_overlap"),
    ],
)
def test_units_of_another_delivery_or_already_retired_are_refused(context, serials, code):
    bought, (_, second) = delivered(context)
    retire(bought, second, "JC-2025-1050 to JC-2025-1100", "t1")

    with pytest.raises(TermsRefused) as refusal:
        retire(bought, second, serials, "t2")

    assert refusal.value.code == code


def test_of_overlapping_batches_recorded_at_once_one_is_taken(context):
    bought, (_, second) = delivered(context)

    def try_to_retire(number):
        try:
            return retire(bought, second, RANGES[1], f"t{number}").units
        except TermsRefused as refusal:
            return refusal.code

    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(try_to_retire, range(4)))

    assert sorted(map(str, outcomes)) == ["116"] + ["serials_overlap"] * 3


def test_what_is_not_accepted_cannot_be_retired_and_what_is_retired_cannot_go_back(context):
    bought, (first, second) = delivered(context)
    reverse_acceptance(context, bought.facilitator, request_id="r1", delivery_id=first.id)
    retire(bought, second, "JC-2025-1001 to JC-2025-1001", "t1")

    with pytest.raises(PhaseRefused) as early:
        retire(bought, first, RANGES[0], "t2")
    with pytest.raises(TermsRefused) as late:
        reverse_acceptance(context, bought.facilitator, request_id="r2", delivery_id=second.id)

    assert (early.value.code, late.value.code) == ("delivery_not_accepted", "already_retired")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"retired_on": date(2026, 11, 23)}, "date_in_future"),
        ({"registry_reference": " "}, "missing"),
        ({"beneficiary": ""}, "missing"),
        ({"purpose_ja": ""}, "missing"),
        ({"purpose_en": "x" * 501}, "too_long"),
    ],
)
def test_a_record_that_says_too_little_or_the_impossible_is_refused(context, given, code):
    bought, (_, second) = delivered(context)

    with pytest.raises(InputRefused) as refusal:
        retire(bought, second, **given)

    assert refusal.value.code == code


def test_only_facilitators_retire_and_certify(context):
    bought, (_, second) = delivered(context)

    with pytest.raises(NotAllowed):
        issue(bought, actor=bought.members[0])
    with pytest.raises(NotAllowed):
        record_retirement(
            context, bought.sellers[1], request_id="t1", delivery_id=second.id, terms=TERMS
        )
    with context.database.read() as tx:
        assert clearings.awards_of_round(tx, bought.round_.id) == bought.awards
