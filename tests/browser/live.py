"""What suppliers do on the page of a live auction."""

from playwright.sync_api import expect

from tests.browser.people import await_told, settled
from tests.browser.rounds import ask, choose, fill, press

LOT = """SELECT lots.id FROM lots JOIN projects ON projects.id = lots.project_id
    WHERE projects.name_en LIKE ? OR projects.name_ja LIKE ?"""


def enter(page, server, round_id, say, name):
    """Choose a lot by its project's name, and wait until its own fields are there to type in."""
    ((lot_id,),) = ask(server, LOT, f"%{name}%", f"%{name}%")
    page.goto(f"{server.url}/live?id={round_id}")
    choose(page, say("live.lot"), name)
    expect(page.locator(f'[class*="st-key-review"][class*="{lot_id}"]').first).to_be_visible()
    settled(page)


def figure(page, place):
    """One of the figures that refresh by themselves."""
    return page.get_by_test_id("stMetricValue").nth(place)


def bid(page, say, sequence, price_per_t, quantity_kg):
    """Type, review, and press the dialog's button twice: it is one bid."""
    fill(page, say("live.field.price_per_t"), f"{price_per_t:,}")
    fill(page, say("live.field.quantity_kg"), f"{quantity_kg} kg")
    press(page, say("live.review"))
    facts = {"price_per_t": price_per_t, "quantity_kg": quantity_kg}
    page.get_by_role("button", name=say("live.bid", **facts), exact=True).last.dblclick()
    await_told(page, say("live.bid_placed", sequence=sequence, **facts))
