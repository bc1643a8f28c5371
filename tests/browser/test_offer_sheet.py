"""A supplier downloads the sheet, fills it in, corrects a cell, and sends all of it at once."""

import sqlite3
from contextlib import closing

from openpyxl import load_workbook
from playwright.sync_api import expect

from club.i18n import Speech
from tests.browser.conftest import visiting
from tests.browser.people import SELLER, await_told, sign_in
from tests.browser.rounds import of_the_demo

EN = Speech("en")


def ask(server, statement, *values):
    with closing(sqlite3.connect(server.folder / "tomoe.db", timeout=30)) as database:
        return database.execute(statement, values).fetchall()


def filled(path, *typed):
    """The template with quantity and price in its first rows."""
    book = load_workbook(path)
    for row, (quantity, price) in enumerate(typed, start=2):
        book.active[f"E{row}"], book.active[f"F{row}"] = quantity, price
    corrected = path.with_name(f"{path.stem}-{len(typed)}-{typed[-1][0]}.xlsx")
    book.save(corrected)
    return corrected


def test_a_sheet_goes_down_and_comes_back_filled(server, browser, tmp_path):
    round_id = of_the_demo(server, "bidding")
    with visiting(browser, "en") as (_, page):
        sign_in(page, server.url, SELLER, "en")
        page.goto(f"{server.url}/offer?id={round_id}")
        page.get_by_text(EN.say("selling.sheet.title")).click()
        with page.expect_download() as download:
            page.get_by_role("button", name=EN.say("selling.sheet.excel")).click()
        template = tmp_path / "offers.xlsx"
        download.value.save_as(template)
        chooser = page.locator('input[type="file"]')

        chooser.set_input_files(filled(template, ("２ t", "5,000"), ("some", 6_000)))
        expect(page.get_by_text(EN.say("selling.sheet.wrong", count=1))).to_be_visible()
        expect(page.get_by_role("cell", name="E3", exact=True)).to_be_visible()
        assert ask(server, STANDING, round_id) == [(0,)]

        chooser.set_input_files(filled(template, ("２ t", "5,000"), (1_000, 6_000)))
        review = page.get_by_role("button", name=EN.say("selling.sheet.review", count=2))
        review.click()
        page.get_by_role("button", name=EN.say("selling.sheet.seal", count=2)).click()

        facts = {"count": 2, "first": 2, "last": 3}
        await_told(page, EN.say("selling.sheet.sealed", **facts))
    assert ask(server, STANDING, round_id) == [(2,)]


STANDING = """SELECT count(*) FROM envelopes JOIN people ON people.id = envelopes.received_by
    WHERE state = 'standing' AND round_id = ? AND people.email LIKE '%blue-canopy%'"""
