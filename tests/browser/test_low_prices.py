"""A low price is explained, decided on, and another award falls away: each by whose task it is."""

import pytest
from playwright.sync_api import expect

from club.domain.falling import Cause
from club.i18n import Speech
from club.operations.falling import record_fall
from club.operations.justifying import explain_price
from club.operations.viewing.low_prices import low_prices
from club.store import clearings, rounds
from tests.browser.conftest import visiting
from tests.browser.people import (
    BUYER,
    FACILITATOR,
    SELLER,
    await_told,
    main_text,
    settled,
    sign_in,
    speak,
)
from tests.browser.pictures import PICTURES, on_desk_and_phone
from tests.browser.rounds import (
    await_deed,
    await_rows,
    let_time_pass,
    of_the_demo,
    press,
    sealed,
)

JA, EN = Speech("ja"), Speech("en")
OTHER_SELLER = "midori@mori-shiori.example"
TEXT = (
    "2019年に取得した在庫で、追加の費用がかかりません。\n"
    "取得原価は1 tあたり約3,100円で、名義書換の費用を含めても本価格で利益が出ます。"
)
OFFERS = (
    (SELLER, "tsushima", 25_000, 4_000),
    (SELLER, "university forest", 12_000, 6_900),
    (OTHER_SELLER, "kiso town", 15_000, 7_400),
)
"""Beside what the demo club's supplier has offered already: 20 t at 7,200."""
REASON = "名義の都合で引き渡せないとの連絡がありました。"


@pytest.fixture(scope="module")
def round_id(server, context, actors):
    """The demo club's round in bidding, cleared: one price is explained, and one award fell."""
    found = of_the_demo(server, "bidding")
    for email, project, quantity_kg, price_per_t in OFFERS:
        sealed(context, actors[email], found, project, quantity_kg, price_per_t)
    let_time_pass(server, found, bidding_closes_at=1)
    await_deed(server, found, "price.asked")
    (row,) = low_prices(context, actors[FACILITATOR]).rows[:1]
    explain_price(
        context,
        actors[SELLER],
        request_id=context.new_id(),
        award_id=row.flag.award_id,
        explanation=TEXT,
    )
    with context.database.read() as tx:
        fallen = next(a for a in clearings.awards_of_round(tx, found) if a.price_per_t == 6_900)
    record_fall(
        context,
        actors[FACILITATOR],
        request_id=context.new_id(),
        award_id=fallen.id,
        cause=Cause.WITHDRAWN,
        reason=REASON,
    )
    await_deed(server, found, "members.asked")
    return found


SCREENS = {
    SELLER: {"explain": "menu.explain", "awards": "menu.awards"},
    FACILITATOR: {"low_prices": "menu.low_prices", "round_desk": None},
    BUYER: {"stay": "menu.stay", "allocation": "buying.allocation.title", "round": None},
}


OF_A_ROUND = {"round_desk", "stay", "allocation", "round"}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("email", SCREENS)
def test_each_sees_what_to_do_on_a_desk_and_on_a_phone(
    server, browser, context, people, round_id, email, language
):
    with context.database.read() as tx:
        round_ = rounds.get(tx, round_id)
    speech, persona = Speech(language), email.partition("@")[0]
    names = {"": speech.say("home.greeting", person=people[email].name)}
    names |= {
        path: speech.say(id) if id else speech.name(round_) for path, id in SCREENS[email].items()
    }
    with visiting(browser, language) as (_, page):
        sign_in(page, server.url, email, language)
        speak(page, language)
        for path, name in names.items():
            page.goto(f"{server.url}/{path}{f'?id={round_id}' if path in OF_A_ROUND else ''}")
            expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()
            settled(page)
            picture = f"following_{persona}_{path or 'home'}"
            on_desk_and_phone(page, PICTURES / language / picture)
            assert speech.say("errors.apology", reference="")[:20] not in main_text(page)


def test_the_supplier_replaces_its_explanation_the_office_accepts_it_and_the_member_leaves(
    server, browser, context, round_id
):
    with visiting(browser, "en") as (_, page):
        sign_in(page, server.url, SELLER, "en")
        page.goto(f"{server.url}/explain")
        speak(page, "en")
        page.get_by_role("textbox").fill(f"{TEXT}\n以上")
        press(page, EN.say("low_prices.replace"))
        await_told(page, EN.say("low_prices.now_sent"))
    with visiting(browser) as (_, page):
        sign_in(page, server.url, FACILITATOR)
        page.goto(f"{server.url}/low_prices")
        speak(page, "ja")
        expect(page.get_by_text("以上", exact=False).last).to_be_visible()
        press(page, JA.say("low_prices.accept"))
        press(page, JA.say("low_prices.accept_act", quantity_kg=25_000))
    await_rows(
        server, [("accepted",)], "SELECT state FROM price_flags WHERE round_id = ?", round_id
    )
    with visiting(browser) as (_, page):
        sign_in(page, server.url, BUYER)
        page.goto(f"{server.url}/stay?id={round_id}")
        speak(page, "ja")
        press(page, JA.say("stay.leave"))
        page.get_by_role("dialog").get_by_role("button").last.click()
        await_told(page, JA.say("stay.now.leave"))
    statement = "SELECT answer FROM questions WHERE round_id = ? AND answer IS NOT NULL"
    await_rows(server, [("leave",)], statement, round_id)
