"""Why offers won or lost, and how tight rules are: in both languages, on a desk and a phone."""

from fractions import Fraction

import pytest
from playwright.sync_api import expect

from auctions.rules import CountRule, EachRule
from club.domain.auction_terms import AuctionTerms
from club.i18n import Speech
from club.operations.opening import draft_round
from tests.browser.conftest import visiting
from tests.browser.people import FACILITATOR, SELLER, main_text, settled, sign_in, speak
from tests.browser.pictures import PICTURES, on_desk_and_phone
from tests.browser.rounds import await_rows, let_time_pass, of_the_demo, press, sealed
from tests.markets import round_terms

OTHER_SELLER = "midori@mori-shiori.example"
OFFERS = (
    (SELLER, "tsushima", 25_000, 4_000, 0),
    (SELLER, "university forest", 12_000, 8_900, 12_000),
    (OTHER_SELLER, "kiso town", 15_000, 8_400, 0),
)
RULES = (
    EachRule(name="集中", each="project", max_share=Fraction(1, 2), hard=True),
    EachRule(name="1 社", each="supplier", max_share=Fraction(9, 10), hard=True),
    CountRule(name="競争", min_suppliers=2, minimum_award_kg=100, hard=False, order=1),
)


@pytest.fixture(scope="module")
def round_id(server, context, actors):
    """The demo club's round in bidding, with more offers, cleared and explained."""
    found = of_the_demo(server, "bidding")
    for email, project, *terms in OFFERS:
        sealed(context, actors[email], found, project, *terms)
    let_time_pass(server, found, bidding_closes_at=1)
    await_rows(
        server,
        [(len(OFFERS) + 1,)],
        "SELECT count(*) FROM explanations WHERE round_id = ?",
        found,
    )
    return found


def opened(server, page, email, address, language):
    sign_in(page, server.url, email, language)
    speak(page, language)
    page.goto(f"{server.url}/{address}")
    settled(page)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_office_reads_why_each_offer_won_or_lost(server, browser, round_id, language):
    say = Speech(language).say
    with visiting(browser, language) as (_, page):
        opened(server, page, FACILITATOR, f"round_desk?id={round_id}", language)
        expect(page.get_by_text(say("why.explained"))).to_be_visible()
        on_desk_and_phone(page, PICTURES / language / "reasons_office")

        shown = main_text(page)

    assert say("why.won_whole") in shown
    assert say("why.price.highest", wins_per_t=7_500) in shown


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_supplier_reads_its_own(server, browser, round_id, language):
    say = Speech(language).say
    with visiting(browser, language) as (_, page):
        opened(server, page, SELLER, "offers", language)
        expect(page.get_by_text(say("why.won_whole")).first).to_be_visible()
        on_desk_and_phone(page, PICTURES / language / "reasons_supplier")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_rules_of_a_draft_are_tried_on_past_rounds(
    server, browser, context, actors, round_id, language
):
    say = Speech(language).say
    draft = draft_round(
        context,
        actors[FACILITATOR],
        request_id=context.new_id(),
        terms=round_terms(auction=AuctionTerms(rules=RULES)),
    )
    with visiting(browser, language) as (_, page):
        opened(server, page, FACILITATOR, f"round_form?id={draft.id}", language)
        page.get_by_role("tab", name=say("facilitating.form.tab_rules")).click()
        settled(page)
        press(page, say("auction_terms.tight.act", count=2))
        expect(page.get_by_text(say("auction_terms.tight.effect")).first).to_be_visible()
        on_desk_and_phone(page, PICTURES / language / "rules_tried")
