"""The rounds a supplier is invited to, with their own envelopes."""

import pytest

from club.domain.offers import EnvelopeState
from club.domain.organisations import Kind
from club.i18n import Speech
from club.operations.viewing.market import my_offers
from pages.parts.visit import plain
from pages.selling import offers
from tests.builders import a_lot, join
from tests.markets import bidding_round, invite, offer, pledging_round

LANGUAGES = ["ja", "en"]


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def texts(at):
    return "\n".join(each.value for each in (*at.markdown, *at.caption, *at.subheader))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_invitation_it_says_who_invites(open_screen, seller, language):
    at = open_screen(offers.render, seller, language)

    assert at.info[0].value == say(language, "selling.no_rounds")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_round_stands_with_deadline_ceiling_and_a_way_to_offer(
    open_screen, context, facilitator, seller, language
):
    round_ = bidding_round(context, facilitator, seller)

    at = open_screen(offers.render, seller, language)

    assert not at.exception
    until = Speech(language, "Asia/Tokyo").at(round_.bidding_closes_at)
    assert say(language, "selling.terms", until=plain(until), ceiling_per_t=10_000) in texts(at)
    assert at.button[0].label == say(language, "selling.make_offer")


def test_a_round_that_is_still_collecting_pledges_says_when_bidding_opens(
    open_screen, context, facilitator, seller
):
    round_ = pledging_round(context, facilitator)
    invite(context, facilitator, round_, seller)

    at = open_screen(offers.render, seller, "en")

    assert say("en", "selling.opens", opens_at=round_.pledging_closes_at) in texts(at)
    assert not at.button


def test_a_round_one_is_not_invited_to_is_not_shown(open_screen, context, facilitator, seller):
    bidding_round(context, facilitator, join(context, Kind.SUPPLIER), name_en="Not for you")

    at = open_screen(offers.render, seller, "en")

    assert "Not for you" not in texts(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ones_envelope_stands_with_its_receipt(open_screen, context, facilitator, seller, language):
    round_ = bidding_round(context, facilitator, seller)
    receipt = offer(context, seller, round_, a_lot(context, seller))

    at = open_screen(offers.render, seller, language)

    facts = {"sequence": 1, "received_at": receipt.received_at}
    assert say(language, "selling.receipt", **facts) in texts(at)
    assert [each.value for each in at.code] == [receipt.commitment, receipt.verify_key]


def test_an_envelope_is_withdrawn_after_being_asked_once_more(
    open_screen, context, facilitator, seller
):
    round_ = bidding_round(context, facilitator, seller)
    receipt = offer(context, seller, round_, a_lot(context, seller))
    at = open_screen(offers.render, seller, "en")

    at.button(key=f"ask withdraw {receipt.envelope_id}").click().run()
    assert [row.state for row in my_offers(context, seller)] == [EnvelopeState.STANDING]
    at.button(key=f"ask withdraw {receipt.envelope_id}").click()
    next(b for b in at.button if b.key.startswith("button withdraw")).click().run()

    assert at.success[0].value == say("en", "selling.withdrawn", sequence=1)
    assert [row.state for row in my_offers(context, seller)] == [EnvelopeState.WITHDRAWN]


def test_after_the_deadline_withdrawing_is_refused_and_nothing_changes(
    open_screen, context, clock, facilitator, seller
):
    round_ = bidding_round(context, facilitator, seller)
    receipt = offer(context, seller, round_, a_lot(context, seller))
    at = open_screen(offers.render, seller, "en")
    clock.forward(days=3)

    at.button(key=f"ask withdraw {receipt.envelope_id}").click().run()
    at.button(key=f"ask withdraw {receipt.envelope_id}").click()
    next(b for b in at.button if b.key.startswith("button withdraw")).click().run()

    facts = {"closed_at": round_.bidding_closes_at, "now_at": clock.at}
    assert at.error[0].value == say("en", "errors.bidding_closed", **facts)
    assert [row.state for row in my_offers(context, seller)] == [EnvelopeState.STANDING]
