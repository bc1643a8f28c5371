"""What a supplier won, and recording its delivery."""

import pytest

from club.domain.organisations import Kind
from club.i18n import Speech
from club.operations.delivering import accept_delivery, record_delivery
from club.operations.viewing.holdings import my_consignments
from pages.selling import awards
from tests.bought import a_bought_round
from tests.builders import join

LANGUAGES = ["ja", "en"]


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def texts(at):
    return "\n".join(each.value for each in (*at.markdown, *at.caption))


def record(at, text):
    at.text_input[0].input(text)
    next(b for b in at.button if b.key.startswith("button deliver")).click()
    return at.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_awards_it_says_how_they_come(open_screen, context, language):
    at = open_screen(awards.render, join(context, Kind.SUPPLIER), language)

    assert at.info[0].value == say(language, "selling.no_awards")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_award_stands_with_price_value_units_and_what_is_owed(open_screen, context, language):
    seller = a_bought_round(context).sellers[1]

    at = open_screen(awards.render, seller, language)

    assert not at.exception
    won = {"quantity_kg": 115_900, "price_per_t": 5_000, "value_jpy": 579_500}
    assert say(language, "selling.won", **won) in texts(at)
    assert say(language, "selling.units_due", count=116, unit_kg=1_000) in texts(at)
    assert say(language, "selling.surplus", surplus_kg=100) in texts(at)
    assert say(language, "selling.owed", owed_jpy=580_000) in texts(at)


def test_anothers_award_is_not_shown(open_screen, context):
    bought = a_bought_round(context)

    at = open_screen(awards.render, bought.sellers[0], "en")

    assert "579,500" not in texts(at)


def test_the_range_is_counted_while_it_is_typed(open_screen, context):
    seller = a_bought_round(context).sellers[0]
    at = open_screen(awards.render, seller, "en")

    at.text_input[0].input("JCR-1-1001 ~ 1100").run()

    assert say("en", "selling.units_given", given=100, count=117) in texts(at)


def test_a_delivery_is_recorded_by_its_serials(open_screen, context):
    seller = a_bought_round(context).sellers[0]
    at = open_screen(awards.render, seller, "en")

    record(at, "JCR-1-1001 ~ 1117")

    assert at.success[0].value == say("en", "selling.delivery_recorded", count=117)
    (mine,) = my_consignments(context, seller)
    assert (mine.delivery.serial_first, mine.delivery.serial_last) == (1001, 1117)
    assert "JCR\\-1\\-1001 – JCR\\-1\\-1117" in texts(at)


def test_a_range_of_another_length_is_refused_and_kept(open_screen, context):
    seller = a_bought_round(context).sellers[0]
    at = open_screen(awards.render, seller, "en")

    record(at, "JCR-1-1001 ~ 1116")

    assert say("en", "errors.units_mismatch", unit_kg=1_000, due=117, given=116) in (
        at.error[0].value
    )
    assert at.text_input[0].value == "JCR-1-1001 ~ 1116"
    assert my_consignments(context, seller)[0].delivery is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_once_accepted_nothing_is_asked_any_more(open_screen, context, language):
    bought = a_bought_round(context)
    seller = bought.sellers[0]
    delivery = record_delivery(
        context,
        seller,
        request_id="d",
        award_id=bought.awards[0].id,
        serials="JCR-1-1001 ~ 1117",
    )
    accept_delivery(context, bought.facilitator, request_id="a", delivery_id=delivery.id)

    at = open_screen(awards.render, seller, language)

    assert say(language, "selling.state.accepted") in texts(at)
    assert not at.text_input
