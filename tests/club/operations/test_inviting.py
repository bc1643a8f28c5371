"""Inviting suppliers, on both databases."""

import pytest

from club.domain.errors import InputRefused, NotAllowed, NotFound, PhaseRefused, StandingRefused
from club.domain.notices import NoticeKind
from club.domain.organisations import Kind, Standing
from club.domain.rounds import Phase
from club.operations.inviting import invite_suppliers
from club.operations.pledging import withdraw_pledge
from club.store import journal, rounds
from tests.builders import join, move
from tests.markets import invite, pledge, pledging_round


@pytest.fixture
def round_(context, facilitator):
    return pledging_round(context, facilitator)


def invited(context, round_):
    with context.database.read() as tx:
        return rounds.invited(tx, round_.id)


def test_an_invited_supplier_stands_in_the_round_and_is_told_once(context, facilitator, round_):
    seller, later = join(context, Kind.SUPPLIER), join(context, Kind.SUPPLIER)

    invite(context, facilitator, round_, seller)
    invite(context, facilitator, round_, seller, later)

    assert invited(context, round_) == sorted([seller.organisation_id, later.organisation_id])
    with context.database.read() as tx:
        told = [notice.kind for notice in journal.notices_of(tx, seller.person_id)]
    assert told == [NoticeKind.SUPPLIER_INVITED]


def test_the_same_request_twice_invites_once(context, facilitator, round_):
    seller = join(context, Kind.SUPPLIER)

    answers = [
        invite_suppliers(
            context,
            facilitator,
            request_id="i1",
            round_id=round_.id,
            supplier_ids=[seller.organisation_id],
        )
        for _ in range(2)
    ]

    assert answers == [[seller.organisation_id]] * 2
    with context.database.read() as tx:
        links = [link.kind for link in journal.links(tx, round_.id)]
    assert links.count("suppliers.invited") == 1


def test_who_is_no_supplier_cannot_be_invited(context, facilitator, round_):
    with pytest.raises(InputRefused) as refusal:
        invite(context, facilitator, round_, join(context))

    assert refusal.value.code == "not_a_supplier"
    assert invited(context, round_) == []


def test_a_supplier_not_yet_approved_cannot_be_invited(context, facilitator, round_):
    seller = join(context, Kind.SUPPLIER, standing=Standing.REQUESTED)

    with pytest.raises(StandingRefused) as refusal:
        invite(context, facilitator, round_, seller)

    assert refusal.value.code == "organisation_not_approved"


def test_a_supplier_of_the_same_family_as_a_buyer_is_refused_until_the_pledge_is_withdrawn(
    context, facilitator, round_
):
    member, stranger = join(context), join(context, Kind.SUPPLIER)
    daughter = join(context, Kind.SUPPLIER, affiliated_with=member.organisation_id)
    pledge(context, member, round_, 1_000)

    with pytest.raises(StandingRefused) as refusal:
        invite(context, facilitator, round_, stranger, daughter)
    nobody = invited(context, round_)
    withdraw_pledge(context, member, request_id="w1", round_id=round_.id)
    invite(context, facilitator, round_, daughter)

    assert refusal.value.code == "buyer_and_seller"
    assert nobody == []
    assert invited(context, round_) == [daughter.organisation_id]


def test_a_pledge_that_waits_for_approval_keeps_its_kin_out_too(context, facilitator, round_):
    member = join(context, needs_approval=True)
    daughter = join(context, Kind.SUPPLIER, affiliated_with=member.organisation_id)
    pledge(context, member, round_, 1_000)

    with pytest.raises(StandingRefused) as refusal:
        invite(context, facilitator, round_, daughter)

    assert refusal.value.code == "buyer_and_seller"


@pytest.mark.parametrize("phase", [Phase.CLEARING, Phase.SETTLING, Phase.CANCELLED])
def test_once_bidding_is_over_nobody_is_invited(context, facilitator, round_, phase):
    move(context, round_, phase)

    with pytest.raises(PhaseRefused):
        invite(context, facilitator, round_, join(context, Kind.SUPPLIER))

    assert invited(context, round_) == []


def test_only_facilitators_invite_and_only_to_what_exists(context, facilitator, round_):
    seller = join(context, Kind.SUPPLIER)

    with pytest.raises(NotAllowed):
        invite(context, seller, round_, seller)
    with pytest.raises(NotFound):
        invite_suppliers(
            context, facilitator, request_id="i1", round_id=round_.id, supplier_ids=["nobody"]
        )

    assert invited(context, round_) == []
