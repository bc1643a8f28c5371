"""A term's link in a lesson: to its meaning, to the glossary, and back to the same step."""

import pytest
from playwright.sync_api import expect

from club.i18n import Speech
from tests.browser.conftest import visiting
from tests.browser.people import BUYER, settled, sign_in, speak

STEP = "module=why-credits&lesson=balance&step=2"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_reader_looks_a_term_up_by_keyboard_and_comes_back_to_the_step(server, browser, language):
    say = Speech(language).say
    with visiting(browser, language, width=390, height=700) as (_, page):
        sign_in(page, server.url, BUYER, language)
        speak(page, language)
        page.goto(f"{server.url}/lesson?{STEP}")
        link = page.locator('a[href="#term-residual-emissions"]')
        expect(link).to_have_count(1)
        settled(page)
        link.focus()
        page.keyboard.press("Enter")
        meaning = page.locator("#term-residual-emissions")
        expect(meaning).to_be_in_viewport()

        page.get_by_role("button", name=say("learning.lesson.to_glossary")).last.click()
        term = page.get_by_role("heading", level=1)
        expect(term).not_to_have_text(say("menu.glossary"))
        page.get_by_role("link", name=say("learning.back_to_lesson")).click()
        expect(page.get_by_text(say("learning.lesson.terms"))).to_be_visible()

        assert page.url.partition("?")[2].partition("#")[0] == STEP
