"""Live rounds as a facilitator, two suppliers and a member take them, from the draft to the result.

The end of an auction stands in its record, so nothing here moves it: before bidding opens it is
set to come soon, and from then on everybody has as long as the rules say.
"""

from contextlib import contextmanager
from fractions import Fraction

from playwright.sync_api import expect

from club.domain.auction_terms import Format
from tests.browser.conftest import PATIENCE, visiting
from tests.browser.live import bid, enter, figure
from tests.browser.people import BUYER, FACILITATOR, SELLER, await_told, settled, sign_in
from tests.browser.pictures import PICTURES, on_desk_and_phone
from tests.browser.rounds import (
    EN,
    JA,
    ask,
    await_phase,
    draft,
    fill,
    invite,
    let_time_pass,
    open_draft,
    pledge,
    press,
)

RIVAL = "midori@mori-shiori.example"
SUPPLIERS = ("ブルーキャノピー", "森のしおり")
LASTS_S = 90
WINDOW_S = 15
STEP_S = 50
AT_LENGTH = 3 * PATIENCE
"""For what takes an auction's own time."""
PHONE = {"width": 390, "height": 844}
PRICE, RANK, IN = range(3)


def choose_format(page, round_format, **typed):
    """On the draft's page, in the tab of its auction."""
    page.get_by_role("tab", name=JA.say("facilitating.form.tab_auction")).click()
    page.get_by_text(JA.word(round_format), exact=True).first.click()
    settled(page)
    for field, text in typed.items():
        fill(page, JA.say(f"words.field.{field}"), text)
    press(page, JA.say("auction_terms.form.save"))
    await_told(page, JA.say("auction_terms.form.saved"))


def drafted(office, server, name, round_format, **typed):
    """A draft that is opened for pledges with both suppliers invited; its id."""
    round_id = draft(office, server, name)
    choose_format(office, round_format, **typed)
    open_draft(office)
    invite(office, server, round_id, *SUPPLIERS)
    let_time_pass(server, round_id, pledging_opens_at=3_600)
    return round_id


def begin(server, round_id):
    """Pledging ends now, and the auction after so many seconds; both kinds are quick."""
    quick = "UPDATE round_auctions SET window_s = ?, clock_step_s = ? WHERE round_id = ?"
    ask(server, quick, WINDOW_S, STEP_S, round_id)
    let_time_pass(server, round_id, bidding_closes_at=-LASTS_S, pledging_closes_at=1)
    await_phase(server, round_id, "bidding")


def confirm(page, say, sequence, price_per_t, typed, quantity_kg):
    expect(figure(page, PRICE)).to_have_text(EN.jpy(price_per_t), timeout=AT_LENGTH)
    fill(page, say("live.field.confirm_kg"), typed)
    press(page, say("live.confirm", price_per_t=price_per_t))
    facts = {"price_per_t": price_per_t, "quantity_kg": quantity_kg}
    page.get_by_role("button", name=say("live.confirm_act", **facts), exact=True).last.dblclick()
    await_told(page, say("live.confirmed", sequence=sequence, **facts))


def conduct(page, asked, act, reason=None):
    press(page, JA.say(asked))
    if reason is not None:
        fill(page, JA.say("live.desk.reason"), reason)
    press(page, JA.say(act))


def awards(server, round_id):
    """What was bought, as quantity and price."""
    statement = "SELECT quantity_kg, price_per_t FROM awards WHERE round_id = ? ORDER BY 1, 2"
    return [(int(kg), Fraction(price)) for kg, price in ask(server, statement, round_id)]


@contextmanager
def gathered(browser, server):
    """The office, a member, and two suppliers with their phones, all signed in."""
    with (
        visiting(browser) as (_, office),
        visiting(browser) as (_, buyer),
        visiting(browser, "en", **PHONE) as (_, canopy),
        visiting(browser, "ja", **PHONE) as (_, shiori),
    ):
        sign_in(office, server.url, FACILITATOR)
        sign_in(buyer, server.url, BUYER)
        sign_in(canopy, server.url, SELLER, "en")
        sign_in(shiori, server.url, RIVAL)
        yield office, buyer, canopy, shiori


def all_take_their_places(server, round_id, office, buyer, canopy, shiori):
    """The member has pledged; the auction is on, and everybody has it before them."""
    pledge(buyer, server, round_id)
    begin(server, round_id)
    office.goto(f"{server.url}/auction_desk?id={round_id}")
    buyer.goto(f"{server.url}/round?id={round_id}")
    enter(canopy, server, round_id, EN.say, "Tsushima")
    enter(shiori, server, round_id, JA.say, "西粟倉")
    expect(buyer.get_by_text(JA.say("live.to_others"))).to_be_visible()


