"""Certificates, their public check, and what is held, on both databases."""

from datetime import date

import pytest

from club.documents import write_certificate
from club.domain.errors import NotAllowed, NotFound
from club.domain.organisations import Kind, Role
from club.operations.viewing.holdings import (
    Verified,
    VerifiedLine,
    certificate_paper,
    certificates_of_round,
    consignments,
    my_certificates,
    my_consignments,
    my_holdings,
    verify,
)
from club.store import catalogue
from tests.bought import a_bought_round, certify, deliver_all, retire_all
from tests.builders import NOON, join


@pytest.fixture
def bought(context):
    """A closed round in the demo's shape."""
    bought = a_bought_round(context)
    certify(bought, retire_all(bought, deliver_all(bought)))
    return bought


def projects(bought):
    with bought.context.database.read() as tx:
        return [catalogue.project(tx, lot.project_id) for lot in bought.lots]


def shares(bought, member):
    """The member's kilograms of each award, in the order of awards."""
    mine = {
        a.award_id: a.quantity_kg
        for a in bought.allocations
        if a.organisation_id == member.organisation_id
    }
    return [mine[award.id] for award in bought.awards]


def test_the_certificate_paper_says_what_backs_the_members_kilograms(context, bought):
    member = bought.members[0]
    [certificate] = my_certificates(context, member)

    paper = certificate_paper(context, member, certificate.id)

    assert paper == certificate_paper(context, bought.facilitator, certificate.id)
    assert paper.verify_url == f"http://localhost:8501/verify/{certificate.token}"
    assert (paper.number, paper.quantity_kg) == (certificate.number, 100_000)
    assert paper.purpose_en == "Offsetting business travel"
    assert sorted(batch.quantity_kg for batch in paper.batches) == sorted(shares(bought, member))
    assert {(b.serial_first, b.serial_last, b.units) for b in paper.batches} == {
        ("L1-0001", "L1-0117", 117),
        ("L2-0001", "L2-0116", 116),
    }
    assert write_certificate(paper).startswith(b"%PDF")


def test_the_public_sees_beneficiary_kilograms_batches_and_dates_and_nothing_else(context, bought):
    member = bought.members[0]
    [certificate] = my_certificates(context, member)
    lines = {
        VerifiedLine(
            project_ja=project.name_ja,
            project_en=project.name_en,
            programme="J-Credit",
            quantity_kg=quantity_kg,
            serials=serials,
            retired_on=date(2026, 11, 22),
            registry_reference=reference,
        )
        for project, quantity_kg, serials, reference in zip(
            projects(bought),
            shares(bought, member),
            ("L1-0001 – L1-0117", "L2-0001 – L2-0116"),
            ("JCR-1", "JCR-2"),
            strict=True,
        )
    }

    found = verify(context, certificate.token)

    assert set(found.lines) == lines
    assert found == Verified(
        number=certificate.number,
        beneficiary_ja=certificate.beneficiary_ja,
        beneficiary_en=certificate.beneficiary_en,
        quantity_kg=100_000,
        issued_at=NOON,
        club_ja="巴カーボンクレジット共同購入クラブ",
        club_en="Tomoe Carbon Buyers' Club",
        is_invented=False,
        lines=found.lines,
    )


@pytest.mark.parametrize("token", ["", "0" * 32, "x" * 5_000, "' OR 1=1 --", "\x00", "巴"])
def test_a_token_that_was_never_given_out_is_unknown(context, bought, token):
    assert verify(context, token) is None


def test_neither_number_nor_id_of_a_certificate_opens_it_to_the_public(context, bought):
    [certificate] = my_certificates(context, bought.members[0])

    assert verify(context, certificate.number) is None
    assert verify(context, certificate.id) is None


def test_a_member_sees_its_own_certificates_and_no_others(context, bought):
    one, other = bought.members[:2]
    [theirs] = my_certificates(context, other)

    assert [c.organisation_id for c in my_certificates(context, one)] == [one.organisation_id]
    for stranger in (one, bought.sellers[0]):
        with pytest.raises(NotFound):
            certificate_paper(context, stranger, theirs.id)
        with pytest.raises(NotAllowed):
            certificates_of_round(context, stranger, bought.round_.id)
    assert len(certificates_of_round(context, bought.facilitator, bought.round_.id)) == 3


def test_holdings_go_from_due_to_held_to_retired(context):
    bought = a_bought_round(context)
    member = bought.members[0]

    def mine():
        return {h.lot.id: (h.due_kg, h.held_kg, h.retired_kg) for h in my_holdings(context, member)}

    first, second = bought.lots
    one_kg, other_kg = shares(bought, member)
    due = mine()
    deliveries = deliver_all(bought)
    held = mine()
    retire_all(bought, deliveries[:1])
    half = mine()

    assert due == {first.id: (one_kg, 0, 0), second.id: (other_kg, 0, 0)}
    assert held == {first.id: (0, one_kg, 0), second.id: (0, other_kg, 0)}
    assert half == {first.id: (0, 0, one_kg), second.id: (0, other_kg, 0)}


def test_the_clubs_custody_is_held_and_then_retired_and_claimed_by_nobody(context):
    bought = a_bought_round(context)
    deliveries = deliver_all(bought)
    [held] = my_holdings(context, bought.facilitator)
    retire_all(bought, deliveries)
    [retired] = my_holdings(context, bought.facilitator)

    assert (held.lot.id, held.held_kg, held.unassigned_kg) == (bought.lots[1].id, 100, 0)
    assert (retired.held_kg, retired.retired_kg, retired.unassigned_kg) == (0, 0, 100)


def test_the_desk_sees_how_far_every_award_is_and_a_supplier_its_own(context):
    bought = a_bought_round(context)
    before = consignments(context, bought.facilitator, bought.round_.id)
    deliveries = deliver_all(bought)
    retire_all(bought, deliveries[:1])
    after = consignments(context, bought.facilitator, bought.round_.id)

    assert [(c.delivery, c.units_due, c.units_left) for c in before] == [
        (None, 117, 117),
        (None, 116, 116),
    ]
    assert [(c.delivery, c.units_left) for c in after] == [
        (deliveries[0], 0),
        (deliveries[1], 116),
    ]
    assert my_consignments(context, bought.sellers[1]) == after[1:]
    for stranger in (bought.members[0], join(context, Kind.OPERATOR, Role.LEARNER)):
        with pytest.raises(NotAllowed):
            consignments(context, stranger, bought.round_.id)
        with pytest.raises(NotAllowed):
            my_consignments(context, stranger)
