"""Sealing an offer: refusals with the way out, the dialog, the receipt."""

import json
from dataclasses import replace

import pytest

from auctions import sealing
from club.domain.offers import EnvelopeState
from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.i18n import Speech
from club.operations.offering import receipt_of
from club.store import offers, people
from pages.selling import offer
from pages.selling.receipts import as_json
from tests.builders import a_lot, a_person, actor_of, an_organisation, join, move
from tests.markets import bidding_round, invite, pledge, pledging_round
from tests.markets import offer as sealed_offer

LANGUAGES = ["ja", "en"]


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def round_(context, facilitator, seller):
    return bidding_round(context, facilitator, seller)


@pytest.fixture
def lot(context, seller):
    return a_lot(context, seller, quantity_kg=116_000)


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def field(at, name):
    return next(each for each in at.text_input if f" {name} " in each.key)


def button(at, start):
    return next(each for each in at.button if each.key.startswith(start))


def typed(at, quantity, price, minimum=""):
    for name, text in (("quantity_kg", quantity), ("price_per_t", price), ("minimum_kg", minimum)):
        field(at, name).input(text)
    return at.run()


def seal(at):
    """Press the button that opens the dialog; in the same run the dialog's own."""
    button(at, "review").click()
    at.run()
    button(at, "review").click()
    button(at, "button offer").click()
    return at.run()


def standing(context, seller, round_):
    with context.database.read() as tx:
        own = offers.envelopes_of_supplier(tx, seller.organisation_id, round_.id)
    return [each for each in own if each.state is EnvelopeState.STANDING]


def texts(at):
    return "\n".join(each.value for each in (*at.markdown, *at.caption))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_numbers_come_to_is_said_while_they_are_typed(
    open_screen, seller, round_, lot, language
):
    at = open_screen(offer.render, seller, language, id=round_.id)

    typed(at, "１１６ t", "4,500", "116 t")

    assert not at.exception
    facts = {"quantity_kg": 116_000, "price_per_t": 4_500, "value_jpy": 522_000}
    assert say(language, "selling.value_of", **facts) in texts(at)
    assert say(language, "selling.all_or_nothing", quantity_kg=116_000) in texts(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_is_confirmed_sealed_and_its_receipt_shown(
    open_screen, context, seller, round_, lot, language
):
    at = open_screen(offer.render, seller, language, id=round_.id)
    typed(at, "116 t", "4500")

    seal(at)

    assert not at.exception
    (envelope,) = standing(context, seller, round_)
    assert (envelope.lot_id, envelope.sequence) == (lot.id, 1)
    facts = {"sequence": 1, "quantity_kg": 116_000, "price_per_t": 4_500}
    assert at.success[0].value == say(language, "selling.sealed", **facts)
    assert envelope.commitment in [each.value for each in at.code]
    assert field(at, "quantity_kg").value == ""


def test_the_dialogs_button_restates_the_offer(open_screen, seller, round_, lot):
    at = open_screen(offer.render, seller, "en", id=round_.id)
    typed(at, "116 t", "4500")

    button(at, "review").click()
    at.run()

    assert button(at, "button offer").label == "Seal an offer of 116.000 t at ¥4,500 / t"


def test_the_receipts_file_proves_what_the_club_received(context, seller, round_, lot):
    placed = sealed_offer(context, seller, round_, lot)

    told = json.loads(as_json(receipt_of(context, seller, placed.envelope_id)))

    signature, key = (bytes.fromhex(told[name]) for name in ("signature", "verify_key"))
    sealing.verify_receipt(sealing.Receipt(told["facts"], signature, key))
    assert told["facts"]["commitment"] == placed.commitment


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (("116 t", "10,001"), "errors.price_above_ceiling"),
        (("117 t", "4,500"), "errors.lot_exhausted"),
        (("10 t", "4,500", "11 t"), "errors.minimum_above_quantity"),
    ],
)
def test_a_refusal_stores_nothing_and_keeps_what_was_typed(
    open_screen, context, seller, round_, lot, numbers, told
):
    at = open_screen(offer.render, seller, "en", id=round_.id)
    typed(at, *numbers)

    button(at, "review").click()
    at.run()

    facts = {"ceiling_per_t": 10_000, "left_kg": 116_000}
    assert say("en", told, **facts) in at.error[0].value
    assert [field(at, "quantity_kg").value, field(at, "price_per_t").value] == list(numbers[:2])
    assert standing(context, seller, round_) == []


