"""Every main screen as each kind of persona sees it, in both languages, each with its picture."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from club.i18n import Speech
from tests.browser.conftest import visiting
from tests.browser.people import BUYER, FACILITATOR, SELLER, settled, sign_in, speak
from tests.browser.pictures import PICTURES, picture
from tests.browser.rounds import of_the_demo

EVERYBODYS = {
    "modules": "learning.modules.title",
    "review": "menu.review",
    "my_learning": "learning.mine.title",
    "glossary": "menu.glossary",
    "cases": "menu.cases",
    "rounds": "buying.rounds.title",
    "catalogue": "menu.catalogue",
    "uses": "eligibility.title",
    "terms": "terms.title",
}
OWN = {
    BUYER: {
        "allocation": "buying.allocation.title",
        "invoices": "buying.invoices.title",
        "team": "progress.team.title",
        "holdings": "menu.holdings",
        "certificates": "menu.certificates",
    },
    SELLER: {"offers": "menu.offers", "my_lots": "menu.my_lots", "awards": "menu.awards"},
    FACILITATOR: {
        "holdings": "holding.custody",
        "rounds_desk": "menu.rounds_desk",
        "low_prices": "menu.low_prices",
        "round_form": "facilitating.form.new",
        "organisations": "menu.organisations",
        "pass_desk": "passes.desk.title",
        "cohort": "progress.cohort.title",
        "catalogue_desk": "menu.catalogue_desk",
        "question_statistics": "menu.question_statistics",
        "question_files": "menu.question_files",
        "treasury": "menu.treasury",
        "audit": "menu.audit",
        "health": "menu.health",
    },
}
OF_A_LIVE_ROUND = {"live", "auction_desk"}
OF_A_ROUND = {
    BUYER: {
        "pledge": ("pledging", "buying.pledge.title"),
        "round": ("closed", None),
        "check": ("closed", "menu.check"),
    },
    SELLER: {
        "offer": ("bidding", "selling.offer_title"),
        "round": ("bidding", None),
        "live": ("bidding", None),
    },
    FACILITATOR: {
        "round_desk": ("bidding", None),
        "round": ("pledging", None),
        "auction_desk": ("bidding", "live.desk.title"),
    },
}


def found(server, statement, *values):
    with closing(sqlite3.connect(server.folder / "tomoe.db", timeout=20)) as database:
        return database.execute(statement, values).fetchone()


def titles(server, email, language):
    """The address of each screen and the title it must show."""
    say = Speech(language).say
    (person,) = found(server, "SELECT name FROM people WHERE email = ?", email)
    shown = {"": say("home.greeting", person=person)}
    shown |= {path: say(id) for path, id in (EVERYBODYS | OWN[email]).items()}
    for path, (phase, id) in OF_A_ROUND[email].items():
        round_format = "descending" if path in OF_A_LIVE_ROUND else "sealed"
        round_id = of_the_demo(server, phase, round_format)
        ja, en = found(server, "SELECT name_ja, name_en FROM rounds WHERE id = ?", round_id)
        name = {"ja": ja, "en": en}[language]
        shown[f"{path}?id={round_id}"] = say(id, round_name=name) if id else name
    project_id, ja, en = found(server, "SELECT id, name_ja, name_en FROM projects ORDER BY id")
    return shown | {f"project?id={project_id}": {"ja": ja, "en": en}[language]}


def clear(language, persona):
    """Take away the pictures of an earlier run: these only, for others may be at work beside."""
    for old in (PICTURES / language).glob(f"{persona}_*.png"):
        old.unlink()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("email", [BUYER, SELLER, FACILITATOR])
def test_each_screen_shows_its_own_title_and_no_apology(server, browser, email, language):
    apology = re.compile(re.escape(Speech(language).say("errors.apology", reference="")[:20]))
    wanting = []
    persona = email.partition("@")[0]
    clear(language, persona)
    with visiting(browser, language) as (_, page):
        sign_in(page, server.url, email, language)
        speak(page, language)
        for address, title in titles(server, email, language).items():
            page.goto(f"{server.url}/{address}")
            expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()
            settled(page)
            name = address.partition("?")[0] or "home"
            picture(page, PICTURES / language / f"{persona}_{name}.png")
            if page.get_by_text(apology).count() or page.locator("h1").count() != 1:
                wanting.append(address)

    assert wanting == []
