"""The chooser and the questions on the catalogue in a browser, with pictures."""

import pytest

from club.i18n import Speech
from tests.browser.conftest import visiting
from tests.browser.people import BUYER, main_text, settled, sign_in, speak
from tests.browser.pictures import PICTURES, on_desk_and_phone


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_learner_is_asked_about_todays_catalogue_and_told_why(server, browser, language):
    say, folder = Speech(language).say, PICTURES / language
    with visiting(browser, language) as (_, page):
        sign_in(page, server.url, BUYER, language)
        speak(page, language)
        page.goto(f"{server.url}/uses")
        page.get_by_role("heading", level=1, name=say("eligibility.title")).wait_for()
        settled(page)
        on_desk_and_phone(page, folder / "uses")
        page.goto(f"{server.url}/modules")
        page.get_by_role("button", name=say("eligibility.quiz"), exact=True).click()
        settled(page)
        on_desk_and_phone(page, folder / "catalogue_quiz")
        page.locator('[data-testid="stCheckbox"] label').first.click()
        settled(page)
        page.get_by_role("button", name=say("learning.quiz.answer"), exact=True).click()
        settled(page)
        on_desk_and_phone(page, folder / "catalogue_quiz_told")

        assert say("learning.quiz.chosen") in main_text(page)
