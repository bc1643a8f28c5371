"""One round as three people take it, from the draft to the certificate in a member's hands."""

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pypdfium2
import zxingcpp
from playwright.sync_api import expect

from club.i18n import Speech
from tests.browser.conftest import PATIENCE, visiting
from tests.browser.people import BUYER, FACILITATOR, SELLER, settled, sign_in

JA, EN = Speech("ja"), Speech("en")
NAME = "ブラウザで通す試し買い"


def ask(server, statement, *values):
    with closing(sqlite3.connect(server.folder / "tomoe.db", timeout=30)) as database, database:
        return database.execute(statement, values).fetchall()


def let_time_pass(server, round_id, **instants):
    """Move the round's instants into the past: what the clock does is then up to the server."""
    for column, ago in instants.items():
        at = (datetime.now(UTC) - timedelta(seconds=ago)).strftime("%Y-%m-%d %H:%M:%S.%f")  # noqa: TID251 - the machine's own clock is the one the server reads
        ask(server, f"UPDATE rounds SET {column} = ? WHERE id = ?", at, round_id)  # noqa: S608 - our own columns


def await_phase(server, round_id, phase):
    for _ in range(PATIENCE // 200):
        found = ask(server, "SELECT phase FROM rounds WHERE id = ?", round_id)
        if found == [(phase,)]:
            return
        time.sleep(0.2)
    raise AssertionError(f"the round is {found}, not {phase}")


def press(page, words):
    button = page.get_by_role("button", name=words, exact=True).last
    button.click()
    settled(page)


def fill(page, label, typed):
    field = page.get_by_role("textbox", name=label).first
    field.fill(typed)
    field.press("Tab")
    settled(page)


def draft_and_open(page, server):
    page.goto(f"{server.url}/round_form")
    for field, typed in {
        "name_ja": NAME,
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
    press(page, JA.say("facilitating.open.ask"))
    press(page, JA.say("facilitating.open.act"))
    return ask(server, "SELECT id FROM rounds WHERE name_ja = ?", NAME)[0][0]


def invite(page, server, round_id):
    page.goto(f"{server.url}/round_desk?id={round_id}")
    page.get_by_role("combobox", name=JA.say("words.field.suppliers")).click()
    page.get_by_role("option", name="ブルーキャノピー").click()
    page.keyboard.press("Escape")
    press(page, JA.say("facilitating.invited.act"))
    expect(page.get_by_text(JA.say("facilitating.invited.done", count=1)).first).to_be_visible()


def pledge(page, server, round_id):
    page.goto(f"{server.url}/pledge?id={round_id}")
    fill(page, JA.say("buying.pledge.quantity"), "２．５ｔ")
    fill(page, JA.say("buying.pledge.limit"), "8000")
    press(page, JA.say("buying.pledge.check"))
    page.get_by_role("button", name=JA.say("buying.pledge.act", quantity_kg=2_500)).dblclick()
    told = JA.say("buying.pledge.told_placed", quantity_kg=2_500)
    expect(page.get_by_text(told).first).to_be_visible()


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
    told = EN.say("selling.sealed", sequence=1, quantity_kg=4_000, price_per_t=4_500)
    expect(page.get_by_text(told).first).to_be_visible()
    settled(page)


def deliver(page, server):
    page.goto(f"{server.url}/awards")
    fill(page, EN.say("words.field.serials"), "DEMO-TRIAL-1001 to 1003")
    press(page, EN.say("selling.record_delivery", count=3))
    expect(page.get_by_text(EN.say("selling.delivery_recorded", count=3)).first).to_be_visible()


def accept_retire_certify(page, server, round_id):
    page.goto(f"{server.url}/round_desk?id={round_id}")
    press(page, JA.say("facilitating.deliveries.accept"))
    press(page, JA.say("facilitating.deliveries.accept_units", units=3))
    page.get_by_text(JA.say("facilitating.retiring.title"), exact=True).first.click()
    fill(page, JA.say("words.field.registry_reference"), "DEMO-REF-9")
    press(page, JA.say("facilitating.retiring.review"))
    press(page, JA.say("facilitating.retiring.act", units=3))
    press(page, JA.say("facilitating.certificates.issue"))
    press(page, JA.say("facilitating.certificates.act"))
    await_phase(server, round_id, "closed")


def certificate(page, server, tmp_path):
    page.goto(f"{server.url}/certificates")
    settled(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=JA.say("words.download_pdf")).first.click()
    path = tmp_path / "certificate.pdf"
    waiting.value.save_as(path)
    return path


def test_a_round_goes_from_draft_to_certificate(server, browser, tmp_path):
    with (
        visiting(browser) as (_, office),
        visiting(browser) as (_, buyer),
        visiting(browser, "en") as (_, seller),
    ):
        sign_in(office, server.url, FACILITATOR)
        sign_in(buyer, server.url, BUYER)
        sign_in(seller, server.url, SELLER, "en")
        round_id = draft_and_open(office, server)
        invite(office, server, round_id)
        let_time_pass(server, round_id, pledging_opens_at=3_600)
        pledge(buyer, server, round_id)
        let_time_pass(server, round_id, pledging_closes_at=1)
        await_phase(server, round_id, "bidding")
        offer(seller, server, round_id)
        let_time_pass(server, round_id, pledging_closes_at=60, bidding_closes_at=1)
        await_phase(server, round_id, "settling")
        deliver(seller, server)
        accept_retire_certify(office, server, round_id)
        path = certificate(buyer, server, tmp_path)

        pdf = pypdfium2.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
        address = zxingcpp.read_barcodes(pdf[0].render(scale=3).to_pil())[0].text
        buyer.goto(address)

        assert "2.500 t" in text
        assert "あおば食品" in text
        assert "DEMO-TRIAL-1001" in text
        assert address.startswith(f"{server.url}/verify/")
        expect(buyer.get_by_text("あおば食品").first).to_be_visible()
        expect(buyer.get_by_text("2.500 t").first).to_be_visible()
    counts = [
        ask(server, f"SELECT count(*) FROM {table} WHERE round_id = ?", round_id)[0][0]  # noqa: S608 - our own tables
        for table in ("pledges", "envelopes", "awards", "invoices", "certificates")
    ]
    assert counts == [1, 1, 1, 1, 1]