def paused_for_pictures(office, buyer, canopy, shiori):
    conduct(office, "live.desk.pause", "live.desk.pause_act", "撮影のため")
    expect(canopy.get_by_text("撮影のため").first).to_be_visible()
    for page, who in ((office, "desk"), (canopy, "en"), (shiori, "ja"), (buyer, "member")):
        on_desk_and_phone(page, PICTURES / f"live-{who}")
    conduct(office, "live.desk.resume", "live.desk.resume_act")


def overtaken_while_typing(canopy, shiori):
    """What the one types stays in its field while the other's bid takes its rank."""
    expect(figure(shiori, RANK)).to_have_text(JA.say("live.rank_of", rank=1))
    fill(shiori, JA.say("live.field.price_per_t"), "4,300")
    press(canopy, EN.say("live.use_price"))
    taken = canopy.get_by_role("textbox", name=EN.say("live.field.price_per_t"))
    expect(taken).to_have_value("4450")
    press(canopy, EN.say("live.review"))
    press(canopy, EN.say("live.bid", price_per_t=4_450, quantity_kg=2_000))
    expect(figure(shiori, RANK)).to_have_text(JA.say("live.rank_of", rank=2))
    typed = shiori.get_by_role("textbox", name=JA.say("live.field.price_per_t"))
    expect(typed).to_have_value("4,300")


def cleared(server, round_id, price_per_t, buyer, seller, say):
    """The seller's page says so by itself, the member's shows the price for all."""
    expect(seller.get_by_text(say("live.cleared"))).to_be_visible(timeout=AT_LENGTH)
    await_phase(server, round_id, "settling")
    buyer.goto(f"{server.url}/round?id={round_id}")
    expect(buyer.get_by_text(JA.jpy(price_per_t)).first).to_be_visible()


def test_two_suppliers_outbid_each_other_and_each_sees_it_by_itself(server, browser):
    with gathered(browser, server) as (office, buyer, canopy, shiori):
        name = "競り下げる試し買い"
        round_id = drafted(office, server, name, Format.DESCENDING, decrement_per_t="50")
        all_take_their_places(server, round_id, office, buyer, canopy, shiori)

        bid(canopy, EN.say, 1, 5_000, 2_000)
        expect(figure(canopy, RANK)).to_have_text(EN.say("live.rank_of", rank=1))
        bid(shiori, JA.say, 2, 4_500, 2_000)
        expect(figure(canopy, RANK)).to_have_text(EN.say("live.rank_of", rank=2))
        expect(figure(canopy, IN)).to_have_text(EN.kg(500))
        expect(figure(office, 1)).to_have_text("2")
        paused_for_pictures(office, buyer, canopy, shiori)
        overtaken_while_typing(canopy, shiori)

        cleared(server, round_id, 4_460, buyer, canopy, EN.say)
        on_desk_and_phone(canopy, PICTURES / "live-over")
    assert awards(server, round_id) == [(500, 4_500), (2_000, 4_450)]


def test_the_clock_falls_until_supply_is_short_and_the_long_side_is_rationed(server, browser):
    with gathered(browser, server) as (office, buyer, canopy, shiori):
        name = "クロックで下げる試し買い"
        round_id = drafted(office, server, name, Format.CLOCK, clock_step_per_t="1,000")
        all_take_their_places(server, round_id, office, buyer, canopy, shiori)

        confirm(canopy, EN.say, 1, 9_000, "2 t", 2_000)
        confirm(shiori, JA.say, 2, 9_000, "１ t", 1_000)
        on_desk_and_phone(shiori, PICTURES / "live-clock-ja")
        confirm(canopy, EN.say, 4, 8_000, "2 t", 2_000)
        confirm(shiori, JA.say, 5, 8_000, "1 t", 1_000)
        on_desk_and_phone(canopy, PICTURES / "live-clock-en")
        on_desk_and_phone(office, PICTURES / "live-clock-desk")

        cleared(server, round_id, 8_000, buyer, shiori, JA.say)
    # 3 t for 2.5 t wanted at 8,000; nothing at 7,000. So 2.5 t at 8,000, shared two to one.
    assert awards(server, round_id) == [(833, 8_000), (1_667, 8_000)]
