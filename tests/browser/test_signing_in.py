"""Coming in, being shown out: real redirects, a real cookie, a real register."""

import sqlite3

import pytest
from playwright.sync_api import expect

from club.i18n import Speech
from tests.browser.conftest import Server, visiting
from tests.browser.people import (
    BUYER,
    FACILITATOR,
    NEWCOMER,
    SELLER,
    SIGN_IN,
    SIGN_OUT,
    main_text,
    settled,
    sign_in,
    speak,
)


def change(server, statement, *values):
    with sqlite3.connect(server.folder / "tomoe.db", timeout=20) as database:
        database.execute(statement, values)
    database.close()


def test_a_typed_address_on_a_fresh_server_shows_nothing_but_the_door(tmp_path, browser):
    fresh = Server(tmp_path)
    fresh.start()
    with visiting(browser) as (_, page):
        page.goto(f"{fresh.url}/treasury")
        expect(page.get_by_role("button", name=SIGN_IN["ja"], exact=True)).to_be_visible()
        shown = main_text(page)
    with visiting(browser) as (_, page):
        page.goto(f"{fresh.url}/shell")
        expect(page.get_by_role("button", name=SIGN_IN["ja"], exact=True)).to_be_visible()
    fresh.stop()

    assert "¥" not in shown


@pytest.mark.parametrize("email", [BUYER, SELLER, FACILITATOR])
def test_each_persona_comes_in_by_one_click(server, browser, email):
    with visiting(browser) as (_, page):
        sign_in(page, server.url, email)

        expect(page.locator("h1")).to_be_visible()


def test_after_signing_in_one_is_where_one_wanted_to_be(server, browser):
    with visiting(browser) as (_, page):
        sign_in(page, f"{server.url}/terms", BUYER)

        expect(page.get_by_role("heading", name="参加規約", exact=True).first).to_be_visible()
        assert page.url.startswith(f"{server.url}/terms")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_screen_that_ones_role_lacks_says_so_and_shows_nothing_of_it(server, browser, language):
    say = Speech(language).say
    with visiting(browser, language) as (_, page):
        sign_in(page, server.url, NEWCOMER, language)
        speak(page, language)
        page.goto(f"{server.url}/treasury")

        expect(page.get_by_text(say("errors.not_allowed"))).to_be_visible()
        settled(page)
        shown = main_text(page).splitlines()
        menu = page.get_by_test_id("stSidebarNav").inner_text()

    assert [line for line in shown if say("menu.treasury") in line] == [say("menu.treasury")]
    assert say("menu.treasury") not in menu
    assert "売掛金" not in "".join(shown)


def test_the_loopback_number_leads_to_the_same_door(server, browser):
    with visiting(browser) as (_, page):
        page.goto(server.url.replace("localhost", "127.0.0.1"))

        expect(page.get_by_role("button", name=SIGN_IN["ja"], exact=True)).to_be_visible()
        assert page.url.startswith(server.url)


def test_a_copied_cookie_does_not_survive_signing_out(server, browser):
    with visiting(browser) as (mine, page), visiting(browser) as (thief, other):
        sign_in(page, server.url, BUYER)
        stolen = [c for c in mine.cookies() if c["name"].startswith("_streamlit_user")]
        thief.add_cookies(stolen)
        other.goto(server.url)
        expect(other.get_by_role("button", name=SIGN_OUT["ja"], exact=True)).to_be_visible()
        page.get_by_role("button", name=SIGN_OUT["ja"], exact=True).click()

        expect(page.get_by_role("button", name=SIGN_IN["ja"], exact=True)).to_be_visible()
        # The page that is still open elsewhere ends at its next tick, untouched.
        expect(other.get_by_role("button", name=SIGN_IN["ja"], exact=True)).to_be_visible()
    with visiting(browser) as (thief, other):
        thief.add_cookies(stolen)
        other.goto(server.url)

        expect(other.get_by_role("button", name=SIGN_IN["ja"], exact=True)).to_be_visible()
        assert other.get_by_role("button", name=SIGN_OUT["ja"], exact=True).count() == 0


def _switch(page, group, language):
    """By the switch's own name: for a moment the page shows the old one beside the new."""
    switch = page.get_by_role("radiogroup", name=group, exact=True)
    switch.get_by_text(language, exact=True).click()


def test_the_language_is_switched_and_remembered(server, browser):
    with visiting(browser) as (_, page):
        sign_in(page, server.url, SELLER, "ja")
        page.get_by_text("日本語", exact=True).click()
        expect(page.get_by_role("button", name=SIGN_OUT["ja"], exact=True)).to_be_visible()
        _switch(page, "言語", "English")
        expect(page.get_by_role("button", name=SIGN_OUT["en"], exact=True)).to_be_visible()
        page.goto(server.url)
        expect(page.get_by_role("button", name=SIGN_OUT["en"], exact=True)).to_be_visible()

        assert page.locator("html").get_attribute("lang") == "en"


def test_who_is_switched_off_is_out_at_the_next_tick_of_an_open_page(server, browser):
    round_id = (
        sqlite3.connect(server.folder / "tomoe.db")
        .execute("SELECT id FROM rounds WHERE phase = 'pledging'")
        .fetchone()[0]
    )
    with visiting(browser) as (_, page):
        sign_in(page, f"{server.url}/round?id={round_id}", BUYER)
        settled(page)
        change(server, "UPDATE people SET is_active = 0 WHERE email = ?", BUYER)

        expect(page.get_by_role("button", name=SIGN_IN["ja"], exact=True)).to_be_visible()
        change(server, "UPDATE people SET is_active = 1 WHERE email = ?", BUYER)
