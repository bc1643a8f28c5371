"""What several journeys through a round do in the browser, and how time is let pass."""

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from auctions.envelopes import one_price
from club.i18n import Speech
from club.operations.offering import place_offer
from club.store import catalogue
from tests.browser.conftest import PATIENCE
from tests.browser.people import await_told, settled

JA, EN = Speech("ja"), Speech("en")


def ask(server, statement, *values):
    with closing(sqlite3.connect(server.folder / "tomoe.db", timeout=30)) as database, database:
        return database.execute(statement, values).fetchall()


def of_the_demo(server, phase, round_format="sealed"):
    """The demo club's one round of a format in a phase."""
    statement = """SELECT id FROM rounds JOIN round_auctions ON round_id = id
        WHERE phase = ? AND format = ?"""
    ((round_id,),) = ask(server, statement, phase, round_format)
    return round_id


def let_time_pass(server, round_id, **instants):
    """Move the round's instants into the past, by seconds: what the clock does is then up to the
    server. All at once, so that it never sees half of them."""
    now = datetime.now(UTC)  # noqa: TID251 - the machine's own clock is the one the server reads
    moved = [f"{now - timedelta(seconds=ago):%Y-%m-%d %H:%M:%S.%f}" for ago in instants.values()]
    columns = ", ".join(f"{column} = ?" for column in instants)
    ask(server, f"UPDATE rounds SET {columns} WHERE id = ?", *moved, round_id)  # noqa: S608 - our own columns


def await_phase(server, round_id, phase):
    await_rows(server, [(phase,)], "SELECT phase FROM rounds WHERE id = ?", round_id)


def await_deed(server, round_id, kind):
    """Until the round's audit chain tells of it."""
    statement = "SELECT DISTINCT kind FROM audit_links WHERE chain = ? AND kind = ?"
    await_rows(server, [(kind,)], statement, round_id, kind)


def await_rows(server, rows, statement, *values):
    for _ in range(PATIENCE // 200):
        found = ask(server, statement, *values)
        if found == rows:
            return
        time.sleep(0.2)
    raise AssertionError(f"{found}, not {rows}")


def press(page, words):
    button = page.get_by_role("button", name=words, exact=True).last
    button.click()
    settled(page)


def fill(page, label, typed):
    field = page.get_by_role("textbox", name=label).first
    field.fill(typed)
    field.press("Tab")
    settled(page)


def choose(page, label, name):
    """Pick one of many by typing its name; a click alone does not open a list that scrolls."""
    settled(page)
    page.get_by_role("combobox", name=label).press_sequentially(name)
    page.get_by_role("option", name=name).click()


def choose_all(page, label, names):
    """Pick several. Each time the list opens again with what is left, on a busy machine a while
    later and over the next button; it stays shut once the field is left."""
    for name in names:
        choose(page, label, name)
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)
    settled(page)


def draft(page, server, name):
    """A facilitator writes a round down; its id."""
    page.goto(f"{server.url}/round_form")
    for field, typed in {
        "name_ja": name,
        "name_en": "A trial through the browser",
        "purpose_ja": "試験のための購入",
        "purpose_en": "A purchase for the test",
        "goal_kg": "5 t",
        "minimum_kg": "1 t",
        "member_minimum_kg": "100",
        "member_maximum_kg": "５，０００",
        "ceiling_per_t": "9,000",
    }.items():
        fill(page, JA.say(f"words.field.{field}"), typed)
    press(page, JA.say("facilitating.form.save_new"))
    expect(page.get_by_role("button", name=JA.say("facilitating.open.ask"))).to_be_visible()
    return ask(server, "SELECT id FROM rounds WHERE name_ja = ?", name)[0][0]


def open_draft(page):
    """On the draft's own page."""
    press(page, JA.say("facilitating.open.ask"))
    press(page, JA.say("facilitating.open.act"))


def invite(page, server, round_id, *names):
    names = names or ("ブルーキャノピー",)
    page.goto(f"{server.url}/round_desk?id={round_id}")
    choose_all(page, JA.say("words.field.suppliers"), names)
    press(page, JA.say("facilitating.invited.act"))
    await_told(page, JA.say("facilitating.invited.done", count=len(names)))


def pledge(page, server, round_id):
    page.goto(f"{server.url}/pledge?id={round_id}")
    fill(page, JA.say("buying.pledge.quantity"), "２．５ｔ")
    fill(page, JA.say("buying.pledge.limit"), "8000")
    press(page, JA.say("buying.pledge.check"))
    page.get_by_role("button", name=JA.say("buying.pledge.act", quantity_kg=2_500)).dblclick()
    await_told(page, JA.say("buying.pledge.told_placed", quantity_kg=2_500))


def offer(page, server, round_id):
    page.goto(f"{server.url}/offer?id={round_id}")
    page.get_by_role("combobox", name=EN.say("selling.lot")).click()
    page.get_by_role("option", name="Tsushima").or_(
        page.get_by_role("option", name="対馬")
    ).first.click()
    settled(page)
    fill(page, EN.say("selling.field.quantity_kg"), "4 t")
    fill(page, EN.say("selling.field.price_per_t"), "4,500")
    press(page, EN.say("selling.review"))
    act = EN.say("selling.seal", quantity_kg=4_000, price_per_t=4_500)
    page.get_by_role("button", name=act, exact=True).last.dblclick()
    await_told(page, EN.say("selling.sealed", sequence=1, quantity_kg=4_000, price_per_t=4_500))


def sealed(context, seller, round_id, project, quantity_kg, price_per_t, minimum_kg=0):
    """An offer of the demo club's lot whose project has these words in its English name."""
    with context.database.read() as tx:
        named = {each.id: each for each in catalogue.all_projects(tx)}
        lots = catalogue.lots_of(tx, seller.organisation_id)
    lot = next(lot for lot in lots if project in named[lot.project_id].name_en.lower())
    place_offer(
        context,
        seller,
        request_id=context.new_id(),
        round_id=round_id,
        lot_id=lot.id,
        terms=one_price(quantity_kg=quantity_kg, price_per_t=price_per_t, minimum_kg=minimum_kg),
    )
