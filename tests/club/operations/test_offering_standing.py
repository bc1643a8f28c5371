"""Who may offer, and whose receipts and envelopes are whose, on both databases."""

from dataclasses import replace

import pytest

from club.domain.errors import (
    ClubError,
    NotAllowed,
    NotFound,
    StandingRefused,
    TermsRefused,
)
from club.domain.offers import EnvelopeState
from club.domain.organisations import Kind, Standing
from club.domain.rounds import Phase
from club.operations.offering import receipt_of
from club.store import people
from tests.builders import a_lot, a_person, actor_of, an_organisation, colleague, join, move
from tests.markets import bidding_round, invite, offer, pledge, pledging_round
from tests.sealed import states, withdraw


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def round_(context, facilitator, seller):
    return bidding_round(context, facilitator, seller)


@pytest.fixture
def lot(context, seller):
    return a_lot(context, seller)


def test_who_is_not_invited_or_offers_anothers_lot_is_refused(
    context, facilitator, seller, round_, lot
):
    other = join(context, Kind.SUPPLIER)
    others_lot = a_lot(context, other)

    with pytest.raises(StandingRefused) as uninvited:
        offer(context, other, round_, others_lot)
    with pytest.raises(TermsRefused) as foreign:
        offer(context, seller, round_, others_lot)

    assert (uninvited.value.code, foreign.value.code) == ("not_invited", "lot_of_another")


def test_without_accepted_terms_no_offer_is_taken(context, facilitator):
    organisation = an_organisation(Kind.SUPPLIER)
    person = a_person(organisation)
    with context.database.write() as tx:
        people.add_organisation(tx, organisation)
        people.add_person(tx, person)
    newcomer = actor_of(person, organisation)
    round_ = bidding_round(context, facilitator, newcomer)

    with pytest.raises(StandingRefused) as refusal:
        offer(context, newcomer, round_, a_lot(context, newcomer))

    assert refusal.value.code == "terms_not_accepted"


def test_a_supplier_that_is_no_longer_approved_cannot_offer(context, seller, round_, lot):
    with context.database.write() as tx:
        organisation = people.organisation(tx, seller.organisation_id)
        people.change_organisation(tx, replace(organisation, standing=Standing.REQUESTED))

    with pytest.raises(StandingRefused) as refusal:
        offer(context, seller, round_, lot)

    assert refusal.value.code == "organisation_not_approved"


def test_who_became_kin_of_a_buyer_cannot_offer(context, facilitator, seller, lot):
    round_ = pledging_round(context, facilitator)
    member = join(context)
    invite(context, facilitator, round_, seller)
    pledge(context, member, round_, 20_000)
    move(context, round_, Phase.BIDDING)
    with context.database.write() as tx:
        organisation = people.organisation(tx, seller.organisation_id)
        people.change_organisation(
            tx, replace(organisation, affiliated_with=member.organisation_id)
        )

    with pytest.raises(StandingRefused) as refusal:
        offer(context, seller, round_, lot)

    assert refusal.value.code == "buyer_and_seller"


def test_a_receipt_can_be_had_again_by_ones_own_and_by_nobody_else(
    context, facilitator, seller, round_, lot
):
    receipt = offer(context, seller, round_, lot)
    offer(context, seller, round_, lot)

    again = receipt_of(context, colleague(context, seller), receipt.envelope_id)

    assert again == receipt
    with pytest.raises(NotFound):
        receipt_of(context, join(context, Kind.SUPPLIER), receipt.envelope_id)
    with pytest.raises(NotFound):
        receipt_of(context, seller, "nowhere")
    with pytest.raises(NotAllowed):
        receipt_of(context, facilitator, receipt.envelope_id)


def test_one_can_withdraw_neither_anothers_nor_what_no_longer_stands(context, seller, round_, lot):
    receipt = offer(context, seller, round_, lot)

    with pytest.raises(NotFound):
        withdraw(context, join(context, Kind.SUPPLIER), receipt)
    withdraw(context, seller, receipt)
    withdraw(context, seller, receipt)
    with pytest.raises(ClubError) as refusal:
        withdraw(context, seller, receipt, "w2")

    assert refusal.value.code == "no_offer"
    assert states(context, seller, round_) == [(1, EnvelopeState.WITHDRAWN)]


def test_members_cannot_offer(context, round_, lot):
    with pytest.raises(NotAllowed):
        offer(context, join(context), round_, lot)


def test_a_draft_is_not_there_for_suppliers(context, facilitator, seller, round_, lot):
    move(context, round_, Phase.DRAFT)

    with pytest.raises(NotFound):
        offer(context, seller, round_, lot)
    with pytest.raises(NotFound):
        offer(context, join(context, Kind.SUPPLIER), round_, lot)