def test_a_number_that_cannot_be_read_is_refused_at_its_field(open_screen, seller, round_, lot):
    at = open_screen(offer.render, seller, "en", id=round_.id)
    typed(at, "a lot", "4500")

    button(at, "review").click()
    at.run()

    assert at.error[0].value.startswith("Quantity: ")


def test_a_group_company_of_a_buyer_is_refused_and_told_where_to_turn(
    open_screen, context, facilitator
):
    seller = join(context, Kind.SUPPLIER)
    a_lot(context, seller, quantity_kg=116_000)
    bidding = kin_of_a_buyer(context, facilitator, seller)
    at = open_screen(offer.render, seller, "en", id=bidding.id)
    typed(at, "116 t", "4500")

    seal(at)

    assert say("en", "errors.buyer_and_seller") in at.error[0].value
    assert say("en", "selling.way.buyer_and_seller") in texts(at)
    assert field(at, "quantity_kg").value == "116 t"
    assert standing(context, seller, bidding) == []


def kin_of_a_buyer(context, facilitator, seller):
    """A round in bidding in which the seller's new parent has pledged."""
    round_ = pledging_round(context, facilitator)
    member = join(context)
    invite(context, facilitator, round_, seller)
    pledge(context, member, round_, 20_000)
    with context.database.write() as tx:
        organisation = people.organisation(tx, seller.organisation_id)
        people.change_organisation(
            tx, replace(organisation, affiliated_with=member.organisation_id)
        )
    return move(context, round_, Phase.BIDDING)


def test_before_the_terms_are_accepted_the_way_to_them_is_shown(open_screen, context, facilitator):
    organisation = an_organisation(Kind.SUPPLIER)
    person = a_person(organisation)
    with context.database.write() as tx:
        people.add_organisation(tx, organisation)
        people.add_person(tx, person)
    seller = actor_of(person, organisation)
    round_ = bidding_round(context, facilitator, seller)

    at = open_screen(offer.render, seller, "en", id=round_.id)

    assert at.error[0].value == say("en", "errors.terms_not_accepted")
    assert say("en", "selling.way.terms_not_accepted") in texts(at)
    assert not at.text_input


def test_who_is_not_invited_is_told_so(open_screen, context, facilitator, round_):
    other = join(context, Kind.SUPPLIER)

    at = open_screen(offer.render, other, "en", id=round_.id)

    assert at.error[0].value == say("en", "errors.not_invited")


def test_after_the_deadline_there_is_no_form(open_screen, context, clock, seller, round_, lot):
    clock.forward(days=3)

    at = open_screen(offer.render, seller, "en", id=round_.id)

    facts = {"closed_at": round_.bidding_closes_at, "now_at": clock.at}
    assert at.error[0].value == say("en", "errors.bidding_closed", **facts)
    assert not at.text_input


def test_before_bidding_opens_it_says_when_and_leads_back(
    open_screen, context, facilitator, seller
):
    round_ = pledging_round(context, facilitator)
    invite(context, facilitator, round_, seller)

    at = open_screen(offer.render, seller, "en", id=round_.id)

    opens = {"opens_at": round_.pledging_closes_at}
    assert at.error[0].value == say("en", "errors.bidding_not_open", **opens)
    assert say("en", "selling.way.bidding_not_open") in texts(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_lots_it_says_what_to_do_first(open_screen, seller, round_, language):
    at = open_screen(offer.render, seller, language, id=round_.id)

    assert at.info[0].value == say(language, "selling.offer_without_lots")


def test_an_unknown_round_looks_like_none(open_screen, seller):
    at = open_screen(offer.render, seller, "en", id="nothing")

    assert at.error[0].value == say("en", "errors.not_found")


def test_a_second_offer_replaces_the_first(open_screen, context, seller, round_, lot):
    sealed_offer(context, seller, round_, lot)
    at = open_screen(offer.render, seller, "en", id=round_.id)
    assert say("en", "selling.replaces", closes_at=round_.bidding_closes_at) in texts(at)

    typed(at, "100 t", "4000")
    seal(at)

    (envelope,) = standing(context, seller, round_)
    assert envelope.sequence == 2
