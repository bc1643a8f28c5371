"""One round as three people take it, from the draft to the certificate in a member's hands."""

import pypdfium2
import zxingcpp
from playwright.sync_api import expect

from tests.browser.conftest import visiting
from tests.browser.people import BUYER, FACILITATOR, SELLER, await_told, settled, sign_in
from tests.browser.rounds import (
    EN,
    JA,
    ask,
    await_phase,
    draft,
    fill,
    invite,
    let_time_pass,
    offer,
    open_draft,
    pledge,
    press,
)

NAME = "ブラウザで通す試し買い"


def deliver(page, server):
    page.goto(f"{server.url}/awards")
    fill(page, EN.say("words.field.serials"), "DEMO-TRIAL-1001 to 1003")
    press(page, EN.say("selling.record_delivery", count=3))
    await_told(page, EN.say("selling.delivery_recorded", count=3))


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
    expect(page.get_by_text(NAME).first).to_be_visible()
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
        round_id = draft(office, server, NAME)
        open_draft(office)
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
        assert "2.500 t" in text
        assert "あおば食品" in text
        assert "DEMO-TRIAL-1001" in text

        pictures = [page.render(scale=3).to_pil() for page in pdf]
        codes = [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]
        assert [code.startswith(f"{server.url}/verify/") for code in codes] == [True], codes
        buyer.goto(codes[0])
        expect(buyer.get_by_text("あおば食品").first).to_be_visible()
        expect(buyer.get_by_text("2.500 t").first).to_be_visible()
    counts = [
        ask(server, f"SELECT count(*) FROM {table} WHERE round_id = ?", round_id)[0][0]  # noqa: S608 - our own tables
        for table in ("pledges", "envelopes", "awards", "invoices", "certificates")
    ]
    assert counts == [1, 1, 1, 1, 1]
