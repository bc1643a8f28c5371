"""What members read of a live auction while it runs: that it does, and nobody's bid."""

import pytest

from club.domain.organisations import Kind
from club.i18n import Speech
from pages.buying import round_page
from pages.selling import offer
from tests.builders import a_lot, join
from tests.live import a_live_round, bid, stands_in

LANGUAGES = ["ja", "en"]


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER, name_ja="霧島の森", name_en="Kirishima Woods")


@pytest.fixture
def round_(context, clock, facilitator, seller):
    round_ = a_live_round(context, clock, facilitator, seller)
    bid(context, seller, round_, a_lot(context, seller), 6_007)
    return round_


def say(language, id):
    return Speech(language, "Asia/Tokyo").say(id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_members_read_that_it_is_on_and_nobodys_bid(open_screen, context, round_, language):
    at = open_screen(round_page.render, join(context), language, id=round_.id)

    assert not at.exception
    assert say(language, "live.to_others") in [each.value for each in at.caption]
    for secret in ("6,007", "6007", "霧島の森", "Kirishima Woods"):
        assert not stands_in(secret, str(at))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_comes_to_seal_an_offer_is_led_to_the_auction(open_screen, seller, round_, language):
    at = open_screen(offer.render, seller, language, id=round_.id)

    assert at.info[0].value == say(language, "live.instead")
    assert not at.text_input
