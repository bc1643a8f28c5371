"""A practice round in a browser, from the module to the explained allocation, with pictures."""

import pytest
from playwright.sync_api import expect

from club.domain.practice_market import SUPPLIERS
from club.i18n import Speech
from club.operations.viewing.practising import my_practice, my_practices
from tests.browser.conftest import visiting
from tests.browser.people import BUYER, main_text, settled, sign_in, speak
from tests.browser.pictures import PICTURES, on_desk_and_phone


def press(page, label):
    page.get_by_role("button", name=label, exact=True).click()
    settled(page)


def pledge(page, say):
    for field, typed in (("quantity", "2,000"), ("limit", "10000"), ("minimum", "500")):
        page.get_by_label(say(f"buying.pledge.{field}"), exact=True).fill(typed)
    press(page, say("practice.start"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_learner_pledges_watches_and_reads_why(server, browser, context, actors, language):
    speech = Speech(language)
    say, folder = speech.say, PICTURES / language
    with visiting(browser, language) as (_, page):
        sign_in(page, server.url, BUYER, language)
        speak(page, language)
        page.goto(f"{server.url}/modules")
        press(page, say("practice.title"))
        on_desk_and_phone(page, folder / "practice_pledge")
        pledge(page, say)
        for _ in range(len(SUPPLIERS)):  # each bids once, one of them sets a floor besides
            press(page, say("practice.next"))
        page.reload()
        expect(page.get_by_role("button", name=say("practice.next"), exact=True)).to_be_visible()
        on_desk_and_phone(page, folder / "practice_auction")
        press(page, say("practice.run"))
        press(page, say("practice.to_result"))
        expect(page.get_by_text(say("buying.why.title"), exact=True)).to_be_visible()
        on_desk_and_phone(page, folder / "practice_result")
        shown = main_text(page)

    buyer = actors[BUYER]
    result = my_practice(context, buyer, my_practices(context, buyer)[0].id).result()
    assert speech.kg(result.mine.quantity_kg) in shown
    assert speech.jpy(result.mine.value_jpy) in shown
